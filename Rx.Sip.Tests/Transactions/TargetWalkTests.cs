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
    [InlineData("sip:bob@nobody.test", "nobody.test is not known")]
    [InlineData("tel:+15550100", "Service Unavailable")]
    [InlineData("sip:bob@192.0.2.2;transport=carrier-pigeon", "Service Unavailable")]
    [InlineData("sips:bob@192.0.2.2;transport=udp", "Service Unavailable")]
    [InlineData("sips:bob@192.0.2.2", "no transport that can be used will do for 192.0.2.2, secure")]
    public void What_leads_nowhere_is_a_local_503_that_says_why(string uri, string reason)
    {
        var outcome = _pair.Ask(Given.Request(SipMethod.Message, uri), null);

        Assert.Equal([$"0 503 {reason} (local)", "0 end"], outcome.Log);
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
    public void A_target_that_does_not_answer_is_followed_by_the_next_when_its_transaction_has_timed_out()
    {
        var outcome = _pair.Ask(Given.Request(SipMethod.Message, "sip:bob@two.test"), null);
        _pair.Wire.RunTo(31.9);
        Assert.Equal("192.0.2.3:5060 Udp", Where());

        _pair.Wire.RunTo(32);
        Assert.Equal("192.0.2.2:5060 Udp", Where());
        _pair.Answer(200);
        Assert.Equal(["32 200 OK", "32 end"], outcome.Log);
    }

    [Fact]
    public void When_the_last_target_does_not_answer_either_the_outcome_is_a_local_408()
    {
        var outcome = _pair.Ask(Given.Request(SipMethod.Message, "sip:bob@two.test"), null);
        _pair.Wire.RunTo(100);

        Assert.Equal(["64 408 Request Timeout (local)", "64 end"], outcome.Log);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void A_target_that_is_at_work_on_the_request_is_not_abandoned_for_another()
    {
        var outcome = _pair.Ask(Given.Request(SipMethod.Message, "sip:bob@two.test"), null);
        _pair.Alice.Hear("192.0.2.3:5060", SipResponse.For(_pair.LastRequest, 100, null, "b1"));
        _pair.Wire.RunTo(100);

        Assert.Equal(["0 100 Trying", "32 408 Request Timeout (local)", "32 end"], outcome.Log);
    }

    [Fact]
    public void A_target_that_failed_is_tried_last_for_five_minutes()
    {
        _pair.Alice.Tcp.Unreachable.Add(Given.EndPoint("192.0.2.3:5060"));
        Assert.Equal(["192.0.2.2:5060 Tcp"], Send(";transport=tcp"));

        _pair.Alice.Tcp.Unreachable.Clear();
        _pair.Wire.RunTo(299);
        Assert.Equal(["192.0.2.2:5060 Tcp"], Send(";transport=tcp"));

        _pair.Wire.RunTo(300);
        Assert.Equal(["192.0.2.3:5060 Tcp"], Send(";transport=tcp"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3600)]
    public void A_target_that_says_when_it_can_be_asked_again_is_tried_last_until_then(int seconds)
    {
        _pair.Ask(Given.Request(SipMethod.Message, "sip:bob@two.test"), null);
        _pair.Alice.Hear("192.0.2.3:5060", SipResponse.For(_pair.LastRequest, 503, null, "b1").WithHeader("Retry-After", $"{seconds}"));
        _pair.Answer(200);

        _pair.Wire.RunTo(seconds - 1);
        Assert.Equal(["192.0.2.2:5060 Udp"], Send(""));
        _pair.Wire.RunTo(seconds);
        Assert.Equal(["192.0.2.3:5060 Udp"], Send(""));
    }

    [Fact]
    public void A_target_that_failed_and_answers_after_all_is_as_good_as_before()
    {
        _pair.Alice.Tcp.Unreachable.Add(Given.EndPoint("192.0.2.3:5060"));
        _pair.Alice.Tcp.Unreachable.Add(Given.EndPoint("192.0.2.2:5060"));
        Send(";transport=tcp");
        _pair.Alice.Tcp.Unreachable.Clear();

        Assert.Equal(["192.0.2.3:5060 Tcp"], Send(";transport=tcp"));
        _pair.Alice.Tcp.Unreachable.Add(Given.EndPoint("192.0.2.3:5060"));
        _pair.Alice.Tcp.Break(Given.EndPoint("192.0.2.3:5060"), null);
        Assert.Equal(["192.0.2.2:5060 Tcp"], Send(";transport=tcp"));
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

    [Fact]
    public void The_next_request_comes_back_to_UDP_after_one_that_was_too_large_and_each_says_so_in_its_Via()
    {
        _pair.Ask(Given.Message.WithBody("text/plain", new byte[1100]), null);
        _pair.Answer(200, SipTransportType.Tcp);
        _pair.Ask(Given.Message, null);

        Assert.Equal([SipTransportType.Tcp, SipTransportType.Udp], _pair.Wire.Sent.Where(sent => sent.Name == "MESSAGE").Select(sent => sent.Transport));
        Assert.Equal(["TCP", "UDP"], _pair.Wire.Sent.Where(sent => sent.Name == "MESSAGE").Select(sent => sent.Message.TopVia!.Transport));
    }

    [Fact]
    public void Where_TCP_was_refused_what_is_too_large_goes_over_UDP_at_once_from_then_on()
    {
        _pair.Alice.Tcp.Unreachable.Add(Given.EndPoint("192.0.2.2:5060"));
        _pair.Ask(Given.Message.WithBody("text/plain", new byte[1100]), null);
        _pair.Answer(200);
        _pair.Alice.Tcp.Unreachable.Clear();

        _pair.Ask(Given.Message.WithBody("text/plain", new byte[1100]), null);

        Assert.Equal(SipTransportType.Udp, _pair.Wire.Sent[^1].Transport);
    }

    // The targets of a request that is answered 200 by the first that hears it.
    private List<string> Send(string parameters)
    {
        var before = _pair.Wire.Sent.Count;
        _pair.Ask(Given.Request(SipMethod.Message, $"sip:bob@two.test{parameters}"), null);
        List<string> targets = [.. _pair.Wire.Sent.Skip(before).Select(sent => $"{sent.To} {sent.Transport}")];
        if (_pair.Wire.Sent.Count > before)
            _pair.Alice.Hear(_pair.Wire.Sent[^1].To.ToString(), SipResponse.For(_pair.LastRequest, 200, null, "b1"), _pair.Wire.Sent[^1].Transport);
        return targets;
    }

    private string Where() => $"{_pair.Wire.Sent[^1].To} {_pair.Wire.Sent[^1].Transport}";
}
