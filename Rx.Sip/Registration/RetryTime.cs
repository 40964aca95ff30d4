using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Registration;

/// <summary>When an attempt is repeated.</summary>
internal static class RetryTime
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <summary>Before when the registrar does not want to be asked again (RFC 3261 §20.33); at most a day ahead.</summary>
    public static DateTimeOffset Floor(SipResponse? response, DateTimeOffset now) =>
        response?.RetryAfter is { } retry ? now + (retry.Delay < LongestRetryAfter ? retry.Delay : LongestRetryAfter) : default;

    /// <summary>How long the policy waits (RFC 5626 §4.5).</summary>
    public static TimeSpan Wait(RecoveryPolicy recovery, int failures, double jitter)
    {
        var backoff = recovery is RecoveryPolicy.Backoff policy ? new Backoff(policy.Initial, policy.Maximum) : Backoff.FlowRecovery;
        return backoff.Delay(failures, jitter);
    }
}
