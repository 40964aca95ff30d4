using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>
/// A request that goes through a <see cref="ThrottledClient"/>, and the observer that waits. Cold; the first subscription, which nearly always is the
/// only one, is this object's. Lives in the mailbox but for <see cref="Subscribe"/> and <see cref="Dispose"/>.
/// </summary>
internal sealed class ThrottledRequest(ThrottledClient client, SipRequest request) : IObservable<SipResponse>, IObserver<SipResponse>, IDisposable
{
    private IObserver<SipResponse>? _observer;
    private IDisposable? _transaction;
    private bool _isAbandoned;
    private volatile bool _isOver;

    public ThrottledRequest? Previous { get; set; }

    public ThrottledRequest? Next { get; set; }

    public ThrottlePlace Place { get; set; }

    /// <summary>Whether it goes before others.</summary>
    public bool IsUrgent => request.Method == SipMethod.Register;

    /// <summary>Whether the observer has heard everything, or wants to hear no more.</summary>
    public bool IsOver => _isOver;

    public IDisposable Subscribe(IObserver<SipResponse> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (Interlocked.CompareExchange(ref _observer, observer, null) is not null)
            return new ThrottledRequest(client, request).Subscribe(observer);
        client.Post(this, static (owner, one) => ((ThrottledClient)owner!).Enter((ThrottledRequest)one!));
        return this;
    }

    public void Start()
    {
        try
        {
            _transaction = client.Inner.Request(request).Subscribe(this);
            if (_isAbandoned)
                _transaction.Dispose();
        }
        // A client that can't even begin must not keep its place for ever.
        catch (Exception error)
        {
            OnError(error);
        }
    }

    public void Abandon()
    {
        _isAbandoned = true;
        _transaction?.Dispose();
    }

    public void Conclude(string reason, SipLocalCause cause)
    {
        if (_isOver)
            return;
        _isOver = true;
        _observer!.OnNext(SipResponse.Local(request, SipStatus.ServiceUnavailable, reason, cause));
        _observer!.OnCompleted();
    }

    public void OnNext(SipResponse value)
    {
        if (!_isOver)
            _observer!.OnNext(value);
    }

    public void OnError(Exception error)
    {
        if (_isOver)
            return;
        _isOver = true;
        client.Leave(this);
        _observer!.OnError(error);
    }

    public void OnCompleted()
    {
        if (_isOver)
            return;
        _isOver = true;
        client.Leave(this);
        _observer!.OnCompleted();
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
