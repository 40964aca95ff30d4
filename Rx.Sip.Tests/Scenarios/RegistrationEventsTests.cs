using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A registrar that notifies of bindings (RFC 3680): what other devices do is seen at once, and so is being taken away.</summary>
public sealed class RegistrationEventsTests
{
    [Fact]
    public void What_another_device_binds_is_told_at_once() => Tell((world, server, alice) =>
    {
        using var sets = alice.InnerEndpoint.BindingSet.Record(world.Scheduler);
        world.RunFor(Minute);
        var before = sets.Values.Count;
        var tablet = Device(world, "tablet");
        world.RunFor(2 * Second);
        Assert.Equal(before + 1, sets.Values.Count);
        var other = Assert.Single(sets.Values[^1].Others);
        Assert.Equal($"<urn:uuid:{tablet.InnerEndpoint.SipInstance}>", other.Instance);
        // Connecting takes two of 40 ms, the challenge two, REGISTER and NOTIFY one each.
        Assert.Equal(TimeSpan.FromMilliseconds(6 * 40), sets.Instants[^1] - Minute);
        Assert.Equal(server.BindingsOf("alice").Single(binding => binding.Instance == other.Instance).Until, other.Until, 2 * Second);
        world.Await(tablet.TerminateAsync());
        world.RunFor(Second);
        Assert.Empty(sets.Values[^1].Others);
        Assert.Single(sets.Values[^1].Bindings);
    });

    [Theory]
    [InlineData(SipTransportType.Tcp)]
    [InlineData(SipTransportType.Udp)]
    public void What_an_answer_has_told_is_not_told_again_by_its_notification(SipTransportType transport) => Told((world, server) =>
    {
        var alice = world.UserEndpoint("alice", transport);
        using var sets = alice.InnerEndpoint.BindingSet.Record(world.Scheduler);
        world.RunFor(10 * Hour);
        var granted = world.Traffic.Entries
            .Where(entry => entry.To == "alice" && entry.Message is SipResponse { StatusCode: 200, CSeq.Method.Name: "REGISTER" })
            .DistinctBy(entry => ((SipResponse)entry.Message!).CSeq).Count();
        // One before the first answer.
        Assert.Equal(granted + 1, sets.Values.Count);
    });

    [Fact]
    public void Who_was_taken_away_by_another_device_says_so_and_does_not_fight_back() => Tell((world, server, alice) =>
    {
        using var states = alice.State.Record(world.Scheduler);
        var tablet = Device(world, "tablet");
        world.RunFor(Minute);
        var phone = tablet.InnerEndpoint.FetchBindings().Record(world.Scheduler);
        world.RunFor(Second);
        tablet.InnerEndpoint.RemoveBinding(phone.Values[0].Others.Single()).Subscribe();
        world.RunFor(Second);
        var over = Assert.IsType<EndpointState.Terminated>(states.Values[^1]);
        Assert.Equal((TerminationReason.TooManyActiveEndpoints, RegistrationFailureKind.Displaced), (over.Reason, over.Cause!.Kind));
        Assert.Equal("another device has taken this one's binding away", over.Cause.ToString());
        world.RunFor(10 * Hour);
        Assert.Single(server.BindingsOf("alice"));
        Assert.True(states.IsCompleted);
    });

    [Theory]
    [InlineData(ServerBindingChangeKind.Removed, TerminationReason.TooManyActiveEndpoints)]
    [InlineData(ServerBindingChangeKind.Rejected, TerminationReason.OwnerDisabledOrRemoved)]
    public void What_a_registrar_has_ended_for_good_is_over(ServerBindingChangeKind kind, TerminationReason reason) => Tell((world, server, alice) =>
    {
        world.RunFor(Minute);
        var before = world.Registers().Count;
        server.Deregister("alice", kind);
        world.RunFor(Hour);
        Assert.Equal(reason, Assert.IsType<EndpointState.Terminated>(alice.CurrentState).Reason);
        Assert.Equal(before, world.Registers().Count);
    });

