using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class MessageCheckTests
{
    [Fact]
    public void A_request_with_all_mandatory_headers_is_fine() => Assert.Null(MessageCheck.Of(Wire.RequestWith()));

    [Theory]
    [InlineData("Max-Forwards")]
    [InlineData("Max-Forwards: 0")]
    [InlineData("Max-Forwards: 99999999999999999999")]
    [InlineData("From: sip:alice@example.test")]
    [InlineData("From: \"A, <B>\" <sip:alice@example.test>;tag=a")]
    [InlineData("From: Alice Liddell<sip:alice@example.test>")]
    [InlineData("To: <tel:+1-201-555-0123>")]
    [InlineData("To: <urn:service:sos>")]
    [InlineData("Call-ID: x")]
    [InlineData("CSeq: 2147483647\t  OPTIONS")]
    [InlineData("CSeq: 0007 OPTIONS")]
    [InlineData("Via: SIP / 2.0 / UDP [2001:db8::1] : 5060 ; branch = z9hG4bKabc, SIP/2.0/TCP host")]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.1:5060")]
    public void A_request_is_fine_with(string line) => Assert.Null(MessageCheck.Of(Wire.RequestWith(line)));

    [Theory]
    [InlineData("Via", "Missing Via")]
    [InlineData("From", "Missing From")]
    [InlineData("To", "Missing To")]
    [InlineData("Call-ID", "Missing Call-ID")]
    [InlineData("CSeq", "Missing CSeq")]
    [InlineData("Via: SIP/2.0/UDP", "Malformed Via")]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.1:99999", "Malformed Via")]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.1;=x", "Malformed Via")]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.15;;,;,,", "Malformed Via")]
    [InlineData("Via:", "Malformed Via")]
    [InlineData("From: Bell, Alexander <sip:alice@example.test>;tag=a", "Malformed From")]
    [InlineData("From: <sip:alice@example.test", "Malformed From")]
    [InlineData("From: <sip:alice@example.test> tag=a", "Malformed From")]
    [InlineData("From: <sip:2001:db8::1>", "Malformed From")]
    [InlineData("From: alice", "Malformed From")]
    [InlineData("To: \"Mr. J. User <sip:j.user@example.test>", "Malformed To")]
    [InlineData("To: \"a\" b <sip:j.user@example.test>", "Malformed To")]
    [InlineData("To:", "Malformed To")]
    [InlineData("Call-ID:", "Malformed Call-ID")]
    [InlineData("Call-ID: a b", "Malformed Call-ID")]
    [InlineData("CSeq: OPTIONS", "Malformed CSeq")]
    [InlineData("CSeq: 7", "Malformed CSeq")]
    [InlineData("CSeq: 2147483648 OPTIONS", "Malformed CSeq")]
    [InlineData("CSeq: -7 OPTIONS", "Malformed CSeq")]
    [InlineData("CSeq: 7 INVITE", "CSeq Names Another Method")]
    [InlineData("CSeq: 7 options", "CSeq Names Another Method")]
    [InlineData("Max-Forwards: many", "Malformed Max-Forwards")]
    [InlineData("Max-Forwards:", "Malformed Max-Forwards")]
    [InlineData("Max-Forwards: -1", "Malformed Max-Forwards")]
    [InlineData("From: <sip:a@b>\r\nf: <sip:a@b>", "More Than One From")]
    [InlineData("To: <sip:a@b>\r\nt: <sip:a@b>", "More Than One To")]
    [InlineData("Call-ID: a\r\ni: a", "More Than One Call-ID")]
    [InlineData("CSeq: 7 OPTIONS\r\nCSEQ: 7 OPTIONS", "More Than One CSeq")]
    [InlineData("Max-Forwards: 7\r\nMax-Forwards: 7", "More Than One Max-Forwards")]
    public void A_request_is_refused_with_400_for(string line, string reason) =>
        Assert.Equal(new SipVerdict(400, reason), MessageCheck.Of(Wire.RequestWith(line)));

    [Theory]
    [InlineData("sip:2001:db8::10")]
    [InlineData("nothing")]
    public void A_request_is_refused_for_its_request_uri(string uri) =>
        Assert.Equal(400, MessageCheck.Of(Assert.IsType<SipRequest>(Wire.Parse(Wire.Octets([$"OPTIONS {uri} SIP/2.0", .. HeadersOf(Wire.RequestWith())]))))?.StatusCode);

    [Theory]
    [InlineData("sip:bob@example.test")]
    [InlineData("SIPS:bob@[2001:db8::1]:5061;transport=tcp?x=y")]
    [InlineData("tel:+1-201-555-0123")]
    [InlineData("soap.beep://192.0.2.103:3002")]
    [InlineData("nobodyKnowsThisScheme:totallyopaquecontent")]
    public void A_request_may_go_to(string uri) =>
        Assert.Null(MessageCheck.Of(Assert.IsType<SipRequest>(Wire.Parse(Wire.Octets([$"OPTIONS {uri} SIP/2.0", .. HeadersOf(Wire.RequestWith())])))));

    [Theory]
    [InlineData("OPTIONS sip:bob@example.test SIP/7.0", 505)]
    [InlineData("OPTIONS <sip:bob@example.test> SIP/2.0", 400)]
    [InlineData("OPTIONS  sip:bob@example.test SIP/2.0", 400)]
    public void A_request_that_can_not_be_parsed_gets_its_answer(string requestLine, int status) =>
        Assert.Equal(status, MessageCheck.Of(Wire.Defect(Wire.Octets([requestLine, .. HeadersOf(Wire.RequestWith())])), SipLimits.Default).StatusCode);

    [Fact]
    public void Every_parse_error_has_an_answer() => Assert.All(
        Enum.GetValues<SipParseReason>(),
        reason => Assert.InRange(MessageCheck.Of(new SipParseError(reason, 0), SipLimits.Default).StatusCode, 400, 699));

    [Theory]
    [InlineData("Via", false)]
    [InlineData("Via: nonsense", false)]
    [InlineData("To", true)]
    public void A_response_needs_a_via_to_find_its_way(string change, bool isAnswerable) =>
        Assert.Equal(isAnswerable, MessageCheck.IsAnswerable(Wire.RequestWith(change)));

    [Fact]
    public void An_ack_is_never_answered() =>
        Assert.False(MessageCheck.IsAnswerable(Wire.Request("ACK sip:bob@example.test SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.1", "CSeq: 7 ACK")));

    [Theory]
    [InlineData("Max-Forwards", true)]
    [InlineData("CSeq: 7 INVITE", true)]
    [InlineData("CSeq: 7", false)]
    [InlineData("CSeq", false)]
    [InlineData("Via", false)]
    [InlineData("From", false)]
    [InlineData("To: <", false)]
    [InlineData("Call-ID", false)]
    public void A_response_is_usable_when_it_can_be_brought_to_its_request(string change, bool isUsable) =>
        Assert.Equal(isUsable, MessageCheck.IsUsable(Wire.ResponseWith(change)));

    [Fact]
    public void A_good_request_costs_no_memory()
    {
        var request = Wire.RequestWith();
        MessageCheck.Of(request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            MessageCheck.Of(request);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static IEnumerable<string> HeadersOf(SipMessage message) => message.Headers.Select(header => header.ToString());
}
