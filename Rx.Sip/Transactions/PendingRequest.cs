using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// One subscription to a request: one transaction after the other until a target answers, and the observer that waits. Lives
/// inside the mailbox but for <see cref="Dispose"/>, which may come from anywhere.
/// </summary>
internal sealed class PendingRequest(TransactionLayer layer, SipRequest request, SipTarget? nextHop, IObserver<SipResponse> observer) : IDisposable
{
    private IObserver<SipResponse>? _observer = observer;
    private ClientDriver? _transaction;
    private TargetWalk? _walk;
    private volatile bool _disposed;

    /// <summary>The request as the user gave it.</summary>
    public SipRequest Request => request;

    public bool IsDisposed => _disposed;

    public void Start()
    {
        if (_disposed)
            return;
        if (nextHop is not null)
            SendTo(nextHop);
        else
            (_walk = new TargetWalk(layer, this)).Start();
    }

    /// <summary>Begins a transaction with a target; an ACK has none and is done when it is sent (RFC 3261 §17).</summary>
    public void SendTo(SipTarget target)
    {
        if (layer.IsDisposed)
        {
            Conclude(SipStatus.ServiceUnavailable);
        }
        else if (request.Method == SipMethod.Ack)
        {
            layer.SendAlone(request, target);
            Complete();
        }
        else
        {
            _transaction = layer.Begin(request, target, this);
            _transaction.Handle(new TransactionEvent(TransactionEventKind.Started));
        }
    }

    public void OnResponse(SipResponse response)
    {
        // RFC 3263 §4.3: a server that says 503 is as good as none.
        if (response.StatusCode == SipStatus.ServiceUnavailable && _walk is { HasTarget: true } && TryNext())
            return;
        Tell(response);
    }

    /// <summary>The transaction ended without an answer: with 408 for a timeout, 503 for a dead transport.</summary>
    public void OnFailure(int status)
    {
        if (status != SipStatus.ServiceUnavailable || !TryNext())
            Conclude(status);
    }

    /// <summary>Ends the exchange with our own conclusion (RFC 3261 §8.1.3.1).</summary>
    public void Conclude(int status)
    {
        if (_observer is not null)
            Tell(SipResponse.Local(request, status, null));
    }

    /// <summary>Nobody waits any more. Nothing happens once the final response is delivered.</summary>
    public void Dispose()
    {
        _disposed = true;
        if (Interlocked.Exchange(ref _observer, null) is not null)
            layer.Mailbox.Post(static (one, _) => ((PendingRequest)one!).Abandon(), this, null);
    }

    private void Abandon()
    {
        _walk?.Dispose();
        _transaction?.Handle(new TransactionEvent(TransactionEventKind.Abandoned));
        (_walk, _transaction) = (null, null);
    }

    private bool TryNext() => !_disposed && _walk is { } walk && walk.TryNext();

    private void Tell(SipResponse response)
    {
        if (!response.IsFinal)
        {
            Guard(Volatile.Read(ref _observer), response, completes: false);
            return;
        }
        (_walk, _transaction) = (null, null);
        Guard(Interlocked.Exchange(ref _observer, null), response, completes: true);
    }

    private void Complete() => Guard(Interlocked.Exchange(ref _observer, null), null, completes: true);

    // What an observer throws is its own affair: reported, and the transaction goes on.
    private void Guard(IObserver<SipResponse>? observer, SipResponse? response, bool completes)
    {
        try
        {
            if (response is not null)
                observer?.OnNext(response);
            if (completes && !_disposed)
                observer?.OnCompleted();
        }
        catch (Exception error)
        {
            layer.Report(error);
        }
    }
}
