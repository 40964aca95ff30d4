using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public class OverloadControlTests
{
    private const string Everything = "oc=100;oc-algo=\"loss\";oc-validity=1000;oc-seq=1.0";

    private readonly Pair _pair = new(withBob: false);
    private readonly List<string> _states = [];

    public OverloadControlTests() =>
        Control.Changed = state => _states.Add(FormattableString.Invariant($"{_pair.Wire.Now.TotalSeconds:0.####} {state}"));

    private OverloadControl Control => _pair.Alice.Layer.Overload!;

    [Fact]
    public void A_request_too_many_gets_a_local_503_at_once_that_says_why_and_is_never_sent()
    {
        Hear(Everything);
        var sent = _pair.Wire.Sent.Count;
        var outcome = _pair.Ask(Given.Message);

        Assert.Equal(["0 503 Server Overloaded (local)", "0 end"], outcome.Log);
        Assert.Equal(SipLocalCause.Overload, outcome.Final!.LocalCause);
        Assert.Equal(sent, _pair.Wire.Sent.Count);
        Assert.Equal(1, _pair.Alice.Manager.Traffic.HeldBack);
    }

    [Theory]
    [InlineData("oc=100;oc-algo=\"loss\";oc-validity=1000;oc-seq=1.0", 1)]
    [InlineData("oc=100;oc-algo=loss;oc-validity=250;oc-seq=1.0", 0.25)]
    [InlineData("oc=100;oc-algo=\"loss\";oc-seq=1.0", 0.5)]
    [InlineData("oc=100", 0.5)]
    [InlineData("oc=100;oc-validity=30000", 30)]
    [InlineData("oc=0;oc-algo=\"rate\";oc-validity=2000;oc-seq=1.0", 2)]
    public void It_holds_for_its_validity_and_not_a_tick_longer(string parameters, double seconds)
    {
        Hear(parameters);
        _pair.Wire.RunTo(seconds - 0.0001);
        Assert.False(IsSent());
        Assert.True(Control.State.IsActive);
        _pair.Wire.RunTo(seconds);
        Assert.True(IsSent());
        Assert.Equal(0, Control.Count);
        Assert.Equal(["0", FormattableString.Invariant($"{seconds}")], _states.Select(state => state.Split(' ')[0]));
    }

    [Theory]
    [InlineData("oc=0;oc-algo=\"loss\";oc-validity=0;oc-seq=2.0")]
    [InlineData("oc=100;oc-algo=\"loss\";oc-validity=0;oc-seq=2.0")]
    [InlineData("oc=0;oc-algo=\"rate\";oc-validity=0;oc-seq=2.0")]
    [InlineData("oc=0;oc-algo=\"loss\";oc-validity=500;oc-seq=2.0")]
    [InlineData("oc;oc-validity=0;oc-seq=2.0")]
    public void Told_that_it_is_over_everything_passes_at_once_and_a_late_word_does_not_bring_it_back(string parameters)
    {
        var late = Sent();
        Hear(Everything);
        HearExempt(parameters);
        Assert.True(IsSent());
        Answer(late, "oc=100;oc-algo=\"loss\";oc-validity=1000;oc-seq=1.5");
        Assert.True(IsSent());
        Assert.Equal(["0 192.0.2.2:5060 wants 100 % less", "0 no overload"], _states);
        _pair.Wire.RunTo(10);
        Assert.Equal(0, Control.Count);
    }

    [Theory]
    [InlineData("oc;oc-algo=\"loss,rate\"")]
    [InlineData("oc=0;oc-algo=\"loss\";oc-validity=0;oc-seq=1.0")]
    [InlineData("oc=0;oc-algo=\"loss\";oc-seq=1.0")]
    [InlineData("oc=101;oc-algo=\"loss\"")]
    [InlineData("oc=-5")]
    [InlineData("oc=many")]
    [InlineData("oc=100;oc-algo=\"voodoo\"")]
    [InlineData("oc=100;oc-validity=soon")]
    [InlineData("oc-validity=1000")]
    [InlineData("oc=\"100\"")]
    public void What_asks_for_nothing_or_makes_no_sense_changes_nothing_and_is_not_kept(string parameters)
    {
        Hear(parameters);

        Assert.True(IsSent());
        Assert.Equal((0, false), (Control.Count, Control.State.IsActive));
        Assert.Empty(_states);
    }

    [Theory]
    [InlineData("10.0", "10.0", false)]
    [InlineData("10.0", "9.9", false)]
    [InlineData("1282321615.782", "1282321614.9", false)]
    [InlineData("1282321615.782", "1282321615.9", true)]
    [InlineData("999999999999.0", "1.0", true)]
    [InlineData("10.0", "nonsense", true)]
    public void Only_a_newer_word_counts_or_one_of_a_counter_that_began_anew(string first, string second, bool counts)
    {
        Hear($"oc=10;oc-validity=60000;oc-seq={first}");
        HearExempt($"oc=20;oc-validity=60000;oc-seq={second}");

        Assert.Equal(counts ? 20 : 10, Assert.Single(Control.State.Servers).Value);
    }

    [Fact]
    public void The_same_word_again_does_not_make_it_hold_longer()
    {
        Hear(Everything);
        _pair.Wire.RunTo(0.9);
        HearExempt(Everything);
        _pair.Wire.RunTo(1);

        Assert.True(IsSent());
    }

    [Fact]
    public void A_new_word_makes_it_hold_longer_and_says_nothing_new_to_observers()
    {
        Hear(Everything);
        _pair.Wire.RunTo(0.9);
        HearExempt("oc=100;oc-algo=\"loss\";oc-validity=1000;oc-seq=2.0");
        _pair.Wire.RunTo(1.8999);
        Assert.False(IsSent());
        _pair.Wire.RunTo(1.9);
        Assert.True(IsSent());
        Assert.Equal(["0 192.0.2.2:5060 wants 100 % less", "1.9 no overload"], _states);
    }

    [Fact]
    public void It_is_for_that_server_and_port_alone_whatever_the_transport()
    {
        Hear(Everything);
        var other = new SipTarget(SipTransportType.Udp, Given.EndPoint("192.0.2.2:5070"), "bob.test");
        var third = new SipTarget(SipTransportType.Udp, Given.EndPoint("192.0.2.3:5060"), "bob.test");

        Assert.Empty(_pair.Ask(Given.Message, other).Log);
        Assert.Empty(_pair.Ask(Given.Message, third).Log);
        Assert.Equal(503, _pair.Ask(Given.Message, SipTransportType.Tcp).Final!.StatusCode);
    }

    [Fact]
    public void Another_server_of_the_same_name_gets_what_the_first_does_not_want()
    {
        // two.test is 192.0.2.3 and 192.0.2.2, in this order.
        var target = new SipTarget(SipTransportType.Udp, Given.EndPoint("192.0.2.3:5060"), "two.test");
        _pair.Ask(Given.Request(SipMethod.Options), target);
        _pair.Alice.Hear("192.0.2.3:5060", Answered(_pair.LastRequest, Everything));
        var outcome = _pair.Ask(Given.Request(SipMethod.Message, "sip:bob@two.test"), (SipTarget?)null);

        Assert.Equal("192.0.2.2:5060", _pair.Wire.Sent[^1].To.ToString());
        Assert.Empty(outcome.Log);
    }

    [Fact]
    public void Only_a_response_of_our_own_transactions_is_believed()
    {
        var request = Given.Message.WithFirstHeader("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK0000000000000");
        _pair.Alice.Hear(Pair.BobAddress, Answered(request, Everything));

        Assert.Equal(0, Control.Count);
        Assert.True(IsSent());
    }

    [Theory]
    [InlineData("BYE", "To", "<sip:bob@192.0.2.2>;tag=b1")]
    [InlineData("REGISTER", "Expires", "0")]
    [InlineData("INVITE", "Resource-Priority", "ets.0")]
    [InlineData("INVITE", "Priority", "emergency")]
    [InlineData("INVITE", "Resource-Priority", "dsn.flash, q735.4")]
    public void What_belongs_to_a_dialog_ends_something_or_is_urgent_goes_before_the_rest(string method, string header, string value)
    {
        Hear("oc=90;oc-validity=60000;oc-seq=1.0");
        for (var number = 0; number < 50; number++)
            _pair.Ask(Given.Message);

        Assert.Empty(_pair.Ask(Given.Request(SipMethod.Parse(method)).WithHeader(header, value)).Log);
    }

    [Theory]
    [InlineData("Resource-Priority", "dsn.routine")]
    [InlineData("Resource-Priority", "q735.4")]
    [InlineData("Priority", "urgent")]
    [InlineData("Expires", "3600")]
    public void What_is_marked_as_nothing_special_is_nothing_special(string header, string value)
    {
        Hear(Everything);

        Assert.Equal(503, _pair.Ask(Given.Message.WithHeader(header, value)).Final!.StatusCode);
    }

    [Fact]
    public void ACK_and_CANCEL_always_pass()
    {
        var invite = _pair.Ask(Given.Invite);
        Answer(_pair.LastRequest, 180, Everything);
        invite.Dispose();
        _pair.Ask(Given.Request(SipMethod.Ack));

        Assert.Equal(["INVITE", "CANCEL", "ACK"], _pair.Wire.Sent.Select(sent => sent.Name));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(75)]
    public void The_share_that_is_sent_is_the_one_that_was_asked_for(int percent)
    {
        Hear($"oc={percent};oc-validity=60000;oc-seq=1.0");
        var sent = Enumerable.Range(0, 1000).Count(_ => IsSent());

        Assert.InRange(sent, 1000 - percent * 10 - 3, 1000 - percent * 10 + 3);
    }

    [Fact]
    public void The_rate_is_kept_to_from_second_to_second()
    {
        Hear("oc=20;oc-algo=\"rate\";oc-validity=60000;oc-seq=1.0");
        var sent = new List<double>();
        for (var time = 0.0; time < 30; time += 0.01)
        {
            _pair.Wire.RunTo(time);
            if (IsSent())
                sent.Add(time);
        }

        Assert.InRange(sent.Count, 600, 600 + RateGate.Tolerance + 1);
        Assert.All(Enumerable.Range(1, 29), second => Assert.InRange(sent.Count(time => time >= second && time < second + 1), 19, 21));
        Assert.Equal("192.0.2.2:5060 takes 20 requests a second", Control.State.ToString());
    }

    [Fact]
    public void Disposing_the_layer_stops_the_clock()
    {
        Hear(Everything);
        _pair.Alice.Layer.Dispose();
        _pair.Wire.RunTo(10);

        Assert.Equal(0, Control.Count);
        Assert.Equal(["0 192.0.2.2:5060 wants 100 % less"], _states);
    }

    private bool IsSent()
    {
        using var outcome = _pair.Ask(Given.Message);
        return outcome.Final is null;
    }

    private SipRequest Sent()
    {
        _pair.Ask(Given.Message);
        return _pair.LastRequest;
    }

    private void Hear(string parameters) => Answer(Sent(), parameters);

    // In a request of a dialog, which passes where others don't.
    private void HearExempt(string parameters)
    {
        _pair.Ask(Given.Message.WithHeader("To", "<sip:bob@192.0.2.2>;tag=b1"));
        Answer(_pair.LastRequest, parameters);
    }

    private void Answer(SipRequest request, string parameters) => Answer(request, 200, parameters);

    private void Answer(SipRequest request, int status, string parameters) =>
        _pair.Alice.Hear(Pair.BobAddress, Answered(request, parameters, status));

    private static SipResponse Answered(SipRequest request, string parameters, int status = 200)
    {
        var via = request.TopVia!;
        var bare = via with { Parameters = via.Parameters.Without("oc").Without("oc-algo") };
        return SipResponse.For(request.WithHeader("Via", $"{bare};{parameters}"), status, null, "b1");
    }
}
