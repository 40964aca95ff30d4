using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Transports;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Connections go by who has proven to be at their end, on a network that loses and delays (RFC 5922, RFC 5923).</summary>
public sealed class ProvenIdentityTests
{
    private const int Port = 5061;

    [Fact]
    public void Two_programs_of_one_host_each_are_called_over_the_connection_they_opened() => SimulatedNetwork.CheckSeeds(10, world =>
    {
        Spoil(world);
        var hub = Peer(world, "hub", "hub.test");
        var one = Peer(world, "shared", Port, "one.test");
        var two = Peer(world, "shared", Port + 1, "two.test");
        Assert.All(new[] { one, two }, caller => Assert.Equal(200, Ask(world, caller, Sips("hub.test"))));

        Assert.Equal(200, Ask(world, hub, Sips("one.test")));
        Assert.Equal(200, Ask(world, hub, $"sips:somebody@two.test:{Port + 1}"));
        // No more than the port of another makes one the other.
        Assert.Equal(503, Ask(world, hub, $"sips:somebody@two.test:{Port}"));

        Assert.Equal(["one.test", "two.test"], hub.ConnectionManager.ConnectionPools.Select(pool => pool.Identity).Order());
        Assert.All(Requests(world, "hub"), sent => Assert.Single(Requests(world, "shared"), back => back.Source!.Equals(sent.Destination)));
        world.AssertNothingLeft();
    });

    [Fact]
    public void Peers_that_call_each_other_share_one_connection_and_after_a_break_another_one() => SimulatedNetwork.CheckSeeds(10, world =>
    {
        Spoil(world);
        var alice = Peer(world, "alice", "alice.test");
        var bob = Peer(world, "bob", "bob.test");

        for (var round = 1; round <= 3; round++)
        {
            for (var message = 0; message < 3; message++)
            {
                Assert.Equal(200, Ask(world, alice, Sips("bob.test")));
                Assert.Equal(200, Ask(world, bob, Sips("alice.test")));
            }
            Assert.Equal((round, round), (alice.ConnectionManager.Traffic.ConnectionsOpened, bob.ConnectionManager.Traffic.ConnectionsOpened));
            world.DropConnections("alice", "bob");
            world.RunFor(Minute);
        }

        Assert.Empty(bob.ConnectionManager.ConnectionPools);
        world.AssertNothingLeft();
    });

    [Fact]
    public void Who_is_called_by_a_name_that_is_not_his_is_not_spoken_to() => SimulatedNetwork.Check(1, world =>
    {
        Peer(world, "hub", "hub.test");
        world.Names.Set("bank.test", new IPEndPoint(world.Host("hub").Address, Port));
        var alice = Peer(world, "alice", "alice.test");

        using var answer = alice.SendMessage(Sips("bank.test"), "secret").Record(world.Scheduler);
        world.RunFor(Minute);

        Assert.Equal((503, SipLocalCause.TlsFailed), (Assert.Single(answer.Values).StatusCode, answer.Values[0].LocalCause));
        Assert.Equal(0, world.Traffic.Sent);
        world.AssertNothingLeft();
    });

    [Fact]
    public void A_decision_that_takes_its_time_costs_nothing_but_that_time_and_nobody_else_gets_in() => SimulatedNetwork.CheckSeeds(10, world =>
    {
        Spoil(world);
        var hub = Peer(world, "hub", Port, settings => settings with { NeedsConnectionAuthorization = true, Tls = settings.Tls with { TrustedDomains = ["friend.test"] } }, "hub.test");
        var asked = new List<string>();
        var deciding = hub.ConnectionManager.ConnectionAuthorizationRequests
            .Do(request => asked.Add(string.Join(' ', request.Connection.RemoteDomains)))
            .Select(request => (Request: request, Deferral: request.Defer()))
            .Delay(3 * Second, world.Scheduler)
            .Subscribe(waiting =>
            {
                if (waiting.Request.Connection.RemoteDomains.Contains("good.test"))
                    waiting.Request.Allow();
                waiting.Deferral.Dispose();
            });
        var (good, bad, friend) = (Peer(world, "good", "good.test"), Peer(world, "bad", "bad.test"), Peer(world, "friend", "friend.test"));

        var answers = new[] { good, bad, friend }.Select(caller => caller.SendMessage(Sips("hub.test"), "hello").Record(world.Scheduler)).ToList();
        world.RunFor(Minute);

        Assert.Equal([200, 503, 200], answers.Select(answer => Assert.Single(answer.Values).StatusCode));
        Assert.True(answers[0].EndedAfter >= 3 * Second);
        Assert.True(answers[2].EndedAfter < 3 * Second);
        Assert.Equal(["bad.test", "good.test"], asked.Order());
        deciding.Dispose();
        world.AssertNothingLeft();
    });

    private static void Spoil(SimulatedNetwork world)
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(20);
        world.Conditions.Jitter = TimeSpan.FromMilliseconds(30);
        world.Conditions.Loss = 0.05;
    }

    private static string Sips(string name) => $"sips:somebody@{name}:{Port}";

    private static int Ask(SimulatedNetwork world, SipPeerToPeerEndpoint from, string uri)
    {
        using var answer = from.SendMessage(uri, "hello").Record(world.Scheduler);
        world.RunFor(10 * Second);
        return Assert.Single(answer.Values).StatusCode;
    }

    private static IReadOnlyList<TrafficEntry> Requests(SimulatedNetwork world, string from) =>
        [.. world.Traffic.Entries.Where(entry => entry.From == from && entry.Message is SipRequest)];

    private static SipPeerToPeerEndpoint Peer(SimulatedNetwork world, string host, params string[] domains) => Peer(world, host, Port, domains);

    private static SipPeerToPeerEndpoint Peer(SimulatedNetwork world, string host, int port, params string[] domains) => Peer(world, host, port, settings => settings, domains);

    private static SipPeerToPeerEndpoint Peer(
        SimulatedNetwork world, string host, int port, Func<ConnectionManagerSettings, ConnectionManagerSettings> change, params string[] domains)
    {
        var address = new IPEndPoint(world.Host(host).Address, port);
        foreach (var domain in domains)
            world.Names.Set(domain, address);
        var platform = world.Own(new CollaborationPlatform(
            new ServerPlatformSettings("Test/1.0", SipTransportType.Tls, address) { Connections = change(world.Connections(host, domains)) }));
        world.Await(platform.StartupAsync());
        var endpoint = new SipPeerToPeerEndpoint(platform, new SipPeerToPeerEndpointSettings($"sip:somebody@{domains[0]}"));
        endpoint.Establish().Subscribe();
        endpoint.Messages.Subscribe(_ => { });
        return endpoint;
    }
}
