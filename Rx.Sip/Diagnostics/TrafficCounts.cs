namespace Rx.Sip.Diagnostics;

/// <summary>What has passed through a connection manager since it was made.</summary>
public sealed record TrafficCounts
{
    /// <summary>Requests that came and were readable.</summary>
    public long RequestsReceived { get; init; }

    /// <summary>Responses that came and were readable.</summary>
    public long ResponsesReceived { get; init; }

    /// <summary>Requests sent, each retransmission included.</summary>
    public long RequestsSent { get; init; }

    /// <summary>Responses sent, each retransmission included.</summary>
    public long ResponsesSent { get; init; }

    /// <summary>What came and was no message, or one without what every message has.</summary>
    public long Malformed { get; init; }

    /// <summary>Requests answered without a transaction: malformed, too large, or more than there was room for.</summary>
    public long Rejected { get; init; }

    /// <summary>Messages dropped without an answer because too many waited.</summary>
    public long Dropped { get; init; }

    /// <summary>Responses dropped because they had more Vias than their request (RFC 3261 §8.1.3.3).</summary>
    public long Misrouted { get; init; }

    /// <summary>Requests not sent because their server asked for less (RFC 7339).</summary>
    public long HeldBack { get; init; }

    /// <summary>Requests not sent because too many waited at their endpoint's throttle.</summary>
    public long Throttled { get; init; }

    /// <summary>Connections that came to stand.</summary>
    public long ConnectionsOpened { get; init; }

    /// <summary>Connections refused because there were too many, in all or of one peer.</summary>
    public long ConnectionsRefused { get; init; }

    /// <summary>Connections of peers that had to be allowed and were not.</summary>
    public long ConnectionsDenied { get; init; }

    /// <summary>Connections there are now, those included that do not stand yet.</summary>
    public int Connections { get; init; }

    internal LimitCounts Limits { get; init; }

    /// <summary>How often that limit was exceeded.</summary>
    public long Exceeded(TrafficLimit limit) => Limits[limit];
}
