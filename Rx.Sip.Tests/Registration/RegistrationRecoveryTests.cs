using System.Reactive;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration;

/// <summary>What a registration does when something goes wrong.</summary>
public class RegistrationRecoveryTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Attempts_that_fail_are_repeated_at_the_instants_of_the_backoff()
    {
        using var rig = new RegistrationRig(seed: 7) { Answer = request => request.Answer(503) }.Start();
        rig.Time.AdvanceTo(TimeSpan.FromHours(12));

        var same = new SipIdentifiers(7);
        var (_, _, expected) = (same.CallId(), same.Tag(), new List<TimeSpan>());
        var at = TimeSpan.Zero;
        for (var failures = 1; at <= TimeSpan.FromHours(12); failures++)
        {
            expected.Add(at);
            same.Fraction();
            at += TimeSpan.FromTicks((long)(TimeSpan.FromSeconds(Math.Min(1800, 30 * Math.Pow(2, failures))).Ticks * (0.5 + same.Fraction() / 2)));
        }
        Assert.Equal(expected, rig.Instants);
        Assert.Equal(new RegistrationState.Registering(1, null), rig.States[0]);
        Assert.Equal(
            expected.Skip(1).Take(3).Select((due, index) => (DateTimeOffset.UnixEpoch + due, index + 2)),
            rig.States.OfType<RegistrationState.WaitingForRetry>().Take(3).Select(waiting => (waiting.Due, waiting.Attempt)));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(4000)]
    public void Retry_After_is_the_floor_of_the_wait_and_ends_nothing(int seconds)
    {
        using var rig = new RegistrationRig { Answer = request => request.Answer(503).WithHeader("Retry-After", $"{seconds} (maintenance)") }.Start();
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.Single(rig.Registers);
        rig.Answer = RegistrationRig.Ok;
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(seconds));
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    [Fact]
    public void A_Retry_After_shorter_than_the_backoff_changes_nothing()
    {
        using var rig = new RegistrationRig(seed: 3) { Answer = request => request.Answer(503).WithHeader("Retry-After", "1") }.Start();
        using var other = new RegistrationRig(seed: 3) { Answer = request => request.Answer(503) }.Start();
        rig.Time.AdvanceTo(Hour);
        other.Time.AdvanceTo(Hour);
        Assert.Equal(other.Instants, rig.Instants);
    }

    [Fact]
    public void A_Retry_After_of_a_century_is_a_day()
    {
        using var rig = new RegistrationRig { Answer = request => request.Answer(503).WithHeader("Retry-After", "4294967295") }.Start();
        rig.Time.AdvanceTo(TimeSpan.FromDays(1));
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromDays(1)], rig.Instants);
    }

    [Fact]
    public void A_failed_refresh_leaves_the_binding_standing_until_its_granted_end()
    {
        using var rig = new RegistrationRig().Start();
        rig.Answer = request => request.Answer(500);
        rig.Time.AdvanceTo(Hour - TimeSpan.FromTicks(1));
        Assert.All(rig.States.Skip(2), state => Assert.Equal(DateTimeOffset.UnixEpoch + Hour, Standing(state)));
        Assert.True(rig.Registers.Count > 2);

        rig.Time.AdvanceTo(Hour);
        Assert.Equal(Hour, rig.Timeline[^1].At);
        Assert.Null(Standing(rig.State));
        Assert.IsType<RegistrationState.WaitingForRetry>(rig.State);
        rig.Answer = RegistrationRig.Ok;
        rig.Time.AdvanceTo(Hour * 2);
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    [Fact]
    public void A_refresh_on_its_way_does_not_outlive_the_binding_either()
    {
        using var rig = new RegistrationRig { Answer = request => RegistrationRig.Grant(request, TimeSpan.FromSeconds(40)) }.Start();
        rig.Latency = TimeSpan.FromSeconds(32);
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(41));
        Assert.Equal((TimeSpan.FromSeconds(40) / 3, "Refreshing sip:alice@example.test at sip:alice@192.0.2.1:5060, which stands until 00:00:40"), (rig.Timeline[^2].At, rig.States[^2].ToString()));
        Assert.Equal((TimeSpan.FromSeconds(40), "Registering (the registration ran out)"), (rig.Timeline[^1].At, rig.State.ToString()));
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(46));
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    [Fact]
    public void A_lost_connection_is_replaced_after_a_while_and_never_at_once()
    {
        using var rig = new RegistrationRig().Start();
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(10));
        rig.FlowLost.OnNext(null);
        var waiting = Assert.IsType<RegistrationState.WaitingForRetry>(rig.State);
        Assert.Equal((1, "the connection was closed", null), (waiting.Attempt, waiting.Cause.ToString(), waiting.Until));

        rig.Time.AdvanceTo(TimeSpan.FromMinutes(11));
        Assert.Equal(waiting.Due - DateTimeOffset.UnixEpoch, rig.Instants[1]);
        Assert.InRange(rig.Instants[1] - TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
        Assert.Equal(["Registering", "Registered"], rig.States.TakeLast(2).Select(state => state.ToString().Split(' ')[0]));
    }

    [Fact]
    public void A_server_that_accepts_and_hangs_up_is_left_alone_for_longer_and_longer()
    {
        using var rig = new RegistrationRig().Start();
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(10));
        var lost = new List<TimeSpan>();
        for (var i = 0; i < 8; i++)
        {
            lost.Add(rig.Time.Elapsed);
            rig.FlowLost.OnNext(null);
            rig.Time.AdvanceTo(((RegistrationState.WaitingForRetry)rig.State).Due - DateTimeOffset.UnixEpoch);
            Assert.IsType<RegistrationState.Registered>(rig.State);
        }
        var waits = rig.Instants.Skip(1).Zip(lost, (next, at) => (next - at).TotalSeconds).ToList();
        for (var i = 0; i < waits.Count; i++)
            Assert.InRange(waits[i], Math.Min(1800, 30 << i) / 2.0, Math.Min(1800, 30 << i));
    }

    [Fact]
    public void After_a_success_the_backoff_begins_anew()
    {
        using var rig = new RegistrationRig { Answer = request => request.Answer(503) }.Start();
        rig.Time.AdvanceTo(Hour);
        rig.Answer = RegistrationRig.Ok;
        rig.Time.AdvanceTo(Hour * 2);
        rig.Answer = request => request.Answer(503);
        while (rig.State is not RegistrationState.WaitingForRetry)
            rig.Time.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.Equal(2, ((RegistrationState.WaitingForRetry)rig.State).Attempt);
        Assert.InRange(Wait(rig), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void What_stood_for_a_while_owes_nothing_to_what_flapped_before()
    {
        using var rig = new RegistrationRig().Start();
        for (var i = 0; i < 3; i++)
        {
            rig.FlowLost.OnNext(null);
            rig.Time.AdvanceBy(Wait(rig));
        }
        rig.Answer = request => request.Answer(503);
        while (rig.State is not RegistrationState.WaitingForRetry)
            rig.Time.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.InRange(Wait(rig), TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_connection_lost_right_after_a_refresh_had_stood_for_long()
    {
        using var rig = new RegistrationRig().Start();
        rig.Time.AdvanceTo(Hour * 0.8);
        while (rig.Registers.Count < 2)
            rig.Time.AdvanceBy(TimeSpan.FromSeconds(1));
        rig.FlowLost.OnNext(null);
        Assert.InRange(Wait(rig), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Without_a_way_to_the_registrar_nothing_is_sent_and_the_backoff_waits()
    {
        using var rig = new RegistrationRig { Contact = null }.Start();
        rig.Time.AdvanceTo(Hour);
        Assert.Empty(rig.Registers);
        var waiting = Assert.IsType<RegistrationState.WaitingForRetry>(rig.State);
        Assert.Equal((RegistrationFailureKind.Transient, "the registrar can't be reached"), (waiting.Cause.Kind, waiting.Cause.ToString()));
        Assert.InRange(waiting.Attempt, 6, 9);
        rig.Contact = NameAddress.Parse("<sip:alice@192.0.2.1>");
        rig.Time.AdvanceTo(Hour * 2);
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    [Fact]
    public void Nothing_is_ever_scheduled_for_more_than_a_day()
    {
        using var rig = new RegistrationRig { Answer = request => RegistrationRig.Grant(request, TimeSpan.FromSeconds(uint.MaxValue)) }.Start();
        rig.Network.OnNext(false);
        rig.Time.AdvanceTo(TimeSpan.FromDays(400));
        Assert.Single(rig.Registers);
        Assert.NotNull(Standing(rig.State));
        Assert.Equal(TimeSpan.FromDays(1), rig.Time.LongestWait);
    }

    [Fact]
    public void A_lost_connection_takes_away_what_a_failed_refresh_had_left_standing()
    {
        using var rig = new RegistrationRig().Start();
        rig.Answer = request => request.Answer(500);
        rig.Time.AdvanceTo(Hour * 0.9);
        var before = Assert.IsType<RegistrationState.WaitingForRetry>(rig.State);
        Assert.NotNull(before.Until);
        rig.FlowLost.OnNext(new IOException("reset"));
        var after = Assert.IsType<RegistrationState.WaitingForRetry>(rig.State);
        Assert.Equal((before.Due, before.Attempt, null, "the connection broke: reset"), (after.Due, after.Attempt, after.Until, after.Cause.ToString()));
    }

    [Theory]
    [InlineData(200, "Registered")]
    [InlineData(503, "WaitingForRetry")]
    public void A_connection_lost_during_a_refresh_takes_the_binding_with_it(int status, string expected)
    {
        using var rig = new RegistrationRig().Start();
        rig.Latency = TimeSpan.FromSeconds(5);
        while (rig.State is not RegistrationState.Refreshing)
            rig.Time.AdvanceBy(TimeSpan.FromSeconds(1));
        rig.FlowLost.OnNext(null);
        Assert.Equal("Registering (the connection was closed)", rig.State.ToString());
        rig.Answer = request => status == 200 ? RegistrationRig.Ok(request) : request.Answer(status);
        rig.Time.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.Equal(expected, rig.State.GetType().Name);
        Assert.Equal(status == 200, Standing(rig.State) is not null);
    }

    [Fact]
    public void A_connection_lost_before_anything_was_registered_over_it_is_no_event()
    {
        using var rig = new RegistrationRig { Answer = request => request.Answer(503) }.Start();
        var before = rig.State;
        rig.FlowLost.OnNext(null);
        Assert.Same(before, rig.State);
    }

    [Fact]
    public void While_the_network_is_away_nothing_is_tried_and_its_return_ends_the_wait()
    {
        using var rig = new RegistrationRig().Start();
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(10));
        rig.Network.OnNext(false);
        rig.FlowLost.OnNext(null);
        rig.Time.AdvanceTo(TimeSpan.FromDays(2));
        Assert.Single(rig.Registers);
        Assert.Equal("Waiting for the network (the network is away)", rig.State.ToString());

        rig.Network.OnNext(true);
        Assert.Equal(TimeSpan.FromDays(2), rig.Instants[^1]);
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    [Fact]
    public void Without_a_network_from_the_start_the_first_attempt_waits_too()
    {
        var rig = new RegistrationRig();
        var network = new System.Reactive.Subjects.BehaviorSubject<bool>(false);
        var states = new List<RegistrationState>();
        using var loop = new RegistrationLoop(rig.Client, rig.Access, rig.Settings, rig.Identifiers, new AlarmTable(rig.Time, new Mailbox(error => throw error)));
        loop.Start(network, Observer.Create<RegistrationState>(states.Add));
        rig.Time.AdvanceTo(Hour);
        Assert.Empty(rig.Registers);
        network.OnNext(true);
        Assert.IsType<RegistrationState.Registered>(states[^1]);
    }

    [Fact]
    public void A_network_that_went_and_came_back_is_registered_over_anew_and_keeps_to_Retry_After()
    {
        using var rig = new RegistrationRig().Start();
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(1));
        rig.Answer = request => request.Answer(503).WithHeader("Retry-After", "600");
        rig.Network.OnNext(false);
        rig.Network.OnNext(true);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromMinutes(1)], rig.Instants);
        Assert.NotNull(Standing(rig.State));
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(2));
        rig.Network.OnNext(false);
        rig.Network.OnNext(true);
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(11));
        Assert.Equal(TimeSpan.FromMinutes(11), rig.Instants[^1]);
        Assert.Equal(3, rig.Instants.Count);
    }

    [Fact]
    public void A_signal_that_fails_is_taken_for_silence()
    {
        using var rig = new RegistrationRig().Start();
        rig.Network.OnError(new InvalidOperationException());
        rig.FlowLost.OnNext(null);
        Assert.IsType<RegistrationState.WaitingForRetry>(rig.State);
    }

    private static TimeSpan Wait(RegistrationRig rig) =>
        Assert.IsType<RegistrationState.WaitingForRetry>(rig.State).Due - rig.Time.Now;

    private static DateTimeOffset? Standing(RegistrationState state) =>
        state.Match(_ => null, _ => null, one => one.Until, one => one.Until, one => one.Until, _ => (DateTimeOffset?)null);
}