    [Theory]
    [InlineData(ServerBindingChangeKind.Deactivated, 15, 31)]
    [InlineData(ServerBindingChangeKind.Expired, 15, 31)]
    [InlineData(ServerBindingChangeKind.Probation, 300, 301)]
    public void What_a_registrar_wants_made_anew_is_made_anew(ServerBindingChangeKind kind, int earliest, int latest) => Tell((world, server, alice) =>
    {
        world.RunFor(Minute);
        using var states = alice.State.Record(world.Scheduler);
        server.Deregister("alice", kind);
        world.RunFor(10 * Minute);
        Assert.IsType<EndpointState.Reestablishing>(states.Values[1]);
        Assert.Equal(TimeSpan.FromMilliseconds(40), states.Instants[1]);
        Assert.IsType<EndpointState.Established>(states.Values[2]);
        Assert.InRange(states.Instants[2], earliest * Second, latest * Second);
        Assert.Single(server.BindingsOf("alice"));
    });

    [Fact]
    public void Without_recovery_a_user_that_was_moved_is_over() => Told((world, server) =>
    {
        var alice = world.Alice(SipTransportType.Tcp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { Credential = world.Credential(), Recovery = new RecoveryPolicy.None() });
        world.RunFor(Minute);
        server.Deregister("alice", ServerBindingChangeKind.Deactivated);
        world.RunFor(Second);
        Assert.Equal(TerminationReason.UserMoved, Assert.IsType<EndpointState.Terminated>(alice.CurrentState).Reason);
    });

    [Fact]
    public void A_binding_of_our_own_that_we_take_away_ourselves_comes_back_with_the_next_refresh() => Tell((world, server, alice) =>
    {
        world.RunFor(Minute);
        using var sets = alice.InnerEndpoint.BindingSet.Record(world.Scheduler);
        world.RunFor(Second);
        alice.InnerEndpoint.RemoveBinding(sets.Values[0].Bindings.Single()).Subscribe();
        world.RunFor(Second);
        Assert.Empty(server.BindingsOf("alice"));
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        world.RunFor(Hour);
        Assert.Single(server.BindingsOf("alice"));
    });

    [Fact]
    public void A_registrar_that_has_lost_its_memory_is_told_again_as_soon_as_it_says_so() => Told((world, server) =>
    {
        var alice = world.Alice(SipTransportType.Tcp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { Credential = world.Credential(), RefreshWindow = new RefreshWindow(0.95, 0.95) });
        world.RunFor(Minute);
        server.Forget("alice");
        // A device that comes is notified of; what is told is what has changed, and says nothing of us.
        var tablet = Device(world, "tablet");
        world.RunFor(2 * Second);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        // The refresh of the subscription brings all there is.
        world.RunUntil(() => alice.CurrentState is EndpointState.Reestablishing, 54 * Minute);
        world.RunFor(31 * Second);
        Assert.Equal(2, server.BindingsOf("alice").Count);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        world.Await(tablet.TerminateAsync());
    });

    [Fact]
    public void A_server_that_restarts_is_watched_again_by_one_subscription() => Tell((world, server, alice) =>
    {
        using var sets = alice.InnerEndpoint.BindingSet.Record(world.Scheduler);
        world.RunFor(Minute);
        server.Crash();
        world.RunFor(Minute);
        server.Restart();
        world.RunFor(5 * Minute);
        Assert.Equal(1, server.Subscriptions);
        var tablet = Device(world, "tablet");
        world.RunFor(2 * Second);
        Assert.Single(sets.Values[^1].Others);
        world.Await(tablet.TerminateAsync());
    });

    [Fact]
    public void A_subscription_outlives_any_number_of_dropped_connections_and_is_never_made_twice() => Tell((world, server, alice) =>
    {
        using var sets = alice.InnerEndpoint.BindingSet.Record(world.Scheduler);
        using var requests = server.Requests.Record(world.Scheduler);
        world.RunFor(Minute);
        for (var time = 0; time < 5; time++)
        {
            server.DropConnections();
            world.RunFor(10 * Minute);
            Assert.Equal(1, server.Subscriptions);
        }
        Assert.Single(requests.Values.Where(request => request.Request.Method == SipMethod.Subscribe).Select(request => request.Request.CallId).Distinct());
        var tablet = Device(world, "tablet");
        world.RunFor(2 * Second);
        Assert.Single(sets.Values[^1].Others);
        world.Await(tablet.TerminateAsync());
    });

