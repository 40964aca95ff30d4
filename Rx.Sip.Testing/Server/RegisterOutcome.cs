using System.Collections.Immutable;

namespace Rx.Sip.Testing.Server;

/// <summary>What came of a REGISTER.</summary>
internal abstract record RegisterOutcome
{
    private RegisterOutcome()
    {
    }

    /// <summary>It is granted.</summary>
    /// <param name="Bindings">The bindings the user has from now on.</param>
    public sealed record Granted(ImmutableArray<ServerBinding> Bindings) : RegisterOutcome;

    /// <summary>It asks for too short a time, and nothing changes.</summary>
    public sealed record TooBrief : RegisterOutcome;

    /// <summary>It is refused for another reason, and nothing changes.</summary>
    /// <param name="Status">The status.</param>
    /// <param name="Why">Why, for people.</param>
    public sealed record Refused(int Status, string Why) : RegisterOutcome;
}
