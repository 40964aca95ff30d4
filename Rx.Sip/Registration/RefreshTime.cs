namespace Rx.Sip.Registration;

/// <summary>When a binding is refreshed.</summary>
internal static class RefreshTime
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// How long after the grant: 80 to 90 % of it, so that bindings made together are not all renewed together; early enough for an
    /// attempt to time out before the end, but not before half the time is over. Never more often than once a second nor less than once
    /// a day, whatever a registrar grants.
    /// </summary>
    public static TimeSpan After(TimeSpan granted, TimeSpan attemptDuration, double jitter)
    {
        var wanted = granted * (0.8 + Math.Clamp(jitter, 0, 1) / 10);
        var latest = granted - attemptDuration;
        var wait = wanted < latest ? wanted : latest;
        wait = wait > granted / 2 ? wait : granted / 2;
        return wait < Shortest ? Shortest : wait > Longest ? Longest : wait;
    }
}
