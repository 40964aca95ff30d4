using System.Net;
using System.Reactive.Linq;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Testing;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A server behind two edge proxies, alice with a flow to each, bob straight at the server.</summary>
internal sealed class OutboundStage
{
    public static readonly string[] TwoEdges = ["edge1", "edge2"];

    public OutboundStage(SimulatedNetwork world, SipTransportType transport = SipTransportType.Tcp, Func<EmbeddedServerSettings, EmbeddedServerSettings>? change = null)
    {
        World = world;
        var settings = new EmbeddedServerSettings("example.test").WithUser("alice", world.PasswordOf("alice")).WithUser("bob", world.PasswordOf("bob")).WithKnowsOutbound(true);
        Server = world.StartServer(change is null ? settings : change(settings));
        Edges = [.. TwoEdges.Select(name => world.StartEdgeProxy(name, "example.test"))];
        Alice = User("alice", "alice01", transport, TwoEdges);
        Bob = User("bob", "bob01", SipTransportType.Tcp, []);
        AtAlice = Alice.Messages.Record(world.Scheduler);
        AtBob = Bob.Messages.Record(world.Scheduler);
        Outbound = Alice.InnerEndpoint.Outbound.Record(world.Scheduler);
        // Long enough for each flow to count as one that worked.
        world.RunFor(TimeSpan.FromSeconds(40));
        States = Alice.State.Record(world.Scheduler);
    }

    public SimulatedNetwork World { get; }

    public EmbeddedServer Server { get; }

    public IReadOnlyList<EmbeddedEdgeProxy> Edges { get; }

    public UserEndpoint Alice { get; }

    public UserEndpoint Bob { get; }

    public Recording<IncomingMessage> AtAlice { get; }

    public Recording<IncomingMessage> AtBob { get; }

    public Recording<OutboundState> Outbound { get; }

    /// <summary>Alice's states from when she was established.</summary>
    public Recording<EndpointState> States { get; }

    /// <summary>Alice's flows as they are.</summary>
    public IReadOnlyList<FlowRegistration> Flows => Outbound.Values[^1].Flows;

    public IEnumerable<string?> RegIds => Server.BindingsOf("alice").Select(binding => binding.Contact.Parameters.Get("reg-id")).Order();

    public static void Tell(Action<OutboundStage> story, SipTransportType transport = SipTransportType.Tcp, Func<EmbeddedServerSettings, EmbeddedServerSettings>? change = null) =>
        SimulatedNetwork.Check(1, world =>
        {
            world.Conditions.Latency = TimeSpan.FromMilliseconds(20);
            story(new OutboundStage(world, transport, change));
            world.AssertNothingLeft();
        });

    public UserEndpoint User(string name, string id, SipTransportType transport, string[] edges)
    {
        var platform = World.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", transport) { Connections = World.Connections(id) }));
        World.Watch($"transactions of {id}", () => platform.Directory.Layer.ActiveTransactions);
        World.Watch($"timers of {id}", () => platform.Directory.Layer.PendingTimers);
        World.Watch($"flows of {id} that are kept alive", () => platform.ConnectionManager.KeepAlives.Count);
        var user = new UserEndpoint(platform, new UserEndpointSettings($"sip:{name}@example.test", "example.test", 0)
        {
            Credential = new NetworkCredential(name, World.PasswordOf(name)),
            OutboundProxies = edges,
            EndpointId = id,
        });
        user.Establish().Subscribe(static _ => { }, static _ => { });
        return user;
    }

    /// <summary>The final status of a message, after a second.</summary>
    public int Send(UserEndpoint from, string to, string text) => Send(from, to, text, TimeSpan.FromSeconds(1));

    public int Send(UserEndpoint from, string to, string text, TimeSpan within)
    {
        using var responses = from.SendMessage(to, text).Record(World.Scheduler);
        World.RunFor(within);
        return responses.Values.LastOrDefault(response => response.IsFinal)?.StatusCode ?? 0;
    }
}
