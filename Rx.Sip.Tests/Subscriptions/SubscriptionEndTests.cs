using System.Text.RegularExpressions;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Subscriptions;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Subscriptions;

/// <summary>Every row of the document's tables of refusals and reasons.</summary>
public partial class SubscriptionEndTests
{
    private static readonly IReadOnlyList<string[]> Answers = MarkdownTable.Read(Repository.Path("Rx.Sip", "Subscriptions", "README.md"), "answer");
    private static readonly IReadOnlyList<string[]> Reasons = MarkdownTable.Read(Repository.Path("Rx.Sip", "Subscriptions", "README.md"), "reason");

    private static readonly HashSet<int> Named = [.. Answers.Where(row => !row[0].Contains("with", StringComparison.Ordinal)).SelectMany(row => Code().Matches(row[0])).Select(code => int.Parse(code.Groups[1].Value))];

    public static TheoryData<int, bool, string, string> AllAnswers()
    {
        var data = new TheoryData<int, bool, string, string>();
        foreach (var row in Answers)
            foreach (var status in Statuses(row[0]))
                data.Add(status, row[0].EndsWith("Retry-After", StringComparison.Ordinal), row[1], row[2]);
        return data;
    }

    public static TheoryData<string, string> AllReasons()
    {
        var data = new TheoryData<string, string>();
        foreach (var row in Reasons)
            foreach (var reason in row[0].Split(' ').Select(word => word.Trim('`')).Where(word => word is not "other"))
                data.Add(reason, row[1]);
        return data;
    }

    [Theory]
    [MemberData(nameof(AllAnswers), DisableDiscoveryEnumeration = true)]
    public void A_refusal_means_what_the_document_says(int status, bool hasRetryAfter, string kind, string refresh)
    {
        var response = Say.Request(SipMethod.Subscribe).Answer(status);
        response = hasRetryAfter ? response.WithHeader("Retry-After", "77") : response;
        var end = SubscriptionEnd.Of(response);
        Assert.Equal((kind, hasRetryAfter ? 77 : 0), (end.Kind.ToString(), end.Floor.TotalSeconds));
        Assert.Equal(refresh, SubscriptionEnd.Ends(response) ? "ends" : "stands");
    }

    [Theory]
    [MemberData(nameof(AllReasons))]
    public void A_reason_means_what_the_document_says(string reason, string kind)
    {
        var parameter = reason == "none" ? "" : $";reason={reason}";
        Assert.Equal(kind, SubscriptionEnd.Of(SipSubscriptionState.Parse("terminated" + parameter)).Kind.ToString());
        // Only those that postpone have a use for it (RFC 6665 §4.1.3).
        var wait = SubscriptionEnd.Of(SipSubscriptionState.Parse($"terminated{parameter};retry-after=9")).Floor;
        Assert.Equal(kind == "Postponed" ? 9 : 0, wait.TotalSeconds);
    }

    [Fact]
    public void Nobody_is_left_alone_for_longer_than_a_day() =>
        Assert.Equal(TimeSpan.FromDays(1), SubscriptionEnd.Of(SipSubscriptionState.Parse("terminated;reason=giveup;retry-after=4294967295")).Floor);

    private static IEnumerable<int> Statuses(string answer) => AnyCode().Matches(answer).Select(match => match.Groups[1].Value).SelectMany(code =>
        code.EndsWith("xx", StringComparison.Ordinal)
            ? Enumerable.Range((code[0] - '0') * 100, 100).Where(status => !Named.Contains(status))
            : [int.Parse(code)]);

    [GeneratedRegex("`([0-9]{3})`")]
    private static partial Regex Code();

    [GeneratedRegex("`([0-9x]{3})`")]
    private static partial Regex AnyCode();
}
