using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

/// <summary>When servers send, and how long they remember: to the instant.</summary>
public class ServerScheduleTests
{
    private const string Branch = "SIP/2.0/UDP 192.0.2.2:5060;rport;branch=z9hG4bKone";

    private readonly Pair _pair = new(withBob: false);
    private readonly SipRequest _invite = Given.Invite.WithFirstHeader("Via", Branch);
    private readonly SipRequest _message = Given.Message.WithFirstHeader("Via", Branch);
    private readonly SipRequest _ack = Given.Request(SipMethod.Ack).WithFirstHeader("Via", Branch);

    [Fact]
    public void A_refused_INVITE_over_UDP_repeats_its_response_until_it_gives_the_ACK_up()
    {
        _pair.Alice.User.Answer = invite => invite.Respond(486);
        Hear(_invite);
        _pair.Wire.RunTo(31.999);

        Assert.Equal((1, 2), _pair.Alice.Left);
        _pair.Wire.RunTo(100);
        Assert.Equal("0 0.5 1.5 3.5 7.5 11.5 15.5 19.5 23.5 27.5 31.5", _pair.TimesOf("486 INVITE"));
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void A_refused_INVITE_over_TCP_sends_its_response_once()
    {
        _pair.Alice.User.Answer = invite => invite.Respond(486);
        _pair.Alice.Hear(Pair.BobAddress, _invite, SipTransportType.Tcp);
        _pair.Wire.RunTo(100);

        Assert.Equal("0", _pair.TimesOf("486 INVITE"));
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void The_ACK_ends_the_repetition_and_its_own_repetitions_are_absorbed_for_T4()
    {
        _pair.Alice.User.Answer = invite => invite.Respond(486);
        Hear(_invite);
        _pair.Wire.RunTo(1);
        Hear(_ack);
        _pair.Wire.RunTo(5.999);
        Hear(_ack);

        Assert.Equal((1, 1), _pair.Alice.Left);
        _pair.Wire.RunTo(6);
        Assert.Equal((0, 0), _pair.Alice.Left);
        Assert.Equal("0 0.5", _pair.TimesOf("486 INVITE"));
        Assert.Empty(_pair.Alice.User.Acks);
    }

    [Fact]
    public void A_silent_user_is_spoken_for_with_100_after_200_ms()
    {
        Hear(_invite);
        _pair.Wire.RunTo(1);

        Assert.Equal("0.2", _pair.TimesOf("100 INVITE"));
    }

    [Fact]
    public void A_user_who_speaks_in_time_is_not_spoken_for()
    {
        Hear(_invite);
        _pair.Wire.RunTo(0.199);
        Assert.Single(_pair.Alice.User.Requests).Respond(180);
        _pair.Wire.RunTo(10);

        Assert.Equal("", _pair.TimesOf("100 INVITE"));
        Assert.Equal("0.199", _pair.TimesOf("180 INVITE"));
    }

    [Fact]
    public void An_INVITE_that_comes_again_gets_the_last_provisional_response()
    {
        Hear(_invite);
        Hear(_invite);
        _pair.Alice.User.Requests[0].Respond(180);
        _pair.Alice.User.Requests[0].Respond(183);
        Hear(_invite);

        Assert.Equal(["100 INVITE", "180 INVITE", "183 INVITE", "183 INVITE"], _pair.Wire.Sent.Select(sent => sent.Name));
        Assert.Single(_pair.Alice.User.Requests);
    }

    [Fact]
    public void An_accepted_INVITE_absorbs_its_repetitions_for_32_s_and_leaves_those_of_the_2xx_to_its_user()
    {
        Hear(_invite);
        var transaction = Assert.Single(_pair.Alice.User.Requests);
        transaction.Respond(200);
        _pair.Wire.RunTo(0.5);
        transaction.Respond(200);
        _pair.Wire.RunTo(31.999);
        Hear(_invite);
        Hear(_ack);

        Assert.Equal("0 0.5", _pair.TimesOf("200 INVITE"));
        Assert.Single(_pair.Alice.User.Acks);
        Assert.Equal((1, 1), _pair.Alice.Left);
        _pair.Wire.RunTo(32);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void A_MESSAGE_that_nobody_answers_gets_100_at_3_5_s_and_is_given_up_at_32_s_without_a_word()
    {
        Hear(_message);
        _pair.Wire.RunTo(10);
        Hear(_message);
        _pair.Wire.RunTo(31.999);

        Assert.Empty(_pair.Alice.User.Unanswered);
        _pair.Wire.RunTo(100);
        Assert.Equal("3.5 10", _pair.TimesOf("100 MESSAGE"));
        Assert.Equal(2, _pair.Wire.Sent.Count);
        Assert.Same(_pair.Alice.User.Requests[0], Assert.Single(_pair.Alice.User.Unanswered));
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void A_MESSAGE_that_comes_again_is_answered_again_and_delivered_once()
    {
        _pair.Alice.User.Answer = message => message.Respond(200);
        foreach (var instant in new[] { 0, 0.5, 1.5, 31.999 })
        {
            _pair.Wire.RunTo(instant);
            Hear(_message);
        }

        Assert.Equal("0 0.5 1.5 31.999", _pair.TimesOf("200 MESSAGE"));
        Assert.Single(_pair.Alice.User.Requests);
        _pair.Wire.RunTo(32);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void Over_TCP_an_answered_MESSAGE_leaves_nothing()
    {
        _pair.Alice.User.Answer = message => message.Respond(200);
        _pair.Alice.Hear(Pair.BobAddress, _message, SipTransportType.Tcp);

        Assert.Equal("0", _pair.TimesOf("200 MESSAGE"));
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void No_provisional_response_to_a_MESSAGE_leaves()
    {
        Hear(_message);
        _pair.Alice.User.Requests[0].Respond(180);
        _pair.Alice.User.Requests[0].Respond(100);

        Assert.Empty(_pair.Wire.Sent);
    }

    [Fact]
    public void A_second_final_response_is_dropped()
    {
        Hear(_message);
        _pair.Alice.User.Requests[0].Respond(200);
        _pair.Alice.User.Requests[0].Respond(500);
        Hear(_message);

        Assert.Equal(["200 MESSAGE", "200 MESSAGE"], _pair.Wire.Sent.Select(sent => sent.Name));
    }

    private void Hear(SipRequest request) => _pair.Alice.Hear(Pair.BobAddress, request);
}
