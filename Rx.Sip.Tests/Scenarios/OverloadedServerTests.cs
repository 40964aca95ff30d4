using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A server that is overloaded and says so, and a client that listens (RFC 7339): nobody hammers anybody.</summary>
public sealed class OverloadedServerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // The server can do 50 requests a second and is offered 200: it measures each half second and asks for what it needs.
    [Fact]
    public void Offered_four_times_what_it_can_do_a_server_that_asks_for_less_gets_what_it_can_do() => SimulatedNetwork.Check(5, world =>
    {
        var (server, alice) = Start(world);
        var (offered, came, ends) = (0, 0, new List<SipResponse>());
        server.Requests.Subscribe(_ => came++);
        var perSecond = new List<int>();
        for (var tick = 0; tick < 120; tick++)
        {
            var before = came;
            for (var number = 0; number < 100; number++, offered++)
            {
                alice.SendMessage("sip:bob@example.test", "hello").Where(response => response.IsFinal).Subscribe(ends.Add);
                world.RunFor(TimeSpan.FromMilliseconds(5));
            }
            perSecond.Add((came - before) * 2);
            // What came is what was let through: from that and the loss the load follows.
            var load = (came - before) / (1 - (server.Overload?.Value ?? 0) / 100.0);
            server.Overload = new ServerOverload(OverloadAlgorithm.Loss, (int)Math.Clamp(100 * (1 - 25 / load), 0, 95), Second);
        }
        Assert.Equal(200, perSecond[0]);
        Assert.All(perSecond.Skip(3), rate => Assert.InRange(rate, 30, 70));
        Assert.InRange(perSecond.Skip(3).Average(), 45, 55);
        Assert.Equal(offered, ends.Count);
        Assert.All(ends.Where(end => end.IsLocal), end => Assert.Equal((503, SipLocalCause.Overload), (end.StatusCode, end.LocalCause)));
        server.Overload = ServerOverload.None;
        world.RunFor(Second);
        Assert.Equal(200, Assert.IsType<SipResponse>(world.Await(alice.SendMessageAsync("sip:bob@example.test", "again"))).StatusCode);
    });

    [Fact]
    public void A_rate_is_kept_to_by_all_endpoints_of_a_platform_together_and_each_can_see_it() => SimulatedNetwork.Check(5, world =>
    {
        var (server, alice) = Start(world, OverloadControlOffer.LossAndRate);
        var platform = alice.ConnectionManager;
        using var states = alice.Overload.Record(world.Scheduler);
        using var second = new SipEndpoint(new SipEndpointSettings("sip:bob@example.test", "example.test") { Transport = SipTransportType.Udp, AllowNoAuthentication = true }, platform)
            .Overload.Record(world.Scheduler);
        server.Overload = new ServerOverload(OverloadAlgorithm.Rate, 10, TimeSpan.FromSeconds(30));
        var came = 0;
        server.Requests.Subscribe(_ => came++);
        for (var number = 0; number < 1000; number++)
        {
            alice.SendMessage("sip:bob@example.test", "hello").Subscribe();
            world.RunFor(TimeSpan.FromMilliseconds(10));
        }
        Assert.InRange(came, 100, 100 + 2 * (RateGate.Tolerance + 1));
        Assert.Equal(10, Assert.Single(Assert.Single(states.Values, state => state.IsActive).Servers).Value);
        server.Overload = null;
        world.RunFor(TimeSpan.FromSeconds(31));
        Assert.Equal([false, true, false], states.Values.Select(state => state.IsActive));
        Assert.Equal(states.Values, second.Values);
    });

    [Fact]
    public void The_stream_ends_with_the_endpoint() => SimulatedNetwork.Check(1, world =>
    {
        var (_, alice) = Start(world);
        using var states = alice.Overload.Record(world.Scheduler);
        world.Await(alice.TerminateAsync());
        world.RunFor(Second);
        Assert.Equal((1, true), (states.Values.Count, states.IsCompleted));
        using var late = alice.Overload.Record(world.Scheduler);
        world.RunFor(Second);
        Assert.True(late.IsCompleted);
    });

    [Fact]
    public void A_refresh_that_is_held_back_costs_nothing_while_the_binding_stands() => SimulatedNetwork.Check(1, world =>
    {
        var server = world.StartServer(new EmbeddedServerSettings("example.test").WithUser("alice").WithMaxExpires(TimeSpan.FromMinutes(10)));
        var platform = world.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", SipTransportType.Tcp) { Connections = world.Connections("alice") }));
        var alice = new UserEndpoint(platform, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { RefreshWindow = new RefreshWindow(0.8, 0.81) });
        alice.Establish().Subscribe();
        world.RunFor(Second);
        server.Overload = new ServerOverload(OverloadAlgorithm.Loss, 100, TimeSpan.FromSeconds(500));
        world.RunFor(Second);
        world.Await(alice.SendAsync(SipRequest.Create(
            SipMethod.Options, SipUri.Parse("sip:example.test"), NameAddress.Parse("<sip:alice@example.test>;tag=1"), NameAddress.Parse("<sip:example.test>"), "one", 1)));
        using var states = alice.State.Record(world.Scheduler);
        server.Overload = null;
        world.RunFor(TimeSpan.FromMinutes(30));
        Assert.All(states.Values, state => Assert.IsType<EndpointState.Established>(state));
        Assert.Single(server.Bindings);
        Assert.InRange(alice.ConnectionManager.Traffic.HeldBack, 1, 3);
    });

    private static (EmbeddedServer Server, UserEndpoint Alice) Start(SimulatedNetwork world, OverloadControlOffer offer = OverloadControlOffer.Loss)
    {
        var server = world.StartServer(new EmbeddedServerSettings("example.test").WithUser("alice").WithUser("bob").WithAuthenticatesSenders(false));
        var bob = world.UserEndpoint("bob", SipTransportType.Udp);
        bob.Messages.Subscribe(_ => { });
        var platform = world.Own(new CollaborationPlatform(
            new ClientPlatformSettings("Test/1.0", SipTransportType.Udp) { Connections = world.Connections("alice") with { OverloadControl = offer } }));
        var alice = new UserEndpoint(platform, new UserEndpointSettings("sip:alice@example.test", "example.test", 0));
        alice.Establish().Subscribe();
        world.RunFor(Second);
        return (server, alice);
    }
}
