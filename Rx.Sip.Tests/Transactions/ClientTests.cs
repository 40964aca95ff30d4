using System.Net.Sockets;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public class ClientTests
{
    private readonly Pair _pair = new(withBob: false);

    [Fact]
    public void Nothing_is_sent_before_somebody_subscribes_and_every_subscription_is_a_transaction()
    {
        var request = _pair.Alice.Layer.To(Pair.BobTarget(SipTransportType.Udp)).Request(Given.Message);
        Assert.Empty(_pair.Wire.Sent);

        using var first = request.Subscribe();
        using var second = request.Subscribe();

        Assert.Equal(2, _pair.Wire.Sent.Select(sent => sent.Message.TopVia!.Branch).Distinct().Count());
        Assert.Equal(2, _pair.Alice.Layer.ActiveTransactions);
    }

    [Fact]
    public void The_Via_says_how_to_answer()
    {
        _pair.Ask(Given.Message);
        _pair.Ask(Given.Message, SipTransportType.Tcp);

        var (udp, tcp) = (_pair.Wire.Sent[0].Message.TopVia!, _pair.Wire.Sent[1].Message.TopVia!);
        Assert.Equal(("UDP", "192.0.2.1", 5060, true, true), (udp.Transport, udp.Host, udp.Port, udp.AsksForPort, udp.HasMagicCookie));
        Assert.Equal(("TCP", "192.0.2.1", 5060, false, true), (tcp.Transport, tcp.Host, tcp.Port, tcp.AsksForPort, tcp.HasMagicCookie));
    }

    [Fact]
    public void The_request_is_sent_as_it_was_given_but_for_the_Via()
    {
        var request = Given.Message.WithHeader("X-Unheard-Of", "kept").WithBody("text/plain", "hello"u8.ToArray());

        _pair.Ask(request);

        Assert.Equal(request.ToWireString(), _pair.LastRequest.WithoutFirstValue("Via").ToWireString());
    }

    [Fact]
    public void Repetitions_are_the_same_octets()
    {
        _pair.Ask(Given.Message);
        _pair.Wire.RunTo(4);

        Assert.Single(_pair.Wire.Sent.Select(sent => sent.Message.ToWireString()).Distinct());
    }

    [Fact]
    public void Provisional_responses_and_one_final_response_are_told()
    {
        var outcome = _pair.Ask(Given.Invite);
        foreach (var status in new[] { 100, 180, 183, 200, 200, 486 })
            _pair.Answer(status);

        Assert.Equal(["0 100 Trying", "0 180 Ringing", "0 183 Session Progress", "0 200 OK", "0 end"], outcome.Log);
    }

    [Fact]
    public void A_response_to_another_branch_or_none_is_nobodys()
    {
        var outcome = _pair.Ask(Given.Message);
        var sent = _pair.LastRequest;
        foreach (var via in new[] { "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK0000000000000", "SIP/2.0/UDP 192.0.2.1:5060;branch=1", "SIP/2.0/UDP 192.0.2.1:5060", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKzzzzzzzzzzzzz", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKvvvvvvvvvvvvv" })
            _pair.Answer(sent.WithHeader("Via", via), 200);

        Assert.Empty(outcome.Log);
        Assert.Empty(_pair.Alice.User.Strays);
        Assert.Equal(1, _pair.Alice.Layer.ActiveTransactions);
    }

    [Fact]
    public void Disposing_stops_the_repetition_and_leaves_nothing()
    {
        var outcome = _pair.Ask(Given.Message);
        _pair.Wire.RunTo(1);
        outcome.Dispose();

        Assert.Equal((0, 0), _pair.Alice.Left);
        _pair.Wire.RunTo(100);
        _pair.Answer(200);
        Assert.Equal("0 0.5", _pair.TimesOf("MESSAGE"));
        Assert.Empty(outcome.Log);
    }

    [Fact]
    public void Disposing_after_the_response_changes_nothing()
    {
        var outcome = _pair.Ask(Given.Invite);
        _pair.Answer(486);
        outcome.Dispose();

        Assert.Equal((1, 1), _pair.Alice.Left);
        Assert.Equal(["0 486 Busy Here", "0 end"], outcome.Log);
        Assert.Equal("", _pair.TimesOf("CANCEL"));
    }

    [Fact]
    public void Who_disposes_inside_OnNext_is_told_no_more()
    {
        var outcome = _pair.Ask(Given.Message);
        outcome.OnResponse = _ => outcome.Dispose();
        _pair.Answer(100);
        _pair.Answer(200);

        Assert.Equal(["0 100 Trying"], outcome.Log);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void Operators_that_take_enough_leave_nothing()
    {
        var seen = new List<SipResponse>();
        using var subscription = _pair.Alice.Layer.To(Pair.BobTarget(SipTransportType.Udp)).Request(Given.Message).Take(1).Subscribe(seen.Add);
        _pair.Answer(100);

        Assert.Single(seen);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200)]
    public void What_an_observer_throws_is_reported_and_stops_nothing(int status)
    {
        var outcome = _pair.Ask(Given.Message);
        outcome.OnResponse = _ => throw new InvalidOperationException("mine");
        var other = _pair.Ask(Given.Message, SipTransportType.Tcp);
        var (first, second) = (_pair.Wire.Sent[0].Request, _pair.Wire.Sent[1].Request);

        _pair.Answer(first, status);
        _pair.Answer(first, 200);
        _pair.Answer(second, 200, SipTransportType.Tcp);
        _pair.Wire.RunTo(100);

        Assert.All(_pair.Alice.Errors, error => Assert.Equal("mine", error.Message));
        Assert.NotEmpty(_pair.Alice.Errors);
        Assert.Equal(["0 200 OK", "0 end"], other.Log);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void A_connection_that_breaks_ends_what_waits_for_it_with_a_local_503()
    {
        var outcomes = Enumerable.Range(0, 3).Select(_ => _pair.Ask(Given.Message, SipTransportType.Tcp)).ToList();
        outcomes.Add(_pair.Ask(Given.Invite, SipTransportType.Tcp));
        var unconcerned = _pair.Ask(Given.Message);
        _pair.Answer(_pair.Wire.Sent[1].Request, 200, SipTransportType.Tcp);
        outcomes[2].Dispose();

        _pair.Alice.Tcp.Break(Given.EndPoint(Pair.BobAddress), new SocketException((int)SocketError.ConnectionReset));

        Assert.Equal(["0 503 Service Unavailable (local)", "0 end"], outcomes[0].Log);
        Assert.Equal(["0 200 OK", "0 end"], outcomes[1].Log);
        Assert.Empty(outcomes[2].Log);
        Assert.Equal(["0 503 Service Unavailable (local)", "0 end"], outcomes[3].Log);
        Assert.Empty(unconcerned.Log);
        Assert.Equal(1, _pair.Alice.Layer.ActiveTransactions);
    }

    [Fact]
    public void A_target_that_cannot_be_connected_to_is_a_local_503()
    {
        _pair.Alice.Tcp.Unreachable.Add(Given.EndPoint(Pair.BobAddress));

        var outcome = _pair.Ask(Given.Message, SipTransportType.Tcp);

        Assert.Equal(["0 503 Service Unavailable (local)", "0 end"], outcome.Log);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void A_transport_there_is_not_is_a_local_503()
    {
        var outcome = _pair.Ask(Given.Message, SipTransportType.Tls);

        Assert.Equal(["0 503 Service Unavailable (local)", "0 end"], outcome.Log);
    }

    [Fact]
    public void Disposing_the_layer_ends_what_waits_and_whoever_comes_later()
    {
        var outcomes = new[] { _pair.Ask(Given.Message), _pair.Ask(Given.Invite), _pair.Ask(Given.Message, SipTransportType.Tcp) };
        _pair.Alice.Layer.Dispose();
        var late = _pair.Ask(Given.Message);
        var sent = _pair.Wire.Sent.Count;

        _pair.Wire.RunTo(100);

        Assert.All(outcomes.Append(late), outcome => Assert.Equal(["0 503 Service Unavailable (local)", "0 end"], outcome.Log));
        Assert.Equal((0, 0), _pair.Alice.Left);
        Assert.Equal(sent, _pair.Wire.Sent.Count);
    }

    [Fact]
    public void An_ACK_is_sent_once_and_has_no_answer()
    {
        var outcome = _pair.Ask(Given.Request(SipMethod.Ack));
        _pair.Wire.RunTo(100);

        Assert.Equal("0", _pair.TimesOf("ACK"));
        Assert.True(_pair.LastRequest.TopVia!.HasMagicCookie);
        Assert.Equal(["0 end"], outcome.Log);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }
}
