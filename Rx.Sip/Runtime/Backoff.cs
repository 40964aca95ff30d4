namespace Rx.Sip.Runtime;

/// <summary>
/// How long to wait before trying again (RFC 5626 §4.5): the upper bound doubles with every failure in a row up to a maximum, and
/// the wait is 50 to 100 % of it, so that those whom one fault struck do not come back together.
/// </summary>
/// <param name="Initial">The upper bound without a failure: when what was lost had worked before.</param>
/// <param name="Maximum">The highest upper bound.</param>
internal readonly record struct Backoff(TimeSpan Initial, TimeSpan Maximum)
{
    /// <summary>The times of RFC 5626 §4.5: 30 seconds doubling to half an hour.</summary>
    public static Backoff FlowRecovery { get; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30));

    /// <summary>The times of one flow while another one stands: 90 seconds in place of 30 (RFC 5626 §4.5).</summary>
    public Backoff WhileOthersStand => this with { Initial = Initial * 3 < Maximum ? Initial * 3 : Maximum };

    /// <summary>The wait.</summary>
    /// <param name="failures">Failures in a row, 0 or more.</param>
    /// <param name="jitter">From 0 up to 1.</param>
    public TimeSpan Delay(int failures, double jitter)
    {
        var upper = Math.Min(Maximum.Ticks, Initial.Ticks * Math.Pow(2, Math.Max(0, failures)));
        return TimeSpan.FromTicks((long)(upper * (0.5 + Math.Clamp(jitter, 0, 1) / 2)));
    }
}
