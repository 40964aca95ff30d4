using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

/// <summary>Messages of our own with the defects that RFC 4475 and RFC 5118 try, one for each of theirs.</summary>
public class OwnTortureTests
{
    public static TheoryData<string> Cases => [.. OwnTortureMessages.All.Keys];

    [Fact]
    public void There_is_one_for_each_of_theirs() => Assert.Equal(
        TortureMessages.All.Select(message => message.GetProperty("file").GetString()!).Order(StringComparer.Ordinal),
        OwnTortureMessages.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_gets_the_verdict_it_deserves(string like)
    {
        var (expected, octets) = OwnTortureMessages.All[like];
        var result = SipParser.Parse(octets);

        Assert.Contains(StatusOf(result), expected.GetProperty("answers").EnumerateArray().Select(answer => answer.GetInt32()));
        if (expected.TryGetProperty("header", out var header))
            Assert.Equal(header.GetString(), UserAgent.Rules.ValidateParsed(result)!.Header.ToString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_holds_its_values(string like)
    {
        var (expected, octets) = OwnTortureMessages.All[like];
        var message = SipParser.Parse(octets).Match(message => message, error => error.Readable);

        foreach (var check in expected.GetProperty("checks").EnumerateObject())
            Assert.Equal((check.Name, TortureChecks.Expected(check.Value)), (check.Name, TortureChecks.Actual(message!, check.Name, check.Value)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Whatever_is_refused_can_be_answered(string like)
    {
        var result = SipParser.Parse(OwnTortureMessages.All[like].Octets);
        if (UserAgent.Rules.ValidateParsed(result) is not { } verdict || result.Match(message => message, error => error.Readable) is not SipRequest request)
            return;

        var answer = verdict.Answer(request, "tag");

        Assert.Equal(verdict.StatusCode, answer!.StatusCode);
        Assert.Equal(request.Headers.GetAll("Via"), answer.Headers.GetAll("Via"));
        Assert.Equal(request.Headers.GetAll("CSeq"), answer.Headers.GetAll("CSeq"));
        Assert.IsType<SipParseResult.Parsed>(SipParser.Parse(answer.Bytes));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_throws_whatever_is_asked(string like)
    {
        var octets = OwnTortureMessages.All[like].Octets;
        Stream.Read(Stream.InPieces(octets, 1));

        if (SipParser.Parse(octets).Match(message => message, error => error.Readable) is { } message)
            Everything.Of(message);
    }

    private static int StatusOf(SipParseResult result) => result switch
    {
        SipParseResult.Parsed { Message: SipResponse response } => MessageCheck.IsUsable(response) ? 0 : -1,
        SipParseResult.Malformed { Error.Readable: not SipRequest } => -1,
        _ => UserAgent.Rules.ValidateParsed(result)?.StatusCode ?? 0,
    };
}