    [Fact]
    public void Notifications_that_are_lost_doubled_or_overtake_each_other_leave_the_truth() => SimulatedNetwork.CheckSeeds(20, world =>
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(40);
        var server = Server(world);
        var alice = world.UserEndpoint("alice", SipTransportType.Udp);
        using var sets = alice.InnerEndpoint.BindingSet.Record(world.Scheduler);
        world.RunFor(Minute);
        (world.Conditions.Loss, world.Conditions.Duplication, world.Conditions.Jitter) = (0.3, 0.2, TimeSpan.FromMilliseconds(300));
        var devices = Enumerable.Range(0, 4).Select(number => Device(world, $"device{number}")).ToList();
        world.RunFor(5 * Minute);
        world.Await(devices[1].TerminateAsync());
        world.RunFor(5 * Minute);
        (world.Conditions.Loss, world.Conditions.Duplication, world.Conditions.Jitter) = (0, 0, TimeSpan.Zero);
        world.RunFor(65 * Minute);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Equal(
            server.BindingsOf("alice").Select(binding => binding.Contact.Uri.ToString()).Order(),
            sets.Values[^1].Bindings.Select(binding => binding.Contact.Uri.ToString()).Order());
        Assert.InRange(server.Subscriptions, 4, 4);
        world.AssertNothingLeft();
    });

    [Fact]
    public void A_registrar_that_does_not_offer_it_is_never_asked() => Story.Tell((world, server) =>
    {
        using var requests = server.Requests.Record(world.Scheduler);
        world.UserEndpoint("alice");
        world.RunFor(3 * Hour);
        Assert.All(requests.Values, request => Assert.Equal(SipMethod.Register, request.Request.Method));
    });

    [Fact]
    public void A_registrar_that_refuses_the_package_is_asked_once() => Story.Tell((world, server) =>
    {
        using var requests = server.Requests.Record(world.Scheduler);
        server.Faults.AnswerNext(SipMethod.Subscribe, 489, 10);
        var alice = world.Alice(SipTransportType.Tcp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { Credential = world.Credential(), RegistrationEvents = RegistrationEventUse.Always });
        world.RunFor(48 * Hour);
        Assert.Single(requests.Values, request => request.Request.Method == SipMethod.Subscribe);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    });

    [Fact]
    public void Who_leaves_takes_leave_of_the_notifier_too() => Tell((world, server, alice) =>
    {
        world.RunFor(Minute);
        Assert.Equal(1, server.Subscriptions);
        using var requests = server.Requests.Record(world.Scheduler);
        world.Await(alice.InnerEndpoint.UnregisterAsync());
        world.RunFor(Second);
        Assert.Equal(0, server.Subscriptions);
        Assert.Equal(TimeSpan.Zero, Assert.Single(requests.Values, request => request.Request.Method == SipMethod.Subscribe).Request.Get(HeaderFields.Expires));
        world.Await(alice.EstablishAsync());
        world.RunFor(Second);
        Assert.Equal(1, server.Subscriptions);
    });

    [Fact]
    public void A_month_takes_no_more_SUBSCRIBEs_than_its_refreshes() => Tell((world, server, alice) =>
    {
        using var requests = server.Requests.Record(world.Scheduler);
        world.RunFor(30 * 24 * Hour);
        var subscribes = requests.Values.Where(request => request.Request.Method == SipMethod.Subscribe && request.Response?.StatusCode == 200).ToList();
        // Each is granted an hour, and refreshed between half of it and nine tenths.
        Assert.InRange(subscribes.Count, 30 * 24 / 0.9, 30 * 24 / 0.5);
        Assert.Single(subscribes.Select(request => request.Request.CallId).Distinct());
        Assert.Equal(1, server.Subscriptions);
    });

    private static UserEndpoint Device(SimulatedNetwork world, string host)
    {
        var platform = world.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", SipTransportType.Tcp) { Connections = world.Connections(host) }));
        var device = new UserEndpoint(platform, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { Credential = world.Credential() });
        device.Establish().Subscribe(_ => { }, _ => { });
        return device;
    }

    private static EmbeddedServer Server(SimulatedNetwork world) =>
        world.StartServer(new EmbeddedServerSettings("example.test").WithRegistrationEvents(true).WithUser("alice", world.PasswordOf("alice")));

    private static void Told(Action<SimulatedNetwork, EmbeddedServer> story) => Story.Tell(story, settings => settings.WithRegistrationEvents(true));

    private static void Tell(Action<SimulatedNetwork, EmbeddedServer, UserEndpoint> story) => Told((world, server) => story(world, server, world.UserEndpoint("alice")));
}
