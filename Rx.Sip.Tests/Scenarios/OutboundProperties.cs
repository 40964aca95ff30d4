using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

public sealed class OutboundProperties
{
    /// <summary>Something that happens to one of the edge proxies, and how many seconds later the next thing does.</summary>
    private sealed record Blow(int Edge, int Kind, int Seconds);

    private static readonly Arbitrary<Blow[]> Schedules = (
        from edge in Gen.Choose(0, 1)
        from kind in Gen.Choose(0, 5)
        from seconds in Gen.Choose(0, 900)
        select new Blow(edge, kind, seconds)).ArrayOf().Resize(12).ToArbitrary();

    [Fact]
    public void Whatever_happens_to_edges_and_links_in_the_end_each_flow_has_one_binding() =>
        Prop.ForAll(Schedules, blows => Endure(blows, SipTransportType.Tcp)).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void The_same_over_UDP() =>
        Prop.ForAll(Schedules, blows => Endure(blows, SipTransportType.Udp)).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static void Endure(Blow[] blows, SipTransportType transport) => SimulatedNetwork.Check(blows.Length, world =>
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(20);
        var stage = new OutboundStage(world, transport);
        foreach (var blow in blows)
        {
            Strike(stage, blow);
            world.RunFor(TimeSpan.FromSeconds(blow.Seconds));
        }
        world.Heal();
        foreach (var edge in stage.Edges)
            edge.Restart();
        world.RunFor(TimeSpan.FromHours(2));
        Assert.IsType<EndpointState.Established>(stage.Alice.CurrentState);
        Assert.Equal(2, stage.Outbound.Values[^1].Standing);
        Assert.Equal(["1", "2"], stage.RegIds);
        Assert.Equal(200, stage.Send(stage.Bob, "sip:alice@example.test", "still there?"));
        world.AssertNothingLeft();
    });

    private static void Strike(OutboundStage stage, Blow blow)
    {
        var edge = stage.Edges[blow.Edge];
        switch (blow.Kind)
        {
            case 0:
                edge.Crash();
                break;
            case 1:
                edge.Restart();
                break;
            case 2:
                stage.World.Link("alice01", edge.Host.Name).Cut();
                break;
            case 3:
                stage.World.Link("alice01", edge.Host.Name).Heal();
                break;
            case 4:
                edge.Host.DropConnections();
                break;
            default:
                stage.World.Host("alice01").RebindNat();
                break;
        }
    }
}
