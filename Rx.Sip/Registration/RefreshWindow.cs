using Rx.Sip.Runtime;

namespace Rx.Sip.Registration;

/// <summary>
/// In which part of the granted lifetime a binding is refreshed. The instant is drawn between the two ends anew each time, so that bindings
/// made together are not all renewed together.
/// </summary>
public sealed record RefreshWindow
{
    /// <summary>A window between two fractions of the granted lifetime, such as 0.5 and 0.9.</summary>
    /// <param name="earliest">Above 0.</param>
    /// <param name="latest">At least <paramref name="earliest"/>, below 1.</param>
    public RefreshWindow(double earliest, double latest)
    {
        // Written so that no number that is none passes.
        if (!(earliest > 0 && earliest <= latest && latest < 1))
            throw new ArgumentOutOfRangeException(nameof(earliest), $"0 < {earliest} <= {latest} < 1 does not hold.");
        (Earliest, Latest) = (earliest, latest);
    }

    /// <summary>Between 50 and 90 % of the granted lifetime.</summary>
    public static RefreshWindow Default { get; } = new(0.5, 0.9);

    /// <summary>The earliest refresh, as a fraction of the granted lifetime.</summary>
    public double Earliest { get; }

    /// <summary>The latest refresh, as a fraction of the granted lifetime.</summary>
    public double Latest { get; }

    /// <summary>How long after the grant of a time to refresh it: see <see cref="RefreshTime"/>.</summary>
    internal TimeSpan After(TimeSpan granted, TimeSpan attemptDuration, double jitter) => RefreshTime.After(granted, Earliest, Latest, attemptDuration, jitter);

    /// <summary>For example <c>50 % to 90 %</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Earliest * 100:0.#} % to {Latest * 100:0.#} %");
}
