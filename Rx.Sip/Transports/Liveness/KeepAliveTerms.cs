namespace Rx.Sip.Transports.Liveness;

/// <summary>How a flow is kept alive (RFC 5626 §4.4).</summary>
/// <param name="Shortest">The least time between two signs of life.</param>
/// <param name="Longest">The most.</param>
/// <param name="IsAgreed">Whether the peer has promised to answer, so that its silence is a failure.</param>
internal readonly record struct KeepAliveTerms(TimeSpan Shortest, TimeSpan Longest, bool IsAgreed)
{
    private static readonly TimeSpan LeastAsked = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostAsked = TimeSpan.FromSeconds(840);

    /// <summary>Nothing was said: RFC 5626 §4.4.1 for streams, where a ping may always be sent; over datagrams none may (§8).</summary>
    public static KeepAliveTerms Default(bool isReliable) => isReliable
        ? new(TimeSpan.FromSeconds(95), TimeSpan.FromSeconds(120), IsAgreed: false)
        : new(TimeSpan.FromSeconds(24), TimeSpan.FromSeconds(29), IsAgreed: false);

    /// <summary>The peer has promised to answer; what it asks for with Flow-Timer or <c>keep</c> is met by 80 to 100 % of it (§4.4).</summary>
    public static KeepAliveTerms Agreed(bool isReliable, TimeSpan? asked)
    {
        if (asked is not { } time || time <= TimeSpan.Zero)
            return Default(isReliable) with { IsAgreed = true };
        var longest = time < LeastAsked ? LeastAsked : time > MostAsked ? MostAsked : time;
        return new(longest * 0.8, longest, IsAgreed: true);
    }

    /// <summary>What satisfies both.</summary>
    public KeepAliveTerms And(KeepAliveTerms other) =>
        (other.Longest < Longest ? other : this) with { IsAgreed = IsAgreed || other.IsAgreed };

    /// <summary>The time to the next sign of life.</summary>
    public TimeSpan Interval(double jitter) => Shortest + (Longest - Shortest) * jitter;
}
