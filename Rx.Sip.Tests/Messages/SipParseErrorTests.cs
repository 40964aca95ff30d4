using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class SipParseErrorTests
{
    [Theory]
    [InlineData(SipParseReason.Empty, "no message")]
    [InlineData(SipParseReason.BadStartLine, "first line")]
    [InlineData(SipParseReason.UnsupportedVersion, "version")]
    [InlineData(SipParseReason.BadRequestUri, "Request-URI")]
    [InlineData(SipParseReason.BadStatusCode, "status code")]
    [InlineData(SipParseReason.BadHeader, "no colon")]
    [InlineData(SipParseReason.BadLineEnd, "stray")]
    [InlineData(SipParseReason.UnfinishedHeaders, "empty line")]
    [InlineData(SipParseReason.BadContentLength, "not one number")]
    [InlineData(SipParseReason.TruncatedBody, "shorter")]
    [InlineData(SipParseReason.MissingContentLength, "missing on a stream")]
    [InlineData(SipParseReason.TooLarge, "larger")]
    [InlineData(SipParseReason.TooManyHeaders, "more header fields")]
    [InlineData(SipParseReason.TooManyParameters, "more parameters")]
    public void A_defect_says_what_and_where(SipParseReason reason, string words)
    {
        var text = new SipParseError(reason, 4711).ToString();

        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.EndsWith("(at octet 4711)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_is_told() =>
        Assert.Equal(Enum.GetValues<SipParseReason>().Length, Enum.GetValues<SipParseReason>().Select(reason => new SipParseError(reason, 0).ToString()).Distinct().Count());
}
