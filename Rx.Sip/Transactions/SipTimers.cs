namespace Rx.Sip.Transactions;

/// <summary>
/// The timer values of transactions (RFC 3261 §17 table 4, RFC 6026 §8.7). What the RFC derives from T1, T2 and T4 is derived
/// here, so that changing T1 for a slow network changes all that hangs on it. Durations are positive.
/// </summary>
public sealed record SipTimers
{
    /// <summary>The RFC's values.</summary>
    public static SipTimers Default { get; } = new();

    /// <summary>The estimate of the round-trip time, the first retransmission interval. Default 500 ms.</summary>
    public TimeSpan T1 { get; init => field = Positive(value); } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest retransmission interval of non-INVITE requests and of INVITE responses. Default 4 s.</summary>
    public TimeSpan T2 { get; init => field = Positive(value); } = TimeSpan.FromSeconds(4);

    /// <summary>The longest time a message stays in the network: Timers I and K. Default 5 s.</summary>
    public TimeSpan T4 { get; init => field = Positive(value); } = TimeSpan.FromSeconds(5);

    /// <summary>How long a refused INVITE answers retransmissions of its final response over an unreliable transport: Timer D, at least 32 s by the RFC. Default 32 s.</summary>
    public TimeSpan TimerD { get; init => field = Positive(value); } = TimeSpan.FromSeconds(32);

    /// <summary>How long a server waits for its user before it answers an INVITE with 100 (RFC 3261 §17.2.1). Default 200 ms.</summary>
    public TimeSpan TryingAfter { get; init => field = Positive(value); } = TimeSpan.FromMilliseconds(200);

    /// <summary>64 × T1: the time a transaction has (Timers B, F, H, J, L, M).</summary>
    public TimeSpan Timeout => 64 * T1;

    /// <summary>
    /// How long a server waits for its user before it answers another request with 100: until the client's retransmission
    /// interval has reached T2 (RFC 4320 §4.1); 3.5 s with the default values.
    /// </summary>
    internal TimeSpan NonInviteTryingAfter
    {
        get
        {
            var (interval, after) = (T1, TimeSpan.Zero);
            for (; interval < T2; interval *= 2)
                after += interval;
            return after > TimeSpan.Zero && after < Timeout ? after : T1;
        }
    }

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
