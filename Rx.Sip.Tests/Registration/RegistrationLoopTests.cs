using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration;

/// <summary>The life of a registration as long as all goes well, and how it ends.</summary>
public class RegistrationLoopTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void It_registers_at_once()
    {
        using var rig = new RegistrationRig().Start();
        Assert.Equal(["Registering", "Registered sip:alice@example.test at sip:alice@192.0.2.1:5060 until 01:00:00"], rig.States.Select(state => state.ToString()));
        var register = Assert.Single(rig.Registers);
        Assert.Equal("REGISTER sip:example.test", register.ToString());
        Assert.Equal("<sip:alice@example.test>", register.To!.ToString());
        Assert.Equal(register.To.Uri, register.From!.Uri);
        Assert.NotNull(register.From.Tag);
        Assert.Equal("<sip:alice@192.0.2.1:5060>;expires=3600", register.Headers.Get("Contact"));
        Assert.Equal(Hour, register.Expires);
    }

    [Fact]
    public void One_timer_is_all_that_waits_and_nothing_is_left_after_disposing()
    {
        var rig = new RegistrationRig();
        rig.Start();
        Assert.Equal((1, true), (rig.Time.Pending, rig.IsObserved));
        rig.Dispose();
        Assert.True(rig.IsQuiet);
        Assert.Single(rig.Registers);
        Assert.False(rig.IsCompleted);
    }

    [Fact]
    public void Disposing_abandons_what_is_on_its_way()
    {
        var rig = new RegistrationRig { Latency = TimeSpan.FromSeconds(1) }.Start();
        Assert.Equal(1, rig.Server.Open);
        rig.Dispose();
        Assert.True(rig.IsQuiet);
    }

    [Fact]
    public void For_thirty_days_every_refresh_comes_at_its_instant()
    {
        using var rig = new RegistrationRig(seed: 42).Start();
        rig.Time.AdvanceTo(TimeSpan.FromDays(30));

        // The loop draws the Call-ID and the tag, then a number for each wait that is over and one for each answer.
        var same = new SipIdentifiers(42);
        var (_, _, expected) = (same.CallId(), same.Tag(), new List<TimeSpan>());
        for (var at = TimeSpan.Zero; at <= TimeSpan.FromDays(30); at += Hour * (0.5 + Answered(same) * (0.9 - 0.5)))
            expected.Add(at);
        Assert.Equal(expected, rig.Instants);
        Assert.InRange(expected.Count, 1000, 1060);
        Assert.All(expected.Zip(expected.Skip(1), (one, next) => next - one), wait => Assert.InRange(wait, Hour * 0.5, Hour * 0.9));
        Assert.All(rig.States.Skip(1), state => Assert.True(state is RegistrationState.Registered or RegistrationState.Refreshing));

        static double Answered(SipIdentifiers identifiers) => (identifiers.Fraction(), identifiers.Fraction()).Item2;
    }

    [Fact]
    public void One_call_id_one_tag_and_CSeq_counted_up()
    {
        using var rig = new RegistrationRig().Start();
        rig.Time.AdvanceTo(TimeSpan.FromDays(1));
        Assert.Single(rig.Registers.Select(register => (register.CallId, register.From!.Tag)).Distinct());
        Assert.Equal(Enumerable.Range(1, rig.Registers.Count).Select(number => (uint)number), rig.Registers.Select(register => register.CSeq!.Value.Number));
    }

    [Fact]
    public void A_registration_after_another_counts_on_under_the_same_call_id_and_tag()
    {
        using var rig = new RegistrationRig().Start();
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(1));
        rig.Leave.OnNext(default);
        Assert.True(rig.IsCompleted);

        rig.Start();
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(2));

        var numbers = rig.Registers.Select(register => register.CSeq!.Value.Number).ToList();
        Assert.Equal(3, numbers.Count);
        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Single(rig.Registers.Select(register => (register.CallId, register.From!.Tag)).Distinct());
    }

    [Fact]
    public void A_registration_after_an_abandoned_one_leaves_room_for_challenges_it_may_have_answered()
    {
        using var rig = new RegistrationRig { Latency = TimeSpan.FromSeconds(32) }.Start();
        rig.Dispose();

        rig.Start();

        Assert.Equal([1u, 17u], rig.Registers.Select(register => register.CSeq!.Value.Number));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(9, 3, 3)]
    [InlineData(48, 16, 16)]
    [InlineData(60, 28, 28)]
    [InlineData(70, 35, 38)]
    [InlineData(120, 60, 88)]
    [InlineData(600, 300, 540)]
    [InlineData(3600, 1800, 3240)]
    [InlineData(172_800, 86_400, 86_400)]
    [InlineData(uint.MaxValue, 86_400, 86_400)]
    public void The_refresh_follows_the_granted_lifetime_not_the_one_asked_for(long granted, int earliest, int latest)
    {
        foreach (var jitter in new[] { 0, 0.3, 0.999999 })
            Assert.InRange(RefreshWindow.Default.After(TimeSpan.FromSeconds(granted), TimeSpan.FromSeconds(32), jitter), TimeSpan.FromSeconds(earliest), TimeSpan.FromSeconds(latest));

        using var rig = new RegistrationRig { Answer = request => RegistrationRig.Grant(request, TimeSpan.FromSeconds(granted)) }.Start();
        rig.Time.AdvanceTo(TimeSpan.FromSeconds(latest));
        Assert.InRange(rig.Instants[1], TimeSpan.FromSeconds(earliest), TimeSpan.FromSeconds(latest));
    }

    [Theory]
    [InlineData(0.2, 0.2, 0, 720)]
    [InlineData(0.2, 0.6, 0.5, 1440)]
    [InlineData(0.95, 0.999, 1, 3568)]
    public void The_application_may_choose_when_to_refresh_but_not_later_than_an_attempt_takes(double earliest, double latest, double jitter, double expected) =>
        Assert.Equal(expected, new RefreshWindow(earliest, latest).After(Hour, TimeSpan.FromSeconds(32), jitter).TotalSeconds, 6);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.6, 0.5)]
    [InlineData(0.5, 1)]
    [InlineData(-0.1, 0.5)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(0.5, double.NaN)]
    public void A_window_that_is_none_is_refused_where_it_is_made(double earliest, double latest) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RefreshWindow(earliest, latest));

    [Fact]
    public void A_thousand_endpoints_that_register_together_do_not_refresh_together()
    {
        var instants = Enumerable.Range(0, 1000).Select(seed =>
        {
            using var rig = new RegistrationRig(seed).Start();
            rig.Time.AdvanceTo(Hour);
            return rig.Instants[1];
        }).ToList();
        var busiest = instants.GroupBy(instant => (int)instant.TotalSeconds).Max(second => second.Count());
        Assert.InRange(busiest, 1, 6);
    }

    [Fact]
    public void A_new_contact_takes_the_old_one_away()
    {
        using var rig = new RegistrationRig().Start();
        rig.Contact = NameAddress.Parse("<sip:alice@192.0.2.7:40000>");
        rig.Time.AdvanceTo(Hour);
        Assert.Equal(
            ["<sip:alice@192.0.2.7:40000>;expires=3600", "<sip:alice@192.0.2.1:5060>;expires=0"],
            rig.Registers[1].Headers.GetAll("Contact"));
        rig.Time.AdvanceTo(Hour * 2);
        Assert.Single(rig.Registers[2].Headers.GetAll("Contact"));
    }

    [Fact]
    public void Headers_display_name_and_parameters_of_From_are_the_applications()
    {
        var rig = new RegistrationRig();
        rig.Settings = rig.Settings with
        {
            DisplayName = "Alice",
            FromParameters = SipParameters.Empty.With("epid", "0a1b"),
            Headers = [new("Supported", "path, gruu"), new("Event", "registration")],
        };
        using (rig.Start())
        {
            Assert.StartsWith("\"Alice\" <sip:alice@example.test>;epid=0a1b;tag=", rig.Registers[0].Headers.Get("From"), StringComparison.Ordinal);
            Assert.Equal(["path", "gruu"], rig.Registers[0].Supported);
            Assert.Equal("registration", rig.Registers[0].Headers.Get("Event"));
        }
    }

    [Fact]
    public void Settings_that_no_request_can_be_made_of_end_it_instead_of_throwing()
    {
        var rig = new RegistrationRig();
        rig.Settings = rig.Settings with { Headers = [new("X-Evil", "a\r\nb")] };
        using (rig.Start())
            Assert.Equal(RegistrationFailureKind.Permanent, Assert.IsType<RegistrationState.Unregistered>(rig.State).Cause!.Kind);
        Assert.True(rig.IsCompleted);
        Assert.True(rig.IsQuiet);
    }

    [Fact]
    public void Every_state_can_be_matched_and_reads_like_a_sentence()
    {
        var binding = new Binding(SipUri.Parse("sip:a@b"), NameAddress.Parse("<sip:a@1.2.3.4>"), Hour);
        var (noon, cause) = (DateTimeOffset.UnixEpoch.AddHours(12), RegistrationFailure.From(Say.Register().Answer(503)));
        var states = new RegistrationState[]
        {
            new RegistrationState.Unregistered(cause), new RegistrationState.Registering(3, null), new RegistrationState.Registered(binding, noon),
            new RegistrationState.Refreshing(binding, noon), new RegistrationState.WaitingForRetry(noon, 2, cause, noon.AddHours(1)),
            new RegistrationState.WaitingForRetry(DateTimeOffset.MaxValue, 2, RegistrationFailure.NetworkAway, null), new RegistrationState.Unregistering(),
        };
        Assert.Equal("0123445", string.Concat(states.Select(state => state.Match(_ => 0, _ => 1, _ => 2, _ => 3, _ => 4, _ => 5))));
        Assert.Equal(
            [
                "Unregistered (503 Service Unavailable)", "Registering, attempt 3", "Registered sip:a@b at sip:a@1.2.3.4 until 12:00:00",
                "Refreshing sip:a@b at sip:a@1.2.3.4, which stands until 12:00:00",
                "Waiting for attempt 2 at 12:00:00 (503 Service Unavailable), still registered until 13:00:00",
                "Waiting for the network (the network is away)", "Unregistering",
            ],
            states.Select(state => state.ToString()));
    }
}
