using Xunit;

namespace Rx.Sip.Tests;

public class CorpusTests
{
    public static TheoryData<string> TortureSets => ["rfc4475.json", "rfc5118.json"];

    [CorpusFact]
    public void The_corpus_holds_the_rfcs() =>
        Assert.Contains("Session Initiation Protocol", Corpus.Text("rfc", "rfc3261.txt"), StringComparison.Ordinal);

    [CorpusTheory]
    [MemberData(nameof(TortureSets))]
    public void The_corpus_holds_the_torture_messages(string set) => Assert.NotEmpty(Corpus.Bytes("torture", set));

    [Fact]
    public void A_missing_requirement_gives_its_reason_unless_it_is_demanded() =>
        Assert.Equal(
            Requirement.IsDemanded(Requirement.Corpus) ? null : "gone",
            Requirement.ReasonToSkip(Requirement.Corpus, "gone"));

    [Fact]
    public void A_requirement_that_is_met_skips_nothing() =>
        Assert.Null(Requirement.ReasonToSkip(Requirement.Corpus, null));
}
