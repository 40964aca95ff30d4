using System.Text.Json;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

/// <summary>The messages of RFC 4475 and RFC 5118, which try what parsers get wrong.</summary>
public class TortureTests
{
    // Their answer is for those to give who look for the session's codecs or for credentials.
    private static readonly string[] Taken = ["sdp01.dat", "regaut01.dat"];

    public static TheoryData<string> All => Files(_ => true);

    public static TheoryData<string> ToAccept => Files(message => Expected(message) == "accept" && !IsMeasuredWrongly(message));

    public static TheoryData<string> ToReject => Files(message => Expected(message) == "reject");

    public static TheoryData<string> ToRejectOrTolerate => Files(message => Expected(message) == "reject-or-tolerate");

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_throws_whatever_is_asked(string file)
    {
        var octets = TortureMessages.Octets(file);

        var read = SipParser.Parse(octets);
        Stream.Read(Stream.InPieces(octets, 1));

        if (read.Match(message => message, error => error.Readable) is { } message)
            Everything.Of(message);
    }

    [Theory]
    [MemberData(nameof(ToAccept))]
    public void What_is_valid_is_accepted(string file)
    {
        var message = Wire.Parse(TortureMessages.Octets(file));

        if (message is SipRequest request)
            Assert.Contains(UserAgent.Rules.Validate(request)?.StatusCode ?? 0, Taken.Contains(file) ? [0] : TortureMessages.Answers(file));
        else
            Assert.True(MessageCheck.IsUsable((SipResponse)message));
    }

    [Theory]
    [MemberData(nameof(ToAccept))]
    public void What_is_valid_holds_the_values_that_the_rfc_says(string file)
    {
        var message = Wire.Parse(TortureMessages.Octets(file));

        foreach (var check in TortureMessages.Find(file).GetProperty("checks").EnumerateObject())
            Assert.Equal((check.Name, TortureChecks.Expected(check.Value)), (check.Name, TortureChecks.Actual(message, check.Name, check.Value)));
    }

    [Theory]
    [MemberData(nameof(ToReject))]
    public void What_is_invalid_is_answered(string file) => Assert.Contains(Answer(file) ?? 0, TortureMessages.Answers(file));

    [Theory]
    [MemberData(nameof(ToRejectOrTolerate))]
    public void What_can_be_repaired_is_taken_or_answered(string file) => Assert.Contains(Answer(file) ?? 400, TortureMessages.Answers(file));

    [Theory]
    [InlineData("bigcode.dat")]
    [InlineData("scalarlg.dat")]
    public void A_response_out_of_range_is_dropped(string file) =>
        Assert.False(SipParser.Parse(TortureMessages.Octets(file)) is SipParseResult.Parsed { Message: SipResponse response } && MessageCheck.IsUsable(response));

    [Fact]
    public void Octets_behind_the_body_of_a_datagram_are_dropped_and_on_a_stream_are_the_next_message()
    {
        var octets = TortureMessages.Octets("dblreq.dat");

        Assert.Equal(0, Wire.Parse(octets).Body.Length);
        Assert.Equal(["REGISTER", "INVITE"], Stream.Read([octets]).Where(item => item is not ("Ping" or "Pong")).Select(item => item.Split(' ')[0]).Take(2));
    }

    [Fact]
    public void Without_content_length_the_body_of_a_datagram_goes_on_to_its_end() =>
        Assert.EndsWith("m=audio 49217 RTP/AVP 0\r\n", Wire.Parse(TortureMessages.Octets("inv2543.dat")).BodyText, StringComparison.Ordinal);

    private static int? Answer(string file)
    {
        var result = SipParser.Parse(TortureMessages.Octets(file));
        return result.Match(message => message, error => error.Readable) is SipRequest request
            ? UserAgent.Rules.ValidateParsed(result)?.Answer(request, "tag")?.StatusCode
            : null;
    }

    private static TheoryData<string> Files(Func<JsonElement, bool> which) =>
        [.. TortureMessages.All.Where(which).Select(message => message.GetProperty("file").GetString()!)];

    private static string Expected(JsonElement message) => message.GetProperty("expect").GetString()!;

    // The RFC counted this one's body with LF line ends; the repaired message stands beside it.
    private static bool IsMeasuredWrongly(JsonElement message) => message.GetProperty("file").GetString() == "ipv6-in-sdp.dat";
}
