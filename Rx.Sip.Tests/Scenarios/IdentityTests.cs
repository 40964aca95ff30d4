using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Endpoints;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Several domains at one address, each proven by its own certificate (RFC 5922): trust in one is none in the other.</summary>
public sealed class IdentityTests
{
    private static readonly string[] Domains = ["one.test", "two.test", "three.test"];

    [Fact]
    public void Two_identities_behind_one_address_never_share_a_connection() => SimulatedNetwork.Check(1, world =>
    {
        var (stage, alice) = Begin(world);

        foreach (var domain in Domains[..2].Append("ONE.test").Append("two.test"))
            Assert.Equal(200, stage.StatusOf(alice.SendMessage($"sips:bob@{domain}", "hello")));

        Assert.Equal(2, ConnectionsOf(world).Distinct().Count());
        AssertApart(world);
        world.AssertNothingLeft();
    });

    [Fact]
    public void They_never_do_in_whatever_order_requests_are_sent_and_connections_break() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(byte Domain, bool Breaks)[]>(),
            steps => SimulatedNetwork.Check(1, world =>
            {
                var (stage, alice) = Begin(world);
                foreach (var (domain, breaks) in steps)
                {
                    if (breaks)
                        world.DropConnections("alice", "edge");
                    Assert.Equal(200, stage.StatusOf(alice.SendMessage($"sips:bob@{Domains[domain % Domains.Length]}", "hello")));
                }
                AssertApart(world);
                world.AssertNothingLeft();
            })).QuickCheckThrowOnFailure();

    private static (Stage Stage, SipPeerToPeerEndpoint Alice) Begin(SimulatedNetwork world)
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(10);
        var stage = new Stage(world);
        var edge = stage.ServerPlatform("edge");
        foreach (var domain in Domains)
        {
            world.Names.Set(domain, new IPEndPoint(world.Host("edge").Address, 0));
            new SipPeerToPeerEndpoint(edge, new SipPeerToPeerEndpointSettings($"sip:bob@{domain}")).Messages.Subscribe();
        }
        return (stage, stage.Peer("alice"));
    }

    // Each connection was used for one domain alone.
    private static void AssertApart(SimulatedNetwork world) =>
        Assert.All(
            world.Traffic.Entries.Where(entry => entry is { From: "alice", Message: SipRequest }).GroupBy(entry => entry.Source),
            connection => Assert.Single(connection.Select(entry => ((SipRequest)entry.Message!).RequestUri!.Host.ToLowerInvariant()).Distinct()));

    private static IEnumerable<IPEndPoint?> ConnectionsOf(SimulatedNetwork world) =>
        world.Traffic.Entries.Where(entry => entry is { From: "alice", Message: SipRequest }).Select(entry => entry.Source);
}
