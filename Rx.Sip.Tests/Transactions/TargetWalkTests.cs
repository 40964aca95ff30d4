using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

/// <summary>RFC 3263 §4 and RFC 3261 §8.1.2: where a request goes that nobody gave a next hop.</summary>
public class TargetWalkTests
{
    private readonly Pair _pair = new(withBob: false);

    [Theory]
    [InlineData("sip:bob@192.0.2.2", "192.0.2.2:5060 Udp")]
    [InlineData("sip:bob@192.0.2.2:5080", "192.0.2.2:5080 Udp")]
    [InlineData("sip:bob@bob.test", "192.0.2.2:5060 Udp")]
    [InlineData("sip:bob@192.0.2.2;transport=tcp", "192.0.2.2:5060 Tcp")]
    [InlineData("sip:bob@192.0.2.2;transport=TCP", "192.0.2.2:5060 Tcp")]
    [InlineData("sip:bob@example.test;maddr=192.0.2.2", "192.0.2.2:5060 Udp")]
    public void The_Request_URI_says_where(string uri, string target)
    {
        _pair.Ask(Given.Request(SipMethod.Message, uri), null);

        Assert.Equal(target, Where());
    }

    [Theory]
    [InlineData("<sip:192.0.2.3;lr>", "192.0.2.3:5060 Udp")]
    [InlineData("<sip:192.0.2.3;lr;transport=tcp>, <sip:192.0.2.4;lr>", "192.0.2.3:5060 Tcp")]
    [InlineData("<sip:192.0.2.3>", "192.0.2.2:5060 Udp")]
    public void A_loose_route_goes_first(string route, string target)
    {
        _pair.Ask(Given.Message.WithHeader("Route", route), null);

        Assert.Equal(target, Where());
    }

    [Theory]
    [InlineData("sip:bob@nobody.test")]
    [InlineData("tel:+15550100")]
    [InlineData("sip:bob@192.0.2.2;transport=carrier-pigeon")]
    [InlineData("sips:bob@192.0.2.2;transport=udp")]
    [InlineData("sips:bob@192.0.2.2")]
    public void What_leads_nowhere_is_a_local_503(string uri)
    {
        var outcome = _pair.Ask(Given.Request(SipMethod.Message, uri), null);

        Assert.Equal(["0 503 Service Unavailable (local)", "0 end"], outcome.Log);
        Assert.Empty(_pair.Wire.Sent);
    }

    [Fact]
    public void A_target_that_fails_is_followed_by_the_next_in_a_transaction_of_its_own()
    {
        _pair.Alice.Tcp.Unreachable.Add(Given.EndPoint("192.0.2.3:5060"));

        var outcome = _pair.Ask(Given.Request(SipMethod.Message, "sip:bob@two.test;transport=tcp"), null);
        _pair.Answer(200, SipTransportType.Tcp);

        Assert.Equal("192.0.2.2:5060 Tcp", Where());
        Assert.Equal(["0 200 OK", "0 end"], outcome.Log);
    }

    [Fact]
    public void A_target_that_says_503_is_followed_by_the_next()
    {
        var outcome = _pair.Ask(Given.Request(SipMethod.Message, "sip:bob@two.test"), null);
        _pair.Alice.Hear("192.0.2.3:5060", SipResponse.For(_pair.LastRequest, 503, null, "b1"));
        var branches = _pair.Wire.Sent.Select(sent => sent.Message.TopVia!.Branch).Distinct();

        Assert.Equal(2, branches.Count());
        Assert.Empty(outcome.Log);
        _pair.Answer(503);
        Assert.Equal(["0 503 Service Unavailable", "0 end"], outcome.Log);
    }

    [Fact]
    public void When_no_target_is_left_the_outcome_is_a_local_503()
    {
        _pair.Alice.Tcp.Unreachable.Add(Given.EndPoint("192.0.2.3:5060"));
        _pair.Alice.Tcp.Unreachable.Add(Given.EndPoint("192.0.2.2:5060"));

        var outcome = _pair.Ask(Given.Request(SipMethod.Message, "sip:bob@two.test;transport=tcp"), null);

        Assert.Equal(["0 503 Service Unavailable (local)", "0 end"], outcome.Log);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Theory]
    [InlineData(900, "sip:bob@192.0.2.2", SipTransportType.Udp)]
    [InlineData(1100, "sip:bob@192.0.2.2", SipTransportType.Tcp)]
    [InlineData(1100, "sip:bob@192.0.2.2;transport=udp", SipTransportType.Udp)]
    public void What_is_too_large_for_a_datagram_goes_over_TCP_unless_the_URI_says_UDP(int body, string uri, SipTransportType transport)
    {
        _pair.Ask(Given.Request(SipMethod.Message, uri).WithBody("text/plain", new byte[body]), null);

        Assert.Equal(transport, Assert.Single(_pair.Wire.Sent).Transport);
    }

    [Fact]
    public void What_is_too_large_goes_over_UDP_when_TCP_fails()
    {
        _pair.Alice.Tcp.Unreachable.Add(Given.EndPoint("192.0.2.2:5060"));

        _pair.Ask(Given.Message.WithBody("text/plain", new byte[1100]), null);

        Assert.Equal(SipTransportType.Udp, Assert.Single(_pair.Wire.Sent).Transport);
    }

    [Fact]
    public void A_datagram_is_sent_as_one_when_the_next_hop_says_so()
    {
        _pair.Ask(Given.Message.WithBody("text/plain", new byte[1100]));

        Assert.Equal(SipTransportType.Udp, Assert.Single(_pair.Wire.Sent).Transport);
    }

    [Fact]
    public void An_ACK_to_a_2xx_finds_its_way_as_any_request()
    {
        var outcome = _pair.Ask(Given.Request(SipMethod.Ack, "sip:bob@bob.test"), null);

        Assert.Equal("192.0.2.2:5060 Udp", Where());
        Assert.Equal(["0 end"], outcome.Log);
    }

    private string Where() => $"{_pair.Wire.Sent[^1].To} {_pair.Wire.Sent[^1].Transport}";
}
