using System.Text;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

/// <summary>The grammar of RFC 3261 §25 where a reader can go wrong, beside what the torture messages try.</summary>
public class GrammarTests
{
    [Theory]
    [InlineData("Via: SIP/2.0/UDP a, SIP/2.0/TCP b;x=\"c, d\"\r\nv: SIP/2.0/TLS e", "SIP/2.0/UDP a|SIP/2.0/TCP b;x=\"c, d\"|SIP/2.0/TLS e")]
    [InlineData("Via: SIP/2.0/UDP a,,\r\n ,SIP/2.0/TCP b ,", "SIP/2.0/UDP a|SIP/2.0/TCP b")]
    [InlineData("Via: SIP/2.0/UDP\r\n a\r\n ;branch\r\n =z", "SIP/2.0/UDP a;branch=z")]
    [InlineData("Via: SIP/2.0/udp a:5060", "SIP/2.0/UDP a:5060")]
    public void Comma_lists_and_separate_lines_are_one(string lines, string expected) =>
        Assert.Equal(expected, string.Join('|', Wire.Message("OPTIONS sip:h SIP/2.0", lines).Vias));

    [Theory]
    [InlineData("<sip:a@h>", null, "sip:a@h", "")]
    [InlineData("sip:a@h;tag=1", null, "sip:a@h", ";tag=1")]
    [InlineData("<sip:a@h;x=1>;tag=1", null, "sip:a@h;x=1", ";tag=1")]
    [InlineData("\"a, <b>; \\\"c\\\" \\\\\" <sip:a@h>;y=\"z;tag=2\";tag=1", "a, <b>; \"c\" \\", "sip:a@h", ";y=\"z;tag=2\";tag=1")]
    [InlineData("Ann  Bea <sip:a@h>", "Ann  Bea", "sip:a@h", "")]
    [InlineData("Zoë <sip:a@h>", "Zoë", "sip:a@h", "")]
    [InlineData("\"日本\"<sip:a@h> ; tag = 1", "日本", "sip:a@h", ";tag=1")]
    [InlineData("\"\" <sip:a@h>", "", "sip:a@h", "")]
    [InlineData("<tel:+1-201;phone-context=h>;flag", null, "tel:+1-201;phone-context=h", ";flag")]
    [InlineData("<urn:service:sos.fire>", null, "urn:service:sos.fire", "")]
    [InlineData("<sip:a@h?Subject=%3C%3E&x=y>", null, "sip:a@h?Subject=%3C%3E&x=y", "")]
    [InlineData("<sip:a@h>;x=[2001:db8::1]", null, "sip:a@h", ";x=[2001:db8::1]")]
    public void An_address_is_read_as(string text, string? name, string uri, string parameters)
    {
        var address = Wire.Message("OPTIONS sip:h SIP/2.0", $"From: {text}").From!;

        Assert.Equal((name, uri, parameters), (address.DisplayName, address.Uri.ToString(), address.Parameters.ToString()));
        Assert.Equal(address, NameAddress.Parse(address.ToString()));
    }

    [Theory]
    [InlineData("sip:h")]
    [InlineData("sip:h:5060")]
    [InlineData("sips:a:b@h.example.test:5061;transport=tcp;lr?x=y&z=")]
    [InlineData("sip:a;b;c=d@h")]
    [InlineData("sip:a?b/c@h")]
    [InlineData("sip:%61%3A%00@h")]
    [InlineData("sip:[::1]")]
    [InlineData("sip:a@[2001:db8::1]:5060;maddr=[::2]")]
    [InlineData("sip:[2001:db8::192.0.2.1]")]
    [InlineData("sip:h;a%3Bb=c%3Dd")]
    [InlineData("sip:+12015550123;ext=5@h;user=phone")]
    [InlineData("sip:under_score.example.test")]
    [InlineData("sip:h.")]
    [InlineData("tel:+1(201)555-01.23;ext=4")]
    [InlineData("tel:*69;phone-context=example.test")]
    [InlineData("mailto:a@b")]
    [InlineData("x-y.z+1:anything?at#all")]
    public void A_uri_is_written_as_it_was_read(string text) => Assert.Equal(text, SipUri.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("sip:")]
    [InlineData(":a@h")]
    [InlineData("sip:@h")]
    [InlineData("sip:a@")]
    [InlineData("sip:a b@h")]
    [InlineData("sip:a@h i")]
    [InlineData("sip:a@h:")]
    [InlineData("sip:a@h:port")]
    [InlineData("sip:a@h:65536")]
    [InlineData("sip:a@h:-1")]
    [InlineData("sip:a@b@h")]
    [InlineData("sip:%6@h")]
    [InlineData("sip:%zz@h")]
    [InlineData("sip:a\"b@h")]
    [InlineData("sip:<a@h>")]
    [InlineData("sip:a@[::1")]
    [InlineData("sip:a@[]")]
    [InlineData("sip:a@[h]")]
    [InlineData("sip:a@[::1]x")]
    [InlineData("sip:2001:db8::1")]
    [InlineData("sip:a@h;=b")]
    [InlineData("tel:")]
    [InlineData("1x:y")]
    [InlineData("x:")]
    public void This_is_no_uri(string text) => Assert.False(SipUri.TryParse(text, out _));

