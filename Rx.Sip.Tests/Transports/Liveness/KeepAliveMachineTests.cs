using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Transports.Liveness;
using Xunit;

namespace Rx.Sip.Tests.Transports.Liveness;

/// <summary>Keep-alives of RFC 5626 §4.4, row by row.</summary>
public class KeepAliveMachineTests
{
    private static readonly IPEndPoint Home = IPEndPoint.Parse("203.0.113.1:4000");
    private static readonly IPEndPoint Elsewhere = IPEndPoint.Parse("203.0.113.1:4001");
    private static readonly KeepAliveEvent Rang = new KeepAliveEvent.Rang();

    [Theory]
    [InlineData(true, 0, 95)]
    [InlineData(true, 1, 120)]
    [InlineData(false, 0, 24)]
    [InlineData(false, 1, 29)]
    public void Without_a_wish_of_the_server_the_times_are_the_RFCs(bool isReliable, double jitter, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), KeepAliveTerms.Agreed(isReliable, null).Interval(jitter));

    [Theory]
    [InlineData(120, 0, 96)]
    [InlineData(120, 1, 120)]
    [InlineData(25, 0.5, 22.5)]
    [InlineData(0.001, 1, 1)]
    [InlineData(4_000_000_000, 1, 840)]
    public void A_wish_of_the_server_is_met_by_80_to_100_percent_within_reason(double asked, double jitter, double seconds) =>
        Assert.Equal(seconds, KeepAliveTerms.Agreed(true, TimeSpan.FromSeconds(asked)).Interval(jitter).TotalSeconds, 6);

    [Fact]
    public void A_stream_fails_ten_seconds_after_a_ping_that_was_promised_a_pong() =>
        Assert.Equal(["Ring 120", "Probe Ring 10", "Fail"], Run(true, KeepAliveTerms.Agreed(true, null), Rang, Rang));

    [Fact]
    public void A_stream_is_pinged_without_a_promise_and_its_silence_means_nothing() =>
        Assert.Equal(["Ring 120", "Probe Ring 120", "Probe Ring 120"], Run(true, KeepAliveTerms.Default(true), Rang, Rang));

    [Fact]
    public void A_peer_that_answered_once_is_held_to_it() =>
        Assert.Equal(
            ["Ring 120", "Probe Ring 120", "", "Probe Ring 10", "Ring 120", "Probe Ring 10", "Fail"],
            Run(true, KeepAliveTerms.Default(true), Rang, Answered(), Rang, Answered(), Rang, Rang));

    [Fact]
    public void A_datagram_flow_without_a_promise_hears_no_STUN() => Assert.Equal(["", "", ""], Run(false, KeepAliveTerms.Default(false), Rang, new KeepAliveEvent.Suspected()));

    [Fact]
    public void STUN_is_sent_seven_times_over_31_and_a_half_seconds_and_waited_for_eight_more() =>
        Assert.Equal(
            ["Ring 29", "Probe Ring 0.5", "Repeat Ring 1", "Repeat Ring 2", "Repeat Ring 4", "Repeat Ring 8", "Repeat Ring 16", "Repeat Ring 8", "Fail"],
            Run(false, KeepAliveTerms.Agreed(false, null), Rang, Rang, Rang, Rang, Rang, Rang, Rang, Rang));

    [Fact]
    public void Another_mapped_address_is_told_once() =>
        Assert.Equal(
            ["Ring 29", "Probe Ring 0.5", "Ring 29", "Probe Ring 0.5", "Move Ring 29", "Probe Ring 0.5", "Ring 29"],
            Run(false, KeepAliveTerms.Agreed(false, null), Rang, Answered(Home), Rang, Answered(Elsewhere), Rang, Answered(Elsewhere)));

    [Fact]
    public void What_a_response_said_before_the_first_STUN_answer_counts_as_well() =>
        Assert.Equal(
            ["Ring 29", "", "Probe Ring 0.5", "Move Ring 29", "", "Probe Ring 0.5", "Ring 29"],
            Run(false, KeepAliveTerms.Agreed(false, null), new KeepAliveEvent.Seen(Home), Rang, Answered(Elsewhere), new KeepAliveEvent.Seen(Home), Rang, Answered(Elsewhere)));

    [Fact]
    public void A_refusal_fails_the_flow() =>
        Assert.Equal(["Ring 29", "Probe Ring 0.5", "Fail"], Run(false, KeepAliveTerms.Agreed(false, null), Rang, new KeepAliveEvent.Refused()));

    [Fact]
    public void A_suspicion_asks_at_once_and_only_once() =>
        Assert.Equal(
            ["Ring 120", "Probe Ring 10", "", "Fail"],
            Run(true, KeepAliveTerms.Agreed(true, null), new KeepAliveEvent.Suspected(), new KeepAliveEvent.Suspected(), Rang));

    [Fact]
    public void Terms_that_change_hold_at_once_but_not_for_what_waits() =>
        Assert.Equal(
            ["Ring 120", "Ring 30", "Probe Ring 10", "", "Ring 60"],
            Run(true, KeepAliveTerms.Default(true), Terms(30), Rang, Terms(60), Answered()));

    [Fact]
    public void Whatever_happens_the_machine_waits_for_something_or_has_failed() => Prop.ForAll<bool, int[]>((isReliable, inputs) =>
    {
        KeepAliveEvent[] events = [Rang, Answered(isReliable ? null : Home), Answered(isReliable ? null : Elsewhere), new KeepAliveEvent.Refused(), new KeepAliveEvent.Suspected(), Terms(20)];
        var machine = new KeepAliveMachine(isReliable).On(Terms(25), 0.5).Next;
        var isSet = true;
        foreach (var input in inputs.Select(number => events[Math.Abs(number % events.Length)]))
        {
            // An alarm that is not set does not ring.
            if (input == Rang && !isSet)
                continue;
            var step = machine.On(input, 0.5);
            var kinds = step.Effects.ToArray().Select(effect => effect.Kind).ToList();
            isSet = kinds.Contains(KeepAliveEffectKind.Ring) || (isSet && input != Rang);
            if (kinds.Contains(KeepAliveEffectKind.Fail))
                return machine.Sent > 0;
            if (!isSet || step.Next.Sent > 7)
                return false;
            machine = step.Next;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    private static KeepAliveEvent.Agreed Terms(double seconds) => new(new KeepAliveTerms(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), IsAgreed: true));

    private static KeepAliveEvent.Answered Answered(IPEndPoint? mapped = null) => new(mapped);

    private static List<string> Run(bool isReliable, KeepAliveTerms terms, params KeepAliveEvent[] inputs)
    {
        var machine = new KeepAliveMachine(isReliable);
        List<string> effects = [];
        foreach (var input in (KeepAliveEvent[])[new KeepAliveEvent.Agreed(terms), .. inputs])
        {
            var step = machine.On(input, 1);
            machine = step.Next;
            effects.Add(string.Join(' ', step.Effects.ToArray().Select(effect =>
                effect.Kind == KeepAliveEffectKind.Ring ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Ring {effect.After.TotalSeconds}") : effect.Kind.ToString())));
        }
        return effects;
    }
}
