using System.Text;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class SipStreamParserTests
{
    private static readonly byte[] Whole = Wire.Octets("OPTIONS sip:bob@example.test SIP/2.0", "Content-Length: 0");

    [Fact]
    public void Messages_are_given_as_they_become_whole()
    {
        var stream = new SipStreamParser();

        Assert.Equal(2, stream.Append(new byte[][] { Whole, Whole, Whole[..10] }.SelectMany(octets => octets).ToArray()).OfType<SipParseResult.Parsed>().Count());
        Assert.Equal(Whole, Assert.IsType<SipParseResult.Parsed>(Assert.Single(stream.Append(Whole.AsMemory(10)))).Message.Bytes.ToArray());
        Assert.Empty(stream.Complete());
        Assert.False(stream.IsBroken);
    }

    [Fact]
    public void A_defect_is_told_with_its_place_in_the_stream_and_nothing_comes_behind_one_that_breaks_it()
    {
        var stream = new SipStreamParser();
        stream.Append(Whole);
        var bad = Wire.Octets("OPTIONS sip:bob@example.test SIP/2.0", "nonsense", "Content-Length: 0");

        var error = Assert.IsType<SipParseResult.Malformed>(Assert.Single(stream.Append(bad))).Error;
        Assert.Equal((SipParseReason.BadHeader, Whole.Length + "OPTIONS sip:bob@example.test SIP/2.0\r\n".Length), (error.Reason, error.Offset));

        Assert.IsType<SipParseResult.Malformed>(Assert.Single(stream.Append(Wire.Octets("OPTIONS sip:bob@example.test SIP/2.0", "Subject: no length"))));
        Assert.True(stream.IsBroken);
        Assert.Empty(stream.Append(Whole));
        Assert.Empty(stream.Complete());
    }

    [Theory]
    [InlineData("OPTIONS sip:b@c SIP/2.0\r\nSubject: tea", SipParseReason.UnfinishedHeaders)]
    [InlineData("OPTIONS sip:b@c SIP/2.0\r\nContent-Length: 9\r\n\r\nfour", SipParseReason.TruncatedBody)]
    public void What_was_begun_and_not_finished_is_told_at_the_end(string begun, SipParseReason reason)
    {
        var stream = new SipStreamParser();
        stream.Append(Whole);
        Assert.Empty(stream.Append(Encoding.ASCII.GetBytes(begun)));

        var error = Assert.IsType<SipParseResult.Malformed>(Assert.Single(stream.Complete())).Error;

        Assert.Equal((reason, Whole.Length + begun.Length), (error.Reason, error.Offset));
    }

    [Fact]
    public void Limits_hold_for_a_stream()
    {
        var stream = new SipStreamParser(new SipLimits { MaxHeaderOctets = 40 });

        Assert.Equal(SipParseReason.TooLarge, Assert.IsType<SipParseResult.Malformed>(Assert.Single(stream.Append(Whole))).Error.Reason);
    }
}
