using System.Text;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class SipRulesTests
{
    private const string Tail = "Via: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=a\r\nTo: <sip:b@h>\r\nCall-ID: c\r\n";
    private const string Accept = "Accept: application/sdp, text/plain, multipart/*, application/im-iscomposing+xml";

    [Theory]
    [InlineData("MESSAGE", "", "", null)]
    [InlineData("SUBSCRIBE", "", "", "405 Method Not Allowed, Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE, REGISTER")]
    [InlineData("TELEPORT", "", "", "501 Not Implemented, Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE, REGISTER")]
    [InlineData("message", "", "", "501 Not Implemented, Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE, REGISTER")]
    [InlineData("OPTIONS", "Require: path", "", null)]
    [InlineData("OPTIONS", "Require: PATH,100rel", "", null)]
    [InlineData("OPTIONS", "Require: path, gruu\r\nRequire: timer", "", "420 Bad Extension, Unsupported: gruu, timer")]
    [InlineData("OPTIONS", "Proxy-Require: gruu", "", null)]
    [InlineData("CANCEL", "Require: gruu", "", null)]
    [InlineData("ACK", "Require: gruu", "", null)]
    [InlineData("MESSAGE", "Content-Type: Text/PLAIN;charset=utf-8", "hi", null)]
    [InlineData("MESSAGE", "c: multipart/related;boundary=x", "hi", null)]
    [InlineData("MESSAGE", "c: text/html", "hi", "415 Unsupported Media Type, " + Accept)]
    [InlineData("MESSAGE", "c: text/html", "", null)]
    [InlineData("MESSAGE", "", "hi", "415 Unsupported Media Type, " + Accept)]
    [InlineData("MESSAGE", "c: text", "hi", "400 Malformed Content-Type")]
    [InlineData("MESSAGE", "c: text/html\r\nContent-Disposition: render;handling=optional", "hi", null)]
    [InlineData("MESSAGE", "c: text/html\r\nContent-Disposition: render; Handling = OPTIONAL", "hi", null)]
    [InlineData("MESSAGE", "c: text/html\r\nContent-Disposition: render;handling=required", "hi", "415 Unsupported Media Type, " + Accept)]
    [InlineData("MESSAGE", "c: text/plain\r\ne: gzip", "hi", "415 Unsupported Media Type, Accept-Encoding: identity")]
    [InlineData("MESSAGE", "c: text/plain\r\ne: Identity", "hi", null)]
    [InlineData("MESSAGE", "Max-Forwards: 0", "", null)]
    public void A_user_agent_server_says(string method, string lines, string body, string? expected) =>
        Assert.Equal(expected, Show(UserAgent.Rules.Validate(Request(method, "sip:b@h", lines, body))));

    [Theory]
    [InlineData("SIP:b@h", null)]
    [InlineData("sips:b@h", null)]
    [InlineData("tel:+1201", null)]
    [InlineData("im:b@h", "416 Unsupported URI Scheme")]
    [InlineData("sipx:b@h", "416 Unsupported URI Scheme")]
    [InlineData("b", "400 Malformed Request-URI")]
    public void The_scheme_of_a_request_uri_has_to_be_served(string uri, string? expected) =>
        Assert.Equal(expected, Show(SipRules.Default.Validate(Request("OPTIONS", uri, "", ""))));

    [Fact]
    public void A_scheme_that_is_served_is_none_to_refuse() =>
        Assert.Null(new SipRules { UriSchemes = ["im"] }.Validate(Request("OPTIONS", "im:b@h", "", "")));

    [Theory]
    [InlineData("", "483 Too Many Hops", "Max-Forwards: 0")]
    [InlineData("", null, "Max-Forwards: 1")]
    [InlineData("", null, "Subject: x")]
    [InlineData("", null, "Require: gruu")]
    [InlineData("", "420 Bad Extension, Unsupported: gruu", "Proxy-Require: gruu")]
    [InlineData("hi", null, "Content-Type: text/html")]
    public void A_proxy_says(string body, string? expected, string lines) => Assert.Equal(
        expected, Show(new SipRules { Forwards = true, Methods = [], ContentTypes = [] }.Validate(Request("MESSAGE", "sip:b@h", lines, body))));

    [Fact]
    public void Without_dialogs_none_can_be_meant()
    {
        var inDialog = Wire.RequestWith("To: <sip:b@h>;tag=b");

        Assert.Null(SipRules.Default.Validate(inDialog));
        Assert.Equal("481 Call/Transaction Does Not Exist", Show(new SipRules { HasDialogs = false }.Validate(inDialog)));
        Assert.Null(new SipRules { HasDialogs = false }.Validate(Wire.RequestWith()));
    }

    [Fact]
    public void What_exceeds_a_limit_is_too_large()
    {
        var rules = new SipRules { Limits = new SipLimits { MaxBodyOctets = 3, MaxRequestUriOctets = 10, MaxHeaderOctets = 1000, MaxHeaders = 7 } };

        Assert.Null(rules.Validate(Request("MESSAGE", "sip:456789", "", "abc")));
        Assert.Equal("414 Request-URI Too Long", Show(rules.Validate(Request("MESSAGE", "sip:4567890", "", "abc"))));
        Assert.Equal("413 Request Entity Too Large", Show(rules.Validate(Request("MESSAGE", "sip:h", "", "abcd"))));
        Assert.Equal("413 Request Entity Too Large", Parse(rules, "l: 4\r\n\r\nabcd"));
        Assert.Equal("513 Message Too Large", Parse(rules, "l: 3\r\nX: y\r\n\r\nabc"));
        Assert.Equal("513 Message Too Large", Parse(rules, $"Subject: {new string('x', 1000)}\r\n\r\n"));
        Assert.Null(Parse(rules, "l: 3\r\n\r\nabc"));
    }

    [Fact]
    public void A_response_is_nothing_to_judge() => Assert.Null(UserAgent.Rules.ValidateParsed(new SipParseResult.Parsed(Wire.ResponseWith("CSeq"))));

    [Fact]
    public void Octets_of_which_nothing_could_be_read_get_a_verdict_too() =>
        Assert.Equal(400, UserAgent.Rules.ValidateParsed(SipParser.Parse("nonsense"u8.ToArray()))?.StatusCode);

    [Fact]
    public void An_answer_holds_what_the_verdict_says()
    {
        var request = Request("MESSAGE", "sip:b@h", "c: text/html", "hi");

        var answer = UserAgent.Rules.Validate(request)!.Answer(request, "t");

        Assert.Equal($"SIP/2.0 415 Unsupported Media Type\r\n{Tail.Replace("sip:b@h>", "sip:b@h>;tag=t", StringComparison.Ordinal)}CSeq: 1 MESSAGE\r\n{Accept}\r\nContent-Length: 0\r\n\r\n", answer!.ToWireString());
    }

    [Theory]
    [InlineData("ACK", "Via: SIP/2.0/UDP h")]
    [InlineData("OPTIONS", "Via: nonsense")]
    [InlineData("OPTIONS", "Subject: x")]
    public void There_is_no_answer_to(string method, string line) =>
        Assert.Null(new SipVerdict(400, "Bad").Answer(Wire.Request($"{method} sip:h SIP/2.0", line), "t"));

    [Fact]
    public void A_good_request_costs_no_memory()
    {
        var request = Wire.RequestWith();
        SipRules.Default.Validate(request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            SipRules.Default.Validate(request);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string? Parse(SipRules rules, string rest) =>
        Show(rules.ValidateParsed(SipParser.Parse(Encoding.UTF8.GetBytes($"MESSAGE sip:h SIP/2.0\r\n{Tail}CSeq: 1 MESSAGE\r\nMax-Forwards: 70\r\n{rest}"), rules.Limits)));

    private static SipRequest Request(string method, string uri, string lines, string body) => Assert.IsType<SipRequest>(Wire.Parse(Encoding.UTF8.GetBytes(
        $"{method} {uri} SIP/2.0\r\n{Tail}CSeq: 1 {method}\r\n{lines}{(lines.Length > 0 ? "\r\n" : "")}Content-Length: {body.Length}\r\n\r\n{body}")));

    private static string? Show(SipVerdict? verdict) => verdict is null ? null : verdict.Header is { } header ? $"{verdict}, {header}" : verdict.ToString();
}
