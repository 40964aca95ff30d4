using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public class ViaTests
{
    private const string Other = "SIP/2.0/UDP 192.0.2.77;branch=z9hG4bKother";

    private readonly Pair _pair = new(withBob: false);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_response_with_a_Via_more_than_its_request_is_dropped_and_counted(bool inOneField)
    {
        var outcome = _pair.Ask(Given.Message);
        var sent = _pair.LastRequest;
        var ours = sent.Headers.Get("Via")!;
        _pair.Answer(inOneField ? sent.WithHeader("Via", $"{ours}, {Other}") : sent.WithAddedHeader("Via", Other), 200);

        Assert.Empty(outcome.Log);
        Assert.Equal(1, _pair.Alice.Manager.Traffic.Misrouted);
        _pair.Answer(sent, 200);
        Assert.Equal(["0 200 OK", "0 end"], outcome.Log);
    }

    [Fact]
    public void What_is_passed_on_for_others_comes_back_with_their_Vias()
    {
        var outcome = _pair.Ask(Given.Message.WithFirstHeader("Via", Other));
        _pair.Answer(200);

        Assert.Equal(["0 200 OK", "0 end"], outcome.Log);
        Assert.Equal(0, _pair.Alice.Manager.Traffic.Misrouted);
    }

    [Theory]
    [InlineData(OverloadControlOffer.None, "SIP/2.0/UDP 192.0.2.1:5060;branch=x;rport")]
    [InlineData(OverloadControlOffer.Loss, "SIP/2.0/UDP 192.0.2.1:5060;branch=x;rport;oc;oc-algo=\"loss\"")]
    [InlineData(OverloadControlOffer.LossAndRate, "SIP/2.0/UDP 192.0.2.1:5060;branch=x;rport;oc;oc-algo=\"loss,rate\"")]
    public void A_Via_offers_overload_control_as_it_is_told(OverloadControlOffer offer, string expected)
    {
        var wire = new Wire();
        var host = new Host(wire, Pair.AliceAddress, offer: offer);
        using var outcome = new Outcome(host.Layer.To(Pair.BobTarget(SipTransportType.Udp)).Request(Given.Message), wire);
        var via = wire.Sent[0].Message.TopVia!;

        Assert.Equal(expected, (via with { Parameters = via.Parameters.With("branch", "x") }).ToString());
    }

    [Fact]
    public void A_request_that_is_refused_for_want_of_room_gets_the_same_tag_in_every_process_with_the_same_randomness()
    {
        static string? Tag()
        {
            var pair = new Pair(withBob: false, maxServers: 0);
            pair.Alice.Hear(Pair.BobAddress, Given.Message.WithFirstHeader("Via", Other));
            return pair.Wire.Sent[0].Message.To!.Tag;
        }

        Assert.Equal(16, Tag()!.Length);
        Assert.Equal(Tag(), Tag());
    }

    [Fact]
    public void While_too_many_octets_of_answers_linger_new_requests_are_refused_and_later_taken_again()
    {
        var wire = new Wire();
        var host = new Host(wire, Pair.AliceAddress, maxAnsweredOctets: 100_000);
        host.User.Answer = request => request.Respond(SipResponse.For(request.Request, 200, null, "b1").WithBody("text/plain", new byte[30_000]));
        for (var number = 0; number < 10; number++)
            host.Hear(Pair.BobAddress, Given.Message.WithFirstHeader("Via", $"SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK{number}"));
        Assert.Equal(4, host.User.Requests.Count);
        Assert.Equal(6, host.Manager.Traffic.Exceeded(TrafficLimit.MaxAnsweredOctets));
        wire.RunTo(32);
        host.Hear(Pair.BobAddress, Given.Message.WithFirstHeader("Via", "SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKlater"));
        Assert.Equal(5, host.User.Requests.Count);
    }
}
