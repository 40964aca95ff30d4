using System.Reactive.Disposables;
using Rx.Sip.Messages;

namespace Rx.Sip.Registration;

/// <summary>Something a registration has sent, or is about to; it always comes to an end, unless it is disposed.</summary>
internal abstract class RegistrationWork(RegistrationLoop loop) : IObserver<SipResponse>, IDisposable
{
    private readonly SerialDisposable _step = new();

    protected RegistrationLoop Loop { get; } = loop;

    protected bool IsOver { get; private set; }

    public abstract void Start();

    public void OnNext(SipResponse value)
    {
        if (value.IsFinal)
            End(value);
    }

    // A client that breaks its promise to answer counts as a peer that did not.
    public void OnError(Exception error) => End(null);

    public void OnCompleted() => End(null);

    public void Dispose()
    {
        IsOver = true;
        _step.Dispose();
    }

    /// <summary>The final response; null when there is none to be had.</summary>
    protected abstract void Hear(SipResponse? final);

    protected void Send(SipRequest request) => Do(Loop.Client.Request(request), this);

    /// <summary>Takes a step in place of the one before.</summary>
    protected void Do<T>(IObservable<T> source, IObserver<T> observer)
    {
        // In its place before it runs: what answers at once takes the next step inside Subscribe.
        var step = new SingleAssignmentDisposable();
        _step.Disposable = step;
        if (!step.IsDisposed)
            step.Disposable = source.Subscribe(observer);
    }

    /// <summary>Waits for something that is given up with the work.</summary>
    protected void Await(IDisposable step) => _step.Disposable = step;

    private void End(SipResponse? final)
    {
        if (IsOver)
            return;
        Dispose();
        Hear(final);
    }
}
