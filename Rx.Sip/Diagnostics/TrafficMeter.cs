using System.Diagnostics.Metrics;
using Rx.Sip.Messages;

namespace Rx.Sip.Diagnostics;

/// <summary>
/// Counts what passes through one connection manager, and shows it to whoever listens to the meter. Counting is one addition; the
/// meter looks when it is asked. Safe from any thread.
/// </summary>
internal sealed class TrafficMeter : IDisposable
{
    public Meter Meter { get; } = new(SipDiagnostics.Name);

    private long _requestsReceived;
    private long _responsesReceived;
    private long _requestsSent;
    private long _responsesSent;
    private long _malformed;
    private long _rejected;
    private long _dropped;
    private long _misrouted;
    private long _heldBack;
    private long _throttled;
    private long _connectionsOpened;
    private long _connectionsRefused;
    private long _connectionsDenied;
    private readonly long[] _exceeded = new long[LimitCounts.Length];
    private int _connections;

    public TrafficMeter()
    {
        Meter.CreateObservableCounter("rxsip.messages.received", () => ByKind(ref _requestsReceived, ref _responsesReceived), "{message}", "Messages that came.");
        Meter.CreateObservableCounter("rxsip.messages.sent", () => ByKind(ref _requestsSent, ref _responsesSent), "{message}", "Messages that were sent.");
        Count("rxsip.messages.malformed", () => Volatile.Read(ref _malformed), "What came and was no message.");
        Count("rxsip.messages.rejected", () => Volatile.Read(ref _rejected), "Requests answered without a transaction: malformed, too large, or too many.");
        Count("rxsip.messages.dropped", () => Volatile.Read(ref _dropped), "Messages dropped because too many waited.");
        Count("rxsip.responses.misrouted", () => Volatile.Read(ref _misrouted), "Responses with more Vias than their request, which were dropped.");
        Count("rxsip.requests.held_back", () => Volatile.Read(ref _heldBack), "Requests not sent because their server asked for less.");
        Count("rxsip.requests.throttled", () => Volatile.Read(ref _throttled), "Requests not sent because too many waited at their endpoint's throttle.");
        Count("rxsip.connections.opened", () => Volatile.Read(ref _connectionsOpened), "Connections that came to stand.");
        Count("rxsip.connections.refused", () => Volatile.Read(ref _connectionsRefused), "Connections refused because there were too many, in all or of one peer.");
        Count("rxsip.connections.denied", () => Volatile.Read(ref _connectionsDenied), "Connections of peers that had to be allowed and were not.");
        Meter.CreateObservableUpDownCounter("rxsip.connections", () => Volatile.Read(ref _connections), "{connection}", "Connections there are.");
        Meter.CreateObservableCounter("rxsip.limits.exceeded", ByLimit, "{event}", "How often limits were exceeded.");
    }

    /// <summary>How many connections there are, those included that do not stand yet.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public TrafficCounts Counts => new()
    {
        RequestsReceived = Volatile.Read(ref _requestsReceived),
        ResponsesReceived = Volatile.Read(ref _responsesReceived),
        RequestsSent = Volatile.Read(ref _requestsSent),
        ResponsesSent = Volatile.Read(ref _responsesSent),
        Malformed = Volatile.Read(ref _malformed),
        Rejected = Volatile.Read(ref _rejected),
        Dropped = Volatile.Read(ref _dropped),
        Misrouted = Volatile.Read(ref _misrouted),
        HeldBack = Volatile.Read(ref _heldBack),
        Throttled = Volatile.Read(ref _throttled),
        ConnectionsOpened = Volatile.Read(ref _connectionsOpened),
        ConnectionsRefused = Volatile.Read(ref _connectionsRefused),
        ConnectionsDenied = Volatile.Read(ref _connectionsDenied),
        Connections = Connections,
        Limits = new LimitCounts((long[])_exceeded.Clone()),
    };

    public void Exceeded(TrafficLimit limit) => Interlocked.Increment(ref _exceeded[(int)limit]);

    public void Received(SipMessage message) => Interlocked.Increment(ref message is SipRequest ? ref _requestsReceived : ref _responsesReceived);

    public void Sent(SipMessage message) => Interlocked.Increment(ref message is SipRequest ? ref _requestsSent : ref _responsesSent);

    public void Malformed() => Interlocked.Increment(ref _malformed);

    public void Rejected() => Interlocked.Increment(ref _rejected);

    public void Dropped() => Interlocked.Increment(ref _dropped);

    public void Misrouted() => Interlocked.Increment(ref _misrouted);

    public void HeldBack() => Interlocked.Increment(ref _heldBack);

    public void Throttled() => Interlocked.Increment(ref _throttled);

    public void ConnectionOpened() => Interlocked.Increment(ref _connectionsOpened);

    public void ConnectionRefused(TrafficLimit limit)
    {
        Interlocked.Increment(ref _connectionsRefused);
        Exceeded(limit);
    }

    public void ConnectionDenied() => Interlocked.Increment(ref _connectionsDenied);

    /// <summary>One connection more, whether it stands yet or not; gives how many there are now.</summary>
    public int ConnectionMade() => Interlocked.Increment(ref _connections);

    public void ConnectionGone() => Interlocked.Decrement(ref _connections);

    public void Dispose() => Meter.Dispose();

    private void Count(string name, Func<long> value, string description) => Meter.CreateObservableCounter(name, value, "{message}", description);

    private IEnumerable<Measurement<long>> ByLimit() => Enum.GetValues<TrafficLimit>().Select(limit =>
        new Measurement<long>(Volatile.Read(ref _exceeded[(int)limit]), new KeyValuePair<string, object?>("rxsip.limit", limit.ToString())));

    private static Measurement<long>[] ByKind(ref long requests, ref long responses) =>
    [
        new(Volatile.Read(ref requests), new KeyValuePair<string, object?>("rxsip.kind", "request")),
        new(Volatile.Read(ref responses), new KeyValuePair<string, object?>("rxsip.kind", "response")),
    ];
}
