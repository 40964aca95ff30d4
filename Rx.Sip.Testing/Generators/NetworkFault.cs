using static System.FormattableString;

namespace Rx.Sip.Testing.Generators;

/// <summary>One thing that goes wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When, counted from where the schedule begins.</param>
/// <param name="Duration">For how long; zero for what is over at once.</param>
public sealed record NetworkFault(NetworkFaultKind Kind, TimeSpan At, TimeSpan Duration)
{
    /// <summary>When it is over.</summary>
    public TimeSpan End => At + Duration;

    /// <summary>The fault in a few words.</summary>
    public override string ToString() => Duration == TimeSpan.Zero ? Invariant($"{Kind} at {At}") : Invariant($"{Kind} at {At} for {Duration}");
}
