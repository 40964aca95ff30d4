namespace Rx.Sip.Registration;

/// <summary>
/// What an endpoint does when its connection is lost or its registrar can't serve it for now. What a registrar refuses for good
/// (wrong credentials, 403, 404) ends the registration under every policy.
/// </summary>
public abstract record RecoveryPolicy
{
    private RecoveryPolicy()
    {
    }

    /// <summary>Backoff with the times of RFC 5626 §4.5: from 30 seconds, doubling, up to 30 minutes.</summary>
    public static RecoveryPolicy Default { get; } = new Backoff(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30));

    /// <summary>
    /// Tries again for ever. The wait's upper bound doubles with every failure in a row; the wait is 50 to 100 % of it, at least
    /// what the registrar asks for with Retry-After. A lost connection is waited for like one failure fewer, never replaced at once.
    /// </summary>
    public sealed record Backoff : RecoveryPolicy
    {
        /// <summary>A policy with these times.</summary>
        /// <param name="initial">The upper bound of the first wait after a lost connection; above zero.</param>
        /// <param name="maximum">The upper bound of every wait; at least <paramref name="initial"/>, at most a day.</param>
        public Backoff(TimeSpan initial, TimeSpan maximum)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(initial, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfLessThan(maximum, initial);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, TimeSpan.FromDays(1));
            (Initial, Maximum) = (initial, maximum);
        }

        /// <summary>The upper bound of the first wait after a lost connection.</summary>
        public TimeSpan Initial { get; }

        /// <summary>The upper bound of every wait.</summary>
        public TimeSpan Maximum { get; }
    }

    /// <summary>UCMA's rule: a lost connection gets one try, after 15 to 30 seconds; any try that fails ends the registration.</summary>
    public sealed record SingleRefresh : RecoveryPolicy;

    /// <summary>The first loss or failure ends the registration.</summary>
    public sealed record None : RecoveryPolicy;
}
