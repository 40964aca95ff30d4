using Rx.Sip.Runtime;

namespace Rx.Sip.Recovery;

/// <summary>
/// How long to wait before trying again, after how many failures in a row (RFC 5626 §4.5): an upper bound that doubles with each of them up
/// to a maximum, of which 50 to 100 % are waited, so that those whom one fault struck do not come back together.
/// </summary>
public sealed record BackoffPolicy
{
    /// <summary>A policy with these times.</summary>
    /// <param name="initial">The upper bound of the first wait; above zero.</param>
    /// <param name="maximum">The upper bound of every wait; at least <paramref name="initial"/>, at most a day.</param>
    public BackoffPolicy(TimeSpan initial, TimeSpan maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(initial, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, initial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, TimeSpan.FromDays(1));
        (Initial, Maximum) = (initial, maximum);
    }

    /// <summary>The times of RFC 5626 §4.5 when nothing works any more: 30 seconds, doubling, up to half an hour.</summary>
    public static BackoffPolicy FlowRecovery { get; } = new(Backoff.FlowRecovery.Initial, Backoff.FlowRecovery.Maximum);

    /// <summary>The upper bound of the first wait.</summary>
    public TimeSpan Initial { get; }

    /// <summary>The upper bound of every wait.</summary>
    public TimeSpan Maximum { get; }

    /// <summary>How many failures in a row are borne; one more is an error. Default: any number.</summary>
    public int MaxRetries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = int.MaxValue;

    /// <summary>Whether trying again can help against a failure; others are errors at once. Default: always.</summary>
    public Func<Exception, bool> IsTransient { get; init; } = static _ => true;

    /// <summary>The least wait after a failure, for example what a server asked for with Retry-After. Default: none.</summary>
    public Func<Exception, TimeSpan> Floor { get; init; } = static _ => TimeSpan.Zero;

    /// <summary>The wait.</summary>
    /// <param name="failures">Failures in a row before this one.</param>
    /// <param name="random">From 0 up to 1.</param>
    public TimeSpan Delay(int failures, double random) => new Backoff(Initial, Maximum).Delay(failures, random);
}
