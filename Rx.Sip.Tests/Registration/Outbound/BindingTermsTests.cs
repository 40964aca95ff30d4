using System.Net;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration.Outbound;

/// <summary>What a registrar says besides the lifetime, header by header.</summary>
public class BindingTermsTests
{
    [Fact]
    public void A_registrar_that_says_nothing_agrees_to_nothing() => Assert.Equal(BindingTerms.None, Read());

    [Theory]
    [InlineData("Require", "outbound")]
    [InlineData("Flow-Timer", "120")]
    [InlineData("Path", "<sip:token@edge.example.test;lr;ob>")]
    [InlineData("Via", "SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK1;keep=30")]
    [InlineData("Via", "SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK1;keep=0")]
    public void Each_of_these_promises_answers_to_keep_alives(string name, string value) => Assert.True(Read((name, value)).AnswersKeepAlives);

    [Theory]
    [InlineData("Path", "<sip:edge.example.test;lr>")]
    [InlineData("Supported", "outbound")]
    [InlineData("Flow-Timer", "soon")]
    // Our own wish come back without an answer (RFC 6223 §4.2).
    [InlineData("Via", "SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK1;keep")]
    public void None_of_these_does(string name, string value) => Assert.False(Read((name, value)).AnswersKeepAlives);

    [Fact]
    public void Flow_Timer_counts_before_keep()
    {
        var via = ("Via", "SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK1;keep=30");
        Assert.Equal(TimeSpan.FromSeconds(30), Read(via).FlowTimer);
        Assert.Equal(TimeSpan.FromSeconds(120), Read(via, ("Flow-Timer", "120")).FlowTimer);
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport=4711;received=203.0.113.9", "203.0.113.9:4711")]
    [InlineData("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport=4711", "192.0.2.1:4711")]
    [InlineData("SIP/2.0/UDP [2001:db8::1]:5060;branch=z9hG4bK1;rport=4711", "[2001:db8::1]:4711")]
    [InlineData("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport", null)]
    [InlineData("SIP/2.0/UDP host.example.test;branch=z9hG4bK1;rport=4711", null)]
    [InlineData("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport=99999", null)]
    public void The_topmost_Via_tells_how_the_first_hop_sees_us(string via, string? seen) =>
        Assert.Equal(seen is null ? null : IPEndPoint.Parse(seen), Read(("Via", via)).SeenAs);

    [Fact]
    public void Routes_paths_and_GRUUs_are_those_of_the_response_and_of_our_contact()
    {
        var terms = Read(
            ("Service-Route", "<sip:p1.example.test;lr>, <sip:p2.example.test;lr>"),
            ("Path", "<sip:edge.example.test;lr>"),
            ("Contact", "<sip:alice@192.0.2.1>;pub-gruu=\"sip:alice@example.test;gr=urn:uuid:1\";temp-gruu=\"sip:t1@example.test;gr\";expires=60"));
        Assert.Equal(["p1.example.test", "p2.example.test"], terms.ServiceRoutes.Select(route => route.Uri.Host));
        Assert.Equal("edge.example.test", Assert.Single(terms.Paths).Uri.Host);
        Assert.Equal(("sip:alice@example.test;gr=urn:uuid:1", "sip:t1@example.test;gr"), ($"{terms.PublicGruu}", $"{terms.TemporaryGruu}"));
        Assert.Equal(Read(("Path", "<sip:edge.example.test;lr>")), Read(("Path", "<sip:edge.example.test;lr>")));
        Assert.NotEqual(terms, Read(("Path", "<sip:edge.example.test;lr>")));
    }

    private static BindingTerms Read(params (string Name, string Value)[] headers)
    {
        var response = headers.Aggregate(Say.Register().Answer(200), (so, header) => so.WithHeader(header.Name, header.Value));
        return BindingTerms.Of(response, response.Contacts is [var ours, ..] ? ours : null);
    }
}
