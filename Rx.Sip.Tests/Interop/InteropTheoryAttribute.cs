using System.Runtime.CompilerServices;
using Xunit;
using Xunit.v3;

namespace Rx.Sip.Tests.Interop;

/// <summary>
/// A theory about real peers: skipped where one is not installed, failed where <c>RXSIP_REQUIRE</c> demands interop.
/// The test method is asynchronous, and fails after a minute unless it says otherwise.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InteropTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    public InteropTheoryAttribute(Peers peers, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = Requirement.ReasonToSkip(Requirement.Interop, PeerPrograms.WhatIsMissing(peers));
        Timeout = 60_000;
    }

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Category", "Interop")];
}