    [Theory]
    [InlineData("SIP/2.0/UDP h", "h", null)]
    [InlineData("SIP/2.0/UDP h:5070", "h", 5070)]
    [InlineData("SIP/2.0/UDP h : 5070 ;x", "h", 5070)]
    [InlineData("SIP/2.0/UDP [2001:db8::1]", "[2001:db8::1]", null)]
    [InlineData("SIP/2.0/UDP [2001:db8::1] :5070", "[2001:db8::1]", 5070)]
    [InlineData("SIP/2.0/UDP 192.0.2.1:0", "192.0.2.1", 0)]
    public void Sent_by_is_read_as(string via, string host, int? port) =>
        Assert.Equal((host, port), Wire.RequestWith($"Via: {via}").TopVia is { } read ? (read.Host, read.Port) : ("", -1));

    [Theory]
    [InlineData("SIP/2.0/UDP")]
    [InlineData("SIP/2.0 UDP h")]
    [InlineData("/2.0/UDP h")]
    [InlineData("S P/2.0/UDP h")]
    [InlineData("SIP/2.0/U(P h")]
    [InlineData("SIP/2.0/UDP h:")]
    [InlineData("SIP/2.0/UDP h:5o")]
    [InlineData("SIP/2.0/UDP h/x")]
    public void This_is_no_via(string via) => Assert.Null(Wire.RequestWith($"Via: {via}").TopVia);

    [Theory]
    [InlineData("INVITE", true)]
    [InlineData("invite", false)]
    [InlineData("A-.!%*_+`'~9", false)]
    public void Any_token_is_a_method_and_case_counts(string name, bool isInvite) =>
        Assert.Equal(isInvite, Wire.Request($"{name} sip:h SIP/2.0", "X: y").Method == SipMethod.Invite);

    [Theory]
    [InlineData("Content-Length: 2\r\nl: 2", null)]
    [InlineData("Content-Length: 2\r\nl: 1", SipParseReason.BadContentLength)]
    [InlineData("Content-Length: 2\r\nl: two", SipParseReason.BadContentLength)]
    [InlineData("Content-Length: 3", SipParseReason.TruncatedBody)]
    [InlineData("Content-Length: 2 ", null)]
    [InlineData("X-Unknown : kept", null)]
    [InlineData("X Y: z", SipParseReason.BadHeader)]
    [InlineData(": z", SipParseReason.BadHeader)]
    [InlineData("no colon", SipParseReason.BadHeader)]
    [InlineData("Subject: a\rb", SipParseReason.BadLineEnd)]
    [InlineData("Subject: a\0b", SipParseReason.BadLineEnd)]
    [InlineData("Subject: \"a\\\0b\"", null)]
    public void Header_lines_are_fine_or_told(string lines, SipParseReason? defect)
    {
        var result = SipParser.Parse(Encoding.UTF8.GetBytes($"OPTIONS sip:h SIP/2.0\r\n{lines}\r\n\r\nhi"));

        Assert.Equal(defect, result.Match(_ => default(SipParseReason?), error => error.Reason));
    }

    [Theory]
    [InlineData("v", "Via")]
    [InlineData("f", "From")]
    [InlineData("t", "To")]
    [InlineData("i", "Call-ID")]
    [InlineData("m", "Contact")]
    [InlineData("c", "Content-Type")]
    [InlineData("e", "Content-Encoding")]
    [InlineData("l", "Content-Length")]
    [InlineData("s", "Subject")]
    [InlineData("k", "Supported")]
    [InlineData("o", "Event")]
    [InlineData("u", "Allow-Events")]
    [InlineData("r", "Refer-To")]
    [InlineData("b", "Referred-By")]
    [InlineData("x", "Session-Expires")]
    [InlineData("y", "Identity")]
    public void A_compact_form_is_the_long_name(string compact, string name)
    {
        Assert.Equal(HeaderName.Of(name), HeaderName.Of(compact.ToUpperInvariant()));
        Assert.NotEqual(HeaderId.Unknown, HeaderName.Of(compact).Id);
        Assert.Equal("0", Wire.Message("OPTIONS sip:h SIP/2.0", $"{compact}: 0").Headers.Get(name.ToUpperInvariant()));
    }

    [Fact]
    public void Every_known_name_is_found_wherever_it_stands_in_whatever_case()
    {
        foreach (var id in Enum.GetValues<HeaderId>().Where(id => id != HeaderId.Unknown && id != HeaderId.ContentLength))
        {
            var name = HeaderTable.NameOf(id);
            foreach (var spelling in new[] { name, name.ToUpperInvariant(), name.ToLowerInvariant(), name + "  " })
                foreach (var behind in new[] { "", new string('x', 40) })
                    Assert.Equal((id, 1), (Wire.Message("OPTIONS sip:h SIP/2.0", $"{spelling}:{behind}").Slots[0].Id, Wire.Message("OPTIONS sip:h SIP/2.0", $"{spelling}:{behind}").Slots.Length));
            Assert.Equal(HeaderId.Unknown, HeaderTable.Find(name + "x"));
            Assert.Equal(HeaderId.Unknown, HeaderTable.Find("x" + name));
        }
    }

    [Fact]
    public void A_name_longer_than_any_known_one_is_kept()
    {
        var name = new string('n', 31);
        foreach (var longer in new[] { name, name + "n", name + "nn", new string('n', 300) })
            Assert.Equal("v", Wire.Message("OPTIONS sip:h SIP/2.0", $"{longer}: v").Headers.Get(longer));
    }
}
