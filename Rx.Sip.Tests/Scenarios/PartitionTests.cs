using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Two peers that can't reach each other for a while.</summary>
public sealed class PartitionTests
{
    [Theory]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    [InlineData(SipTransportType.Tls)]
    public void What_was_sent_into_a_short_partition_arrives_once_when_it_is_healed(SipTransportType transport) => Tell(transport, (world, alice, bob, uri) =>
    {
        using var heard = bob.Messages.Record(world.Scheduler);
        Assert.Equal(200, Send(world, alice, uri, "before"));
        world.Partition("bob");
        using var answer = alice.SendMessage(uri, "meanwhile").Record(world.Scheduler);
        world.RunFor(20 * Second);
        Assert.Empty(answer.Values);
        world.Heal();
        world.RunFor(Minute);

        Assert.Equal(200, Assert.Single(answer.Values).StatusCode);
        Assert.Equal(["before", "meanwhile"], heard.Values.Select(message => message.Text));
    });

    [Theory]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    [InlineData(SipTransportType.Tls)]
    public void After_a_long_one_both_sides_reach_each_other_again_though_what_was_sent_meanwhile_was_given_up(SipTransportType transport) => Tell(transport, (world, alice, bob, uri) =>
    {
        using var heard = bob.Messages.Record(world.Scheduler);
        Assert.Equal(200, Send(world, alice, uri, "before"));
        world.Partition("bob");
        using var answer = alice.SendMessage(uri, "meanwhile").Record(world.Scheduler);
        world.RunFor(Hour);
        Assert.Equal((408, true), (answer.Values[^1].StatusCode, answer.Values[^1].IsLocal));
        Assert.Equal(32 * Second, answer.EndedAfter);
        world.Heal();
        world.RunFor(Minute);

        Assert.Equal(200, Send(world, alice, uri, "after"));
        Assert.Equal(["before", "after"], heard.Values.Select(message => message.Text));
    });

    private static void Tell(SipTransportType transport, Action<SimulatedNetwork, SipPeerToPeerEndpoint, SipPeerToPeerEndpoint, string> story) => SimulatedNetwork.CheckSeeds(5, world =>
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(40);
        var (alice, bob) = world.PeerToPeer("alice", "bob", transport);
        story(world, alice, bob, $"sip:bob@bob;transport={transport.ToString().ToLowerInvariant()}");
        world.AssertNothingLeft();
    });

    private static int Send(SimulatedNetwork world, SipPeerToPeerEndpoint from, string uri, string text)
    {
        using var answer = from.SendMessage(uri, text).Record(world.Scheduler);
        world.RunFor(Second);
        return Assert.Single(answer.Values).StatusCode;
    }
}
