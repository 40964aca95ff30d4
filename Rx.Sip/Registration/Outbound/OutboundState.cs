using System.Collections.Immutable;

namespace Rx.Sip.Registration.Outbound;

/// <summary>All flows of an endpoint, as they are at one instant.</summary>
/// <param name="Flows">The flows by their numbers.</param>
public sealed record OutboundState(ImmutableArray<FlowRegistration> Flows)
{
    /// <summary>How many of them are registered: requests can reach us by them.</summary>
    public int Standing => Flows.Count(flow => CombinedRegistration.Stands(flow.State));

    /// <summary>Equal when the flows are.</summary>
    public bool Equals(OutboundState? other) => other is not null && Flows.SequenceEqual(other.Flows);

    /// <inheritdoc/>
    public override int GetHashCode() => Flows.Length;

    /// <summary>The flows, one behind the other.</summary>
    public override string ToString() => string.Join("; ", Flows);
}
