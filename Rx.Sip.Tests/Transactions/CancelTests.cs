using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

/// <summary>RFC 3261 §9: an INVITE that nobody waits for any more.</summary>
public class CancelTests
{
    private static readonly string[] Shared = ["Route", "From", "To", "Call-ID"];

    private readonly Pair _pair = new(withBob: false);

    [Fact]
    public void An_INVITE_that_rings_is_cancelled_at_once()
    {
        var outcome = _pair.Ask(Given.Invite.WithFirstHeader("Route", "<sip:192.0.2.2;lr>"));
        var invite = _pair.LastRequest;
        _pair.Answer(180);
        outcome.Dispose();
        var cancel = _pair.LastRequest;

        Assert.Equal("CANCEL", cancel.Method.Name);
        Assert.Equal(invite.TopVia!.ToString(), cancel.TopVia!.ToString());
        Assert.Equal(invite.RequestUriText, cancel.RequestUriText);
        Assert.All(Shared, name => Assert.Equal(invite.Headers.Get(name), cancel.Headers.Get(name)));
        Assert.Equal(new CSeq(1, SipMethod.Cancel), cancel.CSeq);
        Assert.Single(cancel.Vias);
    }

    [Fact]
    public void The_487_is_acknowledged_and_told_to_nobody()
    {
        var outcome = _pair.Ask(Given.Invite);
        var invite = _pair.LastRequest;
        _pair.Answer(180);
        outcome.Dispose();
        _pair.Answer(_pair.LastRequest, 200);
        _pair.Answer(invite, 487);

        Assert.Equal(["INVITE", "CANCEL", "ACK"], _pair.Wire.Sent.Select(sent => sent.Name));
        Assert.Equal(["0 180 Ringing"], outcome.Log);
        _pair.Wire.RunTo(100);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void Without_a_provisional_response_the_CANCEL_waits_for_one()
    {
        var outcome = _pair.Ask(Given.Invite);
        var invite = _pair.LastRequest;
        outcome.Dispose();
        _pair.Wire.RunTo(1);

        Assert.Equal("", _pair.TimesOf("CANCEL"));
        _pair.Answer(invite, 100);
        Assert.Equal("1", _pair.TimesOf("CANCEL"));
        Assert.Equal("0 0.5", _pair.TimesOf("INVITE"));
        Assert.Empty(outcome.Log);
    }

    [Fact]
    public void A_200_that_crosses_the_CANCEL_is_passed_up_to_be_acknowledged()
    {
        var outcome = _pair.Ask(Given.Invite);
        var invite = _pair.LastRequest;
        _pair.Answer(180);
        outcome.Dispose();
        _pair.Answer(invite, 200);

        Assert.Equal(200, Assert.Single(_pair.Alice.User.Strays).StatusCode);
        Assert.Equal(["0 180 Ringing"], outcome.Log);
        _pair.Wire.RunTo(100);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void A_200_that_comes_before_the_CANCEL_could_is_passed_up_and_nothing_is_cancelled()
    {
        var outcome = _pair.Ask(Given.Invite);
        outcome.Dispose();
        _pair.Answer(200);

        Assert.Equal(200, Assert.Single(_pair.Alice.User.Strays).StatusCode);
        Assert.Equal("", _pair.TimesOf("CANCEL"));
    }

    [Fact]
    public void An_unanswered_INVITE_that_is_abandoned_is_repeated_and_forgotten_at_32_s()
    {
        var outcome = _pair.Ask(Given.Invite);
        outcome.Dispose();
        _pair.Wire.RunTo(100);

        Assert.Equal("0 0.5 1.5 3.5 7.5 15.5 31.5", _pair.TimesOf("INVITE"));
        Assert.Empty(outcome.Log);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void A_server_that_neither_refuses_nor_accepts_is_forgotten_32_s_after_the_CANCEL()
    {
        var outcome = _pair.Ask(Given.Invite);
        _pair.Answer(180);
        _pair.Wire.RunTo(10);
        outcome.Dispose();
        _pair.Answer(_pair.LastRequest, 200);
        _pair.Wire.RunTo(41.999);

        Assert.Equal((1, 1), _pair.Alice.Left);
        _pair.Wire.RunTo(42);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void A_lost_CANCEL_is_repeated_as_any_request()
    {
        var outcome = _pair.Ask(Given.Invite);
        _pair.Answer(180);
        outcome.Dispose();
        _pair.Wire.RunTo(4);

        Assert.Equal("0 0.5 1.5 3.5", _pair.TimesOf("CANCEL"));
    }
}
