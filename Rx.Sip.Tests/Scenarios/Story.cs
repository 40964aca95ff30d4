using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Testing;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>What the stories of registered users have in common.</summary>
internal static class Story
{
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Tells a story with a server of alice and bob, 40 ms away, and sees to it that nothing is left.</summary>
    public static void Tell(Action<SimulatedNetwork, EmbeddedServer> story, Func<EmbeddedServerSettings, EmbeddedServerSettings>? change = null) =>
        SimulatedNetwork.Check(7, world =>
        {
            world.Conditions.Latency = TimeSpan.FromMilliseconds(40);
            var settings = new EmbeddedServerSettings("example.test").WithUser("alice", world.PasswordOf("alice")).WithUser("bob", world.PasswordOf("bob"));
            var server = world.StartServer(change?.Invoke(settings) ?? settings);
            story(world, server);
            world.AssertNothingLeft();
        });

    /// <summary>What alice proves who she is with.</summary>
    public static NetworkCredential Credential(this SimulatedNetwork world) => new("alice", world.PasswordOf("alice"));

    /// <summary>Settings of alice, to be completed by the story.</summary>
    public static UserEndpoint Alice(this SimulatedNetwork world, SipTransportType transport, UserEndpointSettings settings)
    {
        var platform = world.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", transport) { Connections = world.Connections("alice") }));
        var alice = new UserEndpoint(platform, settings);
        alice.Establish().Subscribe(_ => { }, _ => { });
        return alice;
    }

    /// <summary>The REGISTERs of alice in the order they were sent, each once, however often it was repeated.</summary>
    public static IReadOnlyList<(TimeSpan At, SipRequest Request)> Registers(this SimulatedNetwork world) =>
        [.. world.Traffic.Entries.Where(entry => entry.From == "alice" && entry.Message is SipRequest { Method.Name: "REGISTER" })
            .Select(entry => (entry.SentAt - VirtualTime.Beginning, (SipRequest)entry.Message!))
            .DistinctBy(sent => sent.Item2.CSeq!.Value.Number)];
}
