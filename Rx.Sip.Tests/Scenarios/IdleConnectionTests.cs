using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A connection that carries a registration is not left to be closed for idleness.</summary>
public sealed class IdleConnectionTests
{
    [Fact]
    public void A_connection_that_would_be_closed_for_idleness_is_kept_alive() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        using var states = alice.State.Record(world.Scheduler);
        world.RunFor(3 * Hour);
        Assert.All(states.Values, state => Assert.IsType<EndpointState.Established>(state));
        Assert.Single(world.Traffic.Entries, entry => entry.Kind == TrafficKind.Connection && entry.From == "alice");
    });
}
