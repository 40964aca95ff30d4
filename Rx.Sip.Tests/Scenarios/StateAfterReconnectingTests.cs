using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A connection is not a registration: the state says which of the two there is.</summary>
public sealed class StateAfterReconnectingTests
{
    [Fact]
    public void A_dropped_connection_is_shown_at_once_and_so_is_the_recovery_at_the_instant_that_was_announced() => SimulatedNetwork.CheckSeeds(10, world =>
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(40);
        var server = world.StartServer("example.test", ["alice"]);
        var alice = world.UserEndpoint("alice");
        world.RunFor(5 * Minute);
        using var states = alice.State.Record(world.Scheduler);
        server.DropConnections();
        world.RunFor(5 * Minute);
        var lost = Assert.IsType<EndpointState.Reestablishing>(states.Values[1]);
        Assert.Equal(TimeSpan.FromMilliseconds(40), states.Instants[1]);
        Assert.IsType<EndpointState.Established>(states.Values[2]);
        Assert.Equal(3, states.Values.Count);
        var begun = lost.NextAttempt - (VirtualTime.Beginning + 5 * Minute);
        Assert.InRange(begun - states.Instants[1], TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
        // A connection takes a round trip, REGISTER with the known nonce another one.
        Assert.InRange(states.Instants[2] - begun, TimeSpan.FromMilliseconds(160), TimeSpan.FromMilliseconds(240));
        world.AssertNothingLeft();
    });

    [Fact]
    public void A_connection_that_stands_again_is_not_shown_as_established_before_the_registrar_agrees() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        using var states = alice.State.Record(world.Scheduler);
        server.Faults.IgnoreNext(SipMethod.Register, 1);
        server.DropConnections();
        world.RunFor(45 * Second);
        var connected = world.Traffic.Entries.Last(entry => entry.Kind == TrafficKind.Connection && entry.From == "alice");
        Assert.True(connected.SentAt > VirtualTime.Beginning + Minute);
        Assert.All(states.Values.Skip(1), state => Assert.IsType<EndpointState.Reestablishing>(state));
        world.RunFor(5 * Minute);
        Assert.IsType<EndpointState.Established>(states.Values[^1]);
    });
}
