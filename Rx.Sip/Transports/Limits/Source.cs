namespace Rx.Sip.Transports.Limits;

/// <summary>What a peer has sent lately. Safe from any thread.</summary>
internal sealed class Source
{
    private readonly Lock _gate = new();
    private long _messages;
    private long _malformed;

    /// <summary>One message more.</summary>
    public long TakeMessage(long now, int perSecond, long bound)
    {
        lock (_gate)
            return Take(ref _messages, now, perSecond, bound);
    }

    /// <summary>One thing more that was no message.</summary>
    public long TakeMalformed(long now, int perSecond)
    {
        lock (_gate)
            return Take(ref _malformed, now, perSecond, bound: 0);
    }

    /// <summary>Whether one more that is no message would be too much.</summary>
    public bool IsFullOfMalformed(long now, int perSecond)
    {
        lock (_gate)
            return Ahead(_malformed, now, perSecond) > 0;
    }

    // The instant at which all that came would have come at the pace allowed moves on with each; a second's worth may come at once. Gives how
    // far the peer is ahead of its share in ticks, zero or less when it is not; what is ahead by more than the bound does not count any more.
    private static long Take(ref long paced, long now, int perSecond, long bound)
    {
        var ahead = Ahead(paced, now, perSecond);
        if (ahead <= bound)
            paced = Math.Max(paced, now) + Interval(perSecond);
        return ahead;
    }

    private static long Ahead(long paced, long now, int perSecond) => Math.Max(paced, now) + Interval(perSecond) - now - TimeSpan.TicksPerSecond;

    private static long Interval(int perSecond) => perSecond == 0 ? 2 * TimeSpan.TicksPerSecond : TimeSpan.TicksPerSecond / perSecond;
}
