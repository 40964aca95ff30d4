using Rx.Sip.Registration;
using Rx.Sip.Runtime;
using Rx.Sip.Testing;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>How endpoints end, what they say while they do, and that nothing of them stays.</summary>
public sealed class TerminatingTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void An_endpoint_takes_leave_of_its_registrar_and_completes_its_streams_once()
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice");
        _stage.Ask(alice.Establish());
        using var states = alice.State.ValidateSynchronization().Record(_stage.World.Scheduler);
        using var registration = alice.Registration.ValidateSynchronization().Record(_stage.World.Scheduler);
        using var messages = alice.Messages.ValidateSynchronization().Record(_stage.World.Scheduler);
        using var requests = alice.Requests.ValidateSynchronization().Record(_stage.World.Scheduler);
        using var throttling = alice.Throttling.ValidateSynchronization().Record(_stage.World.Scheduler);
        var end = _stage.Ask(alice.Terminate());
        var terminated = new EndpointState.Terminated(TerminationReason.TerminatedLocally, null);
        Assert.Equal([terminated], end.Values);
        Assert.Equal(TimeSpan.FromMilliseconds(20), end.EndedAfter);
        Assert.Equal("0", _stage.Heard[^1].Request.Headers.Get("Expires"));
        Assert.IsType<EndpointState.Established>(states.Values[0]);
        Assert.Equal([new EndpointState.Terminating(), terminated], states.Values.Skip(1));
        Assert.Equal([new RegistrationState.Unregistering(), new RegistrationState.Unregistered(null)], registration.Values.Skip(1));
        Assert.True(states.IsCompleted && registration.IsCompleted && messages.IsCompleted && requests.IsCompleted && throttling.IsCompleted);

        var late = _stage.Ask(alice.State);
        Assert.Equal([terminated], late.Values);
        Assert.True(late.IsCompleted);
    }

    [Fact]
    public void Asked_several_times_an_endpoint_ends_once()
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice");
        _stage.Ask(alice.Establish());
        using var first = alice.Terminate().Record(_stage.World.Scheduler);
        var second = _stage.Ask(alice.Terminate());
        var third = _stage.Ask(alice.Terminate());
        Assert.All((Recording<EndpointState>[])[first, second, third], one => Assert.IsType<EndpointState.Terminated>(Assert.Single(one.Values)));
        Assert.All((Recording<EndpointState>[])[first, second, third], one => Assert.True(one.IsCompleted));
        Assert.Equal(2, _stage.Heard.Count);
    }

    [Fact]
    public void With_a_registrar_that_is_silent_it_ends_after_four_seconds_all_the_same()
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice");
        _stage.Ask(alice.Establish());
        _stage.Answer = _ => null;
        var end = alice.Terminate().Record(_stage.World.Scheduler);
        _stage.World.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromSeconds(4), end.EndedAfter);
    }

    [Fact]
    public void Ending_while_it_establishes_is_bounded_too_and_whoever_waited_is_told()
    {
        _stage.StartRegistrar();
        _stage.Answer = _ => null;
        var alice = _stage.User("alice");
        var attempt = _stage.Ask(alice.Establish());
        var end = alice.Terminate().Record(_stage.World.Scheduler);
        var late = alice.Establish().Record(_stage.World.Scheduler);
        _stage.World.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromSeconds(8), end.EndedAfter);
        Assert.IsType<InvalidOperationException>(attempt.Error);
        Assert.IsType<InvalidOperationException>(late.Error);
        Assert.Equal(TimeSpan.Zero, late.EndedAfter);
    }

    [Fact]
    public void An_ended_endpoint_refuses_to_be_used()
    {
        _stage.StartRegistrar();
        var user = _stage.User("alice");
        var peer = _stage.Peer("bob");
        foreach (var endpoint in (RealTimeEndpoint[])[user, peer])
        {
            _stage.Ask(endpoint.Terminate());
            Assert.IsType<InvalidOperationException>(_stage.Ask(endpoint.Establish()).Error);
            Assert.IsType<InvalidOperationException>(_stage.Ask(endpoint.SendMessage("sip:bob@bob", "hello")).Error);
            Assert.IsType<InvalidOperationException>(_stage.Ask(endpoint.Send(Stage.Request("OPTIONS", "sip:bob@bob"))).Error);
        }
        Assert.IsType<InvalidOperationException>(_stage.Ask(user.InnerEndpoint.Unregister()).Error);
    }

    [Fact]
    public void Whoever_waits_for_an_answer_when_the_endpoint_ends_gets_a_local_503_and_nothing_is_left_running()
    {
        var (platform, alice) = _stage.Peer("alice", new SipPeerToPeerEndpointSettings("sip:alice@alice") { MaxConcurrentTransactions = 2 });
        var answers = Enumerable.Range(0, 5).Select(number => alice.SendMessage("sip:nobody@10.99.0.1", $"{number}").Record(_stage.World.Scheduler)).ToList();
        _stage.Run();
        Assert.Equal(2, platform.Directory.Layer.ActiveTransactions);
        _stage.Ask(alice.Terminate());
        Assert.All(answers, answer => Assert.Equal((503, true, true), (Assert.Single(answer.Values).StatusCode, answer.Values[0].IsLocal, answer.IsCompleted)));
        Assert.Equal((0, 0), (platform.Directory.Layer.ActiveTransactions, platform.Directory.Layer.PendingTimers));
    }

    [Fact]
    public void A_message_that_can_not_be_written_fails_its_own_stream_wherever_it_is_subscribed_to()
    {
        var alice = _stage.Peer("alice");
        Assert.IsType<ArgumentException>(_stage.Ask(alice.SendMessage(alice.Address, "text/plain\r\nX: y", default)).Error, exactMatch: false);
    }

    [Fact]
    public void A_platform_that_shuts_down_says_so_and_who_asks_again_waits_for_the_first()
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice");
        _stage.Ask(alice.Establish());
        _stage.Answer = _ => null;
        var platform = alice.InnerEndpoint.Core.Directory;
        using var states = alice.State.Record(_stage.World.Scheduler);
        var owner = _stage.PlatformOf(alice);
        using var errors = owner.UnhandledErrors.Record(_stage.World.Scheduler);
        var (first, second) = (owner.ShutdownAsync(TestContext.Current.CancellationToken), owner.ShutdownAsync(TestContext.Current.CancellationToken));
        _stage.World.RunFor(TimeSpan.FromSeconds(2));
        Assert.False(first.IsCompleted || second.IsCompleted);
        _stage.World.Await(Task.WhenAll(first, second));
        _stage.Run();
        Assert.Equal(new EndpointState.Terminated(TerminationReason.PlatformShutdown, null), states.Values[^1]);
        Assert.Empty(owner.Endpoints);
        Assert.Equal(0, platform.Endpoints.Count);
        Assert.True(errors.IsCompleted);
        Assert.Throws<ObjectDisposedException>(() => { _ = owner.StartupAsync(); });
    }

    [Fact]
    public void A_platform_lists_its_endpoints_in_the_order_they_were_made_whichever_of_them_leave()
    {
        var (world, made) = (_stage.World, new List<SipPeerToPeerEndpoint>());
        var platform = world.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", SipTransportType.Udp) { Connections = world.Connections("client") }));
        for (var number = 0; number < 5; number++)
            made.Add(new SipPeerToPeerEndpoint(platform, new SipPeerToPeerEndpointSettings($"sip:user{number}@example.test")));
        Assert.Equal(made, platform.Endpoints);
        foreach (var leaving in new[] { 2, 0, 4, 3, 1 })
        {
            var endpoint = Assert.Single(platform.Endpoints, one => one.Address.Uri.User == $"user{leaving}");
            _stage.Ask(endpoint.Terminate());
            _stage.Ask(endpoint.Terminate());
            made.Remove((SipPeerToPeerEndpoint)endpoint);
            Assert.Equal(made, platform.Endpoints);
        }
    }

    [Fact]
    public void Everything_is_released_transactions_timers_flows_ports_and_observers()
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice", SipTransportType.Tcp);
        var manager = alice.ConnectionManager;
        var proxied = new SipPeerToPeerEndpoint("sip:carol@carol", manager, SipTransportType.Tcp, "example.test", 5060);
        _stage.Ask(proxied.Establish());
        _stage.Ask(alice.Establish());
        _stage.Ask(alice.SendMessage("sip:bob@nowhere.test", "hello"));
        var closed = (HotStream<FlowClosed>)manager.FlowsClosed;
        Assert.NotEqual(0, closed.ObserverCount);
        _stage.Ask(proxied.Terminate());
        _stage.Ask(alice.Terminate());
        Assert.Equal(0, closed.ObserverCount);
        Assert.Equal(0, ((HotStream<Flow>)manager.FlowsOpened).ObserverCount);
        Assert.Equal(0, alice.Core.States.ObserverCount);
        _stage.World.RunFor(TimeSpan.FromMinutes(5));
        _stage.World.AssertNothingLeft();
    }

    [Fact]
    public void Closing_a_connection_manager_of_ones_own_answers_who_still_waits_and_stops_every_timer()
    {
        var manager = new RealTimeClientConnectionManager(_stage.World.Connections("alice"));
        var alice = new SipPeerToPeerEndpoint("sip:alice@alice", manager);
        var answer = _stage.Ask(alice.SendMessage("sip:bob@10.99.0.1;transport=udp", "hello"));
        Assert.Empty(answer.Values);

        _stage.World.Await(manager.DisposeAsync().AsTask());
        _stage.World.RunFor(TimeSpan.Zero);

        Assert.Equal((503, true), (Assert.Single(answer.Values).StatusCode, answer.Values[0].IsLocal));
        _stage.World.AssertNothingLeft();
    }
}
