using System.Reactive.Disposables;

namespace Rx.Sip.Runtime;

/// <summary>Hands what it hears to another observer by way of an endpoint's mailbox, until it is disposed.</summary>
internal sealed class MailboxObserver<T>(ObserverMailbox mailbox, IObserver<T> observer) : IObserver<T>, IDisposable where T : class
{
    private IDisposable? _source;
    private volatile bool _disposed;

    /// <summary>What is disposed with this observer; set once, at any time.</summary>
    public IDisposable Source
    {
        set
        {
            if (Interlocked.CompareExchange(ref _source, value, null) is not null)
                value.Dispose();
        }
    }

    public void OnNext(T value) =>
        mailbox.Post(static (self, next) => ((MailboxObserver<T>)self!).Tell((T)next!), this, value);

    public void OnError(Exception error) =>
        mailbox.Post(static (self, cause) => ((MailboxObserver<T>)self!).TellError((Exception)cause!), this, error);

    public void OnCompleted() =>
        mailbox.Post(static (self, _) => ((MailboxObserver<T>)self!).TellCompleted(), this, null);

    public void Dispose()
    {
        _disposed = true;
        // Left behind as the sign that a source set later is to be disposed at once.
        Interlocked.Exchange(ref _source, Disposable.Empty)?.Dispose();
    }

    private void Tell(T value)
    {
        if (!_disposed)
            observer.OnNext(value);
    }

    private void TellError(Exception error)
    {
        if (!_disposed)
            observer.OnError(error);
    }

    private void TellCompleted()
    {
        if (!_disposed)
            observer.OnCompleted();
    }
}
