using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Endpoints;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>What the stories of servers that are found by DNS have in common.</summary>
internal static class NamedServers
{
    /// <summary>Two servers of example.test, a DNS server with their addresses and those records, and a registrar's answers from the stage.</summary>
    public static Stage Begin(SimulatedNetwork world, string records, params string[] edges)
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(10);
        edges = edges is [] ? ["edge1", "edge2"] : edges;
        world.Host("dns");
        var zone = DnsZone.Parse(Records(world, edges) + records);
        world.StartDnsServer("dns", zone);
        var stage = new Stage(world);
        foreach (var edge in edges)
        {
            var server = stage.Peer(edge, new SipPeerToPeerEndpointSettings("sip:example.test")).Endpoint;
            server.Messages.Subscribe();
            server.Requests.Subscribe(request =>
            {
                if (stage.Answer(request) is { } response)
                    request.Respond(response);
            });
        }
        return stage;
    }

    /// <summary>The addresses of those hosts as records.</summary>
    public static string Records(SimulatedNetwork world, params string[] edges) => string.Concat(edges.Select(edge =>
        $"{edge} 300 {(world.Host(edge).Address.ToString().Contains(':', StringComparison.Ordinal) ? "AAAA" : "A")} {world.Host(edge).Address}\n"));

    /// <summary>The requests that were sent, retransmissions included.</summary>
    public static IEnumerable<TrafficEntry> Sent(SimulatedNetwork world, string method) => world.Traffic.Entries
        .Where(entry => entry.Message is SipRequest request && request.Method.Name == method);

    /// <summary>Who was asked, each transaction once, in order.</summary>
    public static IEnumerable<string?> Reached(SimulatedNetwork world, string method) =>
        Sent(world, method).DistinctBy(entry => entry.Message!.TopVia!.Branch).Select(entry => entry.To);

    /// <summary>Whether it is that host that a request has reached now.</summary>
    public static bool HeardBy(SimulatedNetwork world, string host) => world.Traffic.Entries.Last(entry => entry.Message is SipRequest).To == host;
}
