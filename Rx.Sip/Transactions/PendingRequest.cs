using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// A request on its way: one transaction after the other until a target answers, and the observer that waits. Cold: each subscription is an
/// exchange of its own (see <see cref="IRequestClient.Request"/>); the first, which nearly always is the only one, is this object's. Lives inside the
/// mailbox but for <see cref="Subscribe"/> and <see cref="Dispose"/>, which may come from anywhere.
/// </summary>
internal sealed class PendingRequest(TransactionLayer layer, SipRequest request, SipTarget? nextHop, ITargetRoute? route, SipTimers timers)
    : IObservable<SipResponse>, ITargetWalker, IDisposable
{
    private IObserver<SipResponse>? _observer;
    private int _subscribed;
    private ClientDriver? _transaction;
    private TargetWalk? _walk;
    private SipTarget? _target;
    private SipResponse? _outcome;
    private bool _isAlive;
    private volatile bool _disposed;

    /// <summary>The timers of its transactions.</summary>
    public SipTimers Timers => timers;

    public IDisposable Subscribe(IObserver<SipResponse> observer)
    {
        if (Interlocked.Exchange(ref _subscribed, 1) != 0)
            return new PendingRequest(layer, request, nextHop, route, timers).Subscribe(observer);
        _observer = observer;
        layer.Mailbox.Post(static (one, _) => ((PendingRequest)one!).Start(), this, null);
        return this;
    }

    private void Start()
    {
        if (_disposed)
            return;
        if ((nextHop ?? route?.Settled(request)) is { } settled)
            Try(settled);
        else
            GoOn();
    }

    /// <summary>Begins a transaction with a target; an ACK has none and is done when it is sent (RFC 3261 §17).</summary>
    public void Try(SipTarget target)
    {
        if (_disposed)
            return;
        if (layer.IsDisposed)
        {
            Conclude(SipStatus.ServiceUnavailable, null, SipLocalCause.EndpointTerminated);
        }
        else if (request.IsSecure && !SecureTransport.Is(target.Transport))
        {
            // RFC 3261 §26.2.2: rather not at all than in the open.
            _target = target;
            TryOther(SipResponse.Local(request, SipStatus.ServiceUnavailable, $"{request.RequestUriText} can't be reached over {target.Transport.ToString().ToLowerInvariant()}", SipLocalCause.TransportFailed));
        }
        else if (layer.Overload is { } overload && !overload.Admits(target.EndPoint, request))
        {
            HoldBack(target);
        }
        else if (!layer.Throttle.Admits(target, request.Method))
        {
            _target = target;
            TryOther(SipResponse.Local(request, SipStatus.ServiceUnavailable, "Too Many Requests Outstanding", SipLocalCause.Throttled));
        }
        else if (request.Method == SipMethod.Ack)
        {
            layer.SendAlone(request, target);
            Complete();
        }
        else
        {
            (_target, _isAlive) = (target, false);
            _transaction = layer.Begin(request, target, this);
            _transaction.Handle(new TransactionEvent(TransactionEventKind.Started));
        }
    }

    /// <summary>No target is left: what came of the last one is the outcome.</summary>
    public void GiveUp(string? problem)
    {
        if (_outcome is { } last)
            Tell(last);
        else
            Conclude(SipStatus.ServiceUnavailable, Printable(problem), SipLocalCause.TransportFailed);
    }

    public void OnResponse(SipResponse response)
    {
        // RFC 3263 §4.3: a server that says 503 is as good as none.
        if (response.StatusCode == SipStatus.ServiceUnavailable)
        {
            Fail(response, response.RetryAfter?.Delay);
            return;
        }
        if (!_isAlive)
        {
            _isAlive = true;
            layer.Marks.Clear(_target!);
            route?.Worked(_target!);
        }
        Tell(response);
    }

    /// <summary>
    /// The transaction ended without a final response: with 408 for a timeout, 503 for a dead transport. One that had answered provisionally is at
    /// work on it, and nobody else is asked to be (RFC 3263 §4.3).
    /// </summary>
    /// <param name="status">The status of what the user is told if nobody else answers.</param>
    /// <param name="cause">What broke the flow, if something did.</param>
    public void OnFailure(int status, Exception? cause)
    {
        if (_isAlive && status == SipStatus.RequestTimeout)
            Conclude(status, null, SipLocalCause.TimedOut);
        else if (status == SipStatus.ServiceUnavailable && cause is TlsFailureException failure)
            Fail(SipResponse.Local(request, status, Printable(failure.Message), SipLocalCause.TlsFailed), null);
        else
            Fail(SipResponse.Local(request, status, null), null);
    }

    // A name server or a certificate may put anything into what it says.
    private static string? Printable(string? text) => text is not null && !text.Any(char.IsControl) ? text : null;

    private void Fail(SipResponse outcome, TimeSpan? leaveAloneFor)
    {
        layer.Marks.Fail(_target!, leaveAloneFor);
        TryOther(outcome);
    }

    // RFC 7339 §5.10: another server may take what this one does not want; the server itself is not at fault.
    private void HoldBack(SipTarget target)
    {
        _target = target;
        TryOther(SipResponse.Local(request, SipStatus.ServiceUnavailable, "Server Overloaded", SipLocalCause.Overload));
    }

    private void TryOther(SipResponse outcome)
    {
        (_outcome, _transaction) = (outcome, null);
        if (_disposed || layer.IsDisposed || route is null || !route.GoesOn(request))
            Tell(outcome);
        else
            GoOn();
    }

    private void GoOn()
    {
        if (_walk is null)
        {
            _walk = route?.Walk(request, this);
            if (_target is { } tried)
                _walk?.Skip(tried);
        }
        if (_walk is null || layer.IsDisposed)
            GiveUp(null);
        else
            _walk.GoOn();
    }

    /// <summary>Ends the exchange with our own conclusion (RFC 3261 §8.1.3.1).</summary>
    private void Conclude(int status, string? reason, SipLocalCause cause)
    {
        if (_observer is not null)
            Tell(SipResponse.Local(request, status, reason, cause));
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
