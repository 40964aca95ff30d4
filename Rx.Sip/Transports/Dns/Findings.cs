using System.Collections.Immutable;

namespace Rx.Sip.Transports.Dns;

/// <summary>What a part of a search has found: targets in their order, until when that holds, and otherwise why there are none.</summary>
internal sealed record Findings(ImmutableList<SipTarget> Targets, DateTimeOffset Expires, string? Problem)
{
    // More than anybody would wait for.
    private const int MaxTargets = 32;

    public static Findings None { get; } = new([], DateTimeOffset.MaxValue, null);

    /// <summary>These, and behind them those of another part.</summary>
    public Findings Then(Findings next) => new(
        Targets.Concat(next.Targets).Distinct().Take(MaxTargets).ToImmutableList(),
        Expires < next.Expires ? Expires : next.Expires,
        Problem ?? next.Problem);

    /// <summary>The same, known no longer than what it hangs on; what can't be kept itself is no reason to ask again for what was found.</summary>
    public Findings Under(DnsAnswer answer) => answer.IsTimed && answer.Expires < Expires ? this with { Expires = answer.Expires } : this;
}
