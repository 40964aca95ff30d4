namespace Rx.Sip.Registration;

/// <summary>When a binding is refreshed.</summary>
internal static class RefreshTime
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// How long after the grant: at an instant of the window, but early enough for an attempt to time out before the end, as far as a third of
    /// the granted time leaves room for that. Never more often than once a second nor less than once a day, whatever a registrar grants.
    /// </summary>
    public static TimeSpan After(TimeSpan granted, RefreshWindow window, TimeSpan attemptDuration, double jitter)
    {
        var wanted = granted * (window.Earliest + Math.Clamp(jitter, 0, 1) * (window.Latest - window.Earliest));
        var latest = granted - attemptDuration > granted / 3 ? granted - attemptDuration : granted / 3;
        var wait = wanted < latest ? wanted : latest;
        return wait < Shortest ? Shortest : wait > Longest ? Longest : wait;
    }
}
