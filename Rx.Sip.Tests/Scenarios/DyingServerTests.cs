using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.NamedServers;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A server that others of its name can stand in for dies under a connection.</summary>
public sealed class DyingServerTests
{
    [Theory]
    [InlineData(SipTransportType.Tcp)]
    [InlineData(SipTransportType.Tls)]
    public void When_it_dies_without_a_word_the_next_of_its_SRV_records_has_the_request_after_one_transaction_timeout(SipTransportType transport) => Tell(transport, (world, stage, alice) =>
    {
        world.Link("alice", "edge1").Cut();
        using var answer = alice.SendMessage("sip:example.test", "hello").Record(world.Scheduler);
        world.RunFor(Minute);

        Assert.Equal(200, Assert.Single(answer.Values).StatusCode);
        Assert.Equal(TimeSpan.FromMilliseconds(32_040), answer.EndedAfter);
        Assert.Equal(["edge1", "edge2"], Reached(world, "MESSAGE"));
    });

    [Theory]
    [InlineData(SipTransportType.Tcp)]
    [InlineData(SipTransportType.Tls)]
    public void When_it_crashes_the_next_has_the_request_at_once(SipTransportType transport) => Tell(transport, (world, stage, alice) =>
    {
        world.Host("edge1").Crash();
        world.RunFor(Second);
        using var answer = alice.SendMessage("sip:example.test", "hello").Record(world.Scheduler);
        world.RunFor(Minute);

        Assert.Equal(200, Assert.Single(answer.Values).StatusCode);
        Assert.Equal(TimeSpan.FromMilliseconds(40), answer.EndedAfter);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Equal("edge2", Reached(world, "REGISTER").Last());
    });

    // Alice is registered at the first of two servers.
    private static void Tell(SipTransportType transport, Action<SimulatedNetwork, Endpoints.Stage, UserEndpoint> story) => SimulatedNetwork.CheckSeeds(5, world =>
    {
        var service = transport == SipTransportType.Tls ? "_sips._tcp" : "_sip._tcp";
        var port = transport == SipTransportType.Tls ? 5061 : 5060;
        var stage = Begin(world, $"{service}.example.test 300 SRV 0 1 {port} edge1\n{service}.example.test 300 SRV 1 1 {port} edge2");
        var alice = stage.User("alice", transport);
        Assert.Null(stage.Ask(alice.Establish()).Error);
        Assert.Equal(["edge1"], Reached(world, "REGISTER"));
        story(world, stage, alice);
        world.Heal();
        world.AssertNothingLeft();
    });
}
