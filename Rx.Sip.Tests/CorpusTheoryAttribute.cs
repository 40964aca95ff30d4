using System.Runtime.CompilerServices;
using Xunit;
using Xunit.v3;

namespace Rx.Sip.Tests;

/// <summary>A theory over the corpus: skipped where it is absent, failed where <c>RXSIP_REQUIRE</c> demands it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CorpusTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    public CorpusTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) =>
        Skip = Requirement.ReasonToSkip(Requirement.Corpus, Corpus.WhatIsMissing);

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Category", "Corpus")];
}
