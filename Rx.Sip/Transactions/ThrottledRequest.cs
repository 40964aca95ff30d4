using System.Reactive.Disposables;
using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>A request that goes through a <see cref="ThrottledClient"/>, and the observer that waits. Lives in the mailbox but for <see cref="Dispose"/>.</summary>
internal sealed class ThrottledRequest(ThrottledClient client, SipRequest request, IObserver<SipResponse> observer) : IObserver<SipResponse>, IDisposable
{
    private SingleAssignmentDisposable? _transaction;
    private volatile bool _isOver;

    public ThrottledRequest? Previous { get; set; }

    public ThrottledRequest? Next { get; set; }

    public ThrottlePlace Place { get; set; }

    /// <summary>Whether it goes before others.</summary>
    public bool IsUrgent => request.Method == SipMethod.Register;

    /// <summary>Whether the observer has heard everything, or wants to hear no more.</summary>
    public bool IsOver => _isOver;

    public void Start()
    {
        _transaction = new SingleAssignmentDisposable();
        try
        {
            _transaction.Disposable = client.Inner.Request(request).Subscribe(this);
        }
        // A client that can't even begin must not keep its place for ever.
        catch (Exception error)
        {
            OnError(error);
        }
    }

    public void Abandon() => _transaction?.Dispose();

    public void Conclude(string reason, SipLocalCause cause)
    {
        if (_isOver)
            return;
        _isOver = true;
        observer.OnNext(SipResponse.Local(request, SipStatus.ServiceUnavailable, reason, cause));
        observer.OnCompleted();
    }

    public void OnNext(SipResponse value)
    {
        if (!_isOver)
            observer.OnNext(value);
    }

    public void OnError(Exception error)
    {
        if (_isOver)
            return;
        _isOver = true;
        client.Leave(this);
        observer.OnError(error);
    }

    public void OnCompleted()
    {
        if (_isOver)
            return;
        _isOver = true;
        client.Leave(this);
        observer.OnCompleted();
    }

    public void Dispose()
    {
        _isOver = true;
        client.Post(this, static (owner, one) =>
        {
            ((ThrottledRequest)one!).Abandon();
            ((ThrottledClient)owner!).Leave((ThrottledRequest)one);
        });
    }
}
