using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

/// <summary>When clients send, and when they give up: to the instant.</summary>
public class ClientScheduleTests
{
    private readonly Pair _pair = new(withBob: false);

    [Fact]
    public void An_unanswered_MESSAGE_over_UDP_is_repeated_until_32_s()
    {
        var outcome = _pair.Ask(Given.Message);

        _pair.Wire.RunTo(100);

        Assert.Equal("0 0.5 1.5 3.5 7.5 11.5 15.5 19.5 23.5 27.5 31.5", _pair.TimesOf("MESSAGE"));
        Assert.Equal(["32 408 Request Timeout (local)", "32 end"], outcome.Log);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void An_unanswered_MESSAGE_over_TCP_is_sent_once()
    {
        var outcome = _pair.Ask(Given.Message, SipTransportType.Tcp);

        _pair.Wire.RunTo(100);

        Assert.Equal("0", _pair.TimesOf("MESSAGE"));
        Assert.Equal(["32 408 Request Timeout (local)", "32 end"], outcome.Log);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void An_unanswered_INVITE_over_UDP_is_repeated_at_doubling_intervals()
    {
        var outcome = _pair.Ask(Given.Invite);

        _pair.Wire.RunTo(100);

        Assert.Equal("0 0.5 1.5 3.5 7.5 15.5 31.5", _pair.TimesOf("INVITE"));
        Assert.Equal("", _pair.TimesOf("ACK"));
        Assert.Equal(["32 408 Request Timeout (local)", "32 end"], outcome.Log);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void An_unanswered_INVITE_over_TCP_is_sent_once()
    {
        var outcome = _pair.Ask(Given.Invite, SipTransportType.Tcp);

        _pair.Wire.RunTo(100);

        Assert.Equal("0", _pair.TimesOf("INVITE"));
        Assert.Equal(["32 408 Request Timeout (local)", "32 end"], outcome.Log);
    }

    [Fact]
    public void A_180_ends_the_repetition_of_an_INVITE_and_its_timeout()
    {
        var outcome = _pair.Ask(Given.Invite);
        _pair.Wire.RunTo(1);
        _pair.Answer(180);
        _pair.Wire.RunTo(100);
        _pair.Answer(200);

        Assert.Equal("0 0.5", _pair.TimesOf("INVITE"));
        Assert.Equal(["1 180 Ringing", "100 200 OK", "100 end"], outcome.Log);
    }

    [Fact]
    public void A_100_slows_the_repetition_of_a_MESSAGE_down_to_T2()
    {
        var outcome = _pair.Ask(Given.Message);
        _pair.Wire.RunTo(1);
        _pair.Answer(100);
        _pair.Wire.RunTo(100);

        Assert.Equal("0 0.5 1.5 5.5 9.5 13.5 17.5 21.5 25.5 29.5", _pair.TimesOf("MESSAGE"));
        Assert.Equal(["1 100 Trying", "32 408 Request Timeout (local)", "32 end"], outcome.Log);
    }

    [Theory]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public void The_response_to_a_MESSAGE_ends_everything_and_its_repetitions_are_nobodys(SipTransportType transport)
    {
        var outcome = _pair.Ask(Given.Message, transport);
        _pair.Answer(200, transport);

        Assert.Equal((0, 0), _pair.Alice.Left);
        _pair.Answer(200, transport);
        _pair.Wire.RunTo(100);
        Assert.Equal("0", _pair.TimesOf("MESSAGE"));
        Assert.Equal(["0 200 OK", "0 end"], outcome.Log);
        Assert.Empty(_pair.Alice.User.Strays);
    }

    [Fact]
    public void A_refused_INVITE_acknowledges_every_repetition_for_32_s()
    {
        var outcome = _pair.Ask(Given.Invite);
        var invite = _pair.LastRequest;
        foreach (var instant in new[] { 1, 1.5, 2.5, 32.999, 33 })
        {
            _pair.Wire.RunTo(instant);
            _pair.Answer(invite, 486);
        }

        Assert.Equal("1 1.5 2.5 32.999", _pair.TimesOf("ACK"));
        Assert.Equal(["1 486 Busy Here", "1 end"], outcome.Log);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void A_refused_INVITE_over_TCP_is_acknowledged_once_and_gone()
    {
        _pair.Ask(Given.Invite, SipTransportType.Tcp);
        _pair.Answer(486, SipTransportType.Tcp);

        Assert.Equal("0", _pair.TimesOf("ACK"));
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void An_accepted_INVITE_passes_further_2xx_up_for_32_s_and_acknowledges_none()
    {
        var outcome = _pair.Ask(Given.Invite);
        var invite = _pair.LastRequest;
        foreach (var instant in new[] { 1, 1.5, 32.999, 33 })
        {
            _pair.Wire.RunTo(instant);
            _pair.Answer(invite, 200);
        }

        Assert.Equal("", _pair.TimesOf("ACK"));
        Assert.Equal(["1 200 OK", "1 end"], outcome.Log);
        Assert.Equal(2, _pair.Alice.User.Strays.Count);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void All_intervals_follow_T1_and_T2()
    {
        var pair = new Pair(withBob: false, new SipTimers { T1 = TimeSpan.FromSeconds(1), T2 = TimeSpan.FromSeconds(2) });
        var outcome = pair.Ask(Given.Message);

        pair.Wire.RunTo(100);

        Assert.StartsWith("0 1 3 5 7 ", pair.TimesOf("MESSAGE"), StringComparison.Ordinal);
        Assert.Equal(["64 408 Request Timeout (local)", "64 end"], outcome.Log);
    }
}
