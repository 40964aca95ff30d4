using Rx.Sip.Runtime;

namespace Rx.Sip.Registration;

/// <summary>When an attempt is repeated.</summary>
internal static class RetryTime
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <summary>Before when the registrar does not want to be asked again (RFC 3261 §20.33); at most a day ahead.</summary>
    public static DateTimeOffset Floor(TimeSpan? retryAfter, DateTimeOffset now) =>
        retryAfter is { } delay ? now + (delay < LongestRetryAfter ? delay : LongestRetryAfter) : default;

    /// <summary>How long the policy waits (RFC 5626 §4.5).</summary>
    /// <param name="recovery">The policy.</param>
    /// <param name="failures">Failures in a row.</param>
    /// <param name="doOthersStand">Whether another flow stands, so that there is less of a hurry.</param>
    /// <param name="jitter">From 0 up to 1.</param>
    public static TimeSpan Wait(RecoveryPolicy recovery, int failures, bool doOthersStand, double jitter)
    {
        var backoff = recovery is RecoveryPolicy.Backoff policy ? new Backoff(policy.Initial, policy.Maximum) : Backoff.FlowRecovery;
        return (doOthersStand ? backoff.WhileOthersStand : backoff).Delay(failures, jitter);
    }
}
