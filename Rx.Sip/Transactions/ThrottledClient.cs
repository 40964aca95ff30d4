using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transactions;

/// <summary>
/// Lets so many transactions run at a time and keeps the others waiting in the order they came (UCMA's endpoint throttling); REGISTERs
/// go before the others, for what waits is worth nothing when the registration runs out. ACK and CANCEL never wait, nor do responses,
/// which don't come this way. A waiting request whose subscription is disposed leaves the queue; one that finds the queue full is
/// answered with a local 503, and so is everything that is not done when the client is closed.
/// </summary>
/// <param name="inner">Sends the requests.</param>
/// <param name="mailbox">The protocol mailbox, in which everything here runs.</param>
/// <param name="limit">How many run at a time.</param>
/// <param name="maxQueued">How many may wait, REGISTERs and others counted apart.</param>
/// <param name="meter">Counts those that were refused.</param>
internal sealed class ThrottledClient(IRequestClient inner, Mailbox mailbox, ThrottleLimit limit, int maxQueued, TrafficMeter meter) : IRequestClient
{
    private ThrottleQueue _urgent;
    private ThrottleQueue _waiting;
    private ThrottleQueue _running;
    private bool _isStarting;
    private bool _closed;

    /// <summary>How busy it is; in the mailbox.</summary>
    public ThrottleState State => new(_running.Count, _urgent.Count + _waiting.Count);

    /// <summary>Told of every change, in the mailbox; null: nobody.</summary>
    public Action<ThrottleState>? Changed { get; set; }

    public IObservable<SipResponse> Request(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RequestPreference.IsExempt(request.Method) ? inner.Request(request) : new ThrottledRequest(this, request);
    }

    /// <summary>Looks at the limit anew. From any thread.</summary>
    public void Adjust() => mailbox.Post(static (self, _) => ((ThrottledClient)self!).AdjustNow(), this, null);

    /// <summary>Ends what runs and what waits, with a local 503; what is asked for later ends the same way.</summary>
    public void Close() => mailbox.Post(static (self, _) => ((ThrottledClient)self!).CloseNow(), this, null);

    internal IRequestClient Inner => inner;

    internal void Post(ThrottledRequest request, Action<object?, object?> run) => mailbox.Post(run, this, request);

    internal void Enter(ThrottledRequest request)
    {
        if (request.IsOver)
            return;
        ref var queue = ref request.IsUrgent ? ref _urgent : ref _waiting;
        if (_closed)
        {
            request.Conclude("Endpoint Terminated", SipLocalCause.EndpointTerminated);
        }
        else if (_running.Count >= limit.Current && queue.Count >= maxQueued)
        {
            meter.Throttled();
            request.Conclude("Too Many Requests Waiting", SipLocalCause.Throttled);
        }
        else
        {
            request.Place = request.IsUrgent ? ThrottlePlace.Urgent : ThrottlePlace.Waiting;
            queue.Add(request);
            StartWaiting();
            Tell();
        }
    }

    internal void Leave(ThrottledRequest request)
    {
        var place = request.Place;
        if (place == ThrottlePlace.None)
            return;
        request.Place = ThrottlePlace.None;
        if (place == ThrottlePlace.Running)
        {
            _running.Remove(request);
            StartWaiting();
        }
        else if (place == ThrottlePlace.Urgent)
        {
            _urgent.Remove(request);
        }
        else
        {
            _waiting.Remove(request);
        }
        Tell();
    }

    private void AdjustNow()
    {
        StartWaiting();
        Tell();
    }

    // One that ends inside its start does not start its successor from there: a long queue would be a deep stack.
    private void StartWaiting()
    {
        if (_isStarting)
            return;
        _isStarting = true;
        while (_running.Count < limit.Current && (_urgent.TakeFirst() ?? _waiting.TakeFirst()) is { } next)
        {
            next.Place = ThrottlePlace.Running;
            _running.Add(next);
            next.Start();
        }
        _isStarting = false;
    }

    private void CloseNow()
    {
        _closed = true;
        Conclude(ref _running);
        Conclude(ref _urgent);
        Conclude(ref _waiting);
        Tell();
    }

    private static void Conclude(ref ThrottleQueue queue)
    {
        while (queue.TakeFirst() is { } request)
        {
            request.Place = ThrottlePlace.None;
            request.Abandon();
            request.Conclude("Endpoint Terminated", SipLocalCause.EndpointTerminated);
        }
    }

    private void Tell()
    {
        if (!_isStarting)
            Changed?.Invoke(State);
    }
}
