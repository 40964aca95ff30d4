namespace Rx.Sip.Runtime;

/// <summary>When something is refreshed that is granted for a time: a binding, a subscription.</summary>
internal static class RefreshTime
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// How long after the grant: at an instant between the two shares of it, but early enough for an attempt to time out before the end, as far
    /// as a third of the granted time leaves room for that. Never more often than once a second nor less than once a day, whatever is granted.
    /// </summary>
    public static TimeSpan After(TimeSpan granted, double earliest, double latest, TimeSpan attemptDuration, double jitter)
    {
        var wanted = granted * (earliest + Math.Clamp(jitter, 0, 1) * (latest - earliest));
        var last = granted - attemptDuration > granted / 3 ? granted - attemptDuration : granted / 3;
        var wait = wanted < last ? wanted : last;
        return wait < Shortest ? Shortest : wait > Longest ? Longest : wait;
    }
}
