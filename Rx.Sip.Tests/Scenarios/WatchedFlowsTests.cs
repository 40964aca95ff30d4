using Rx.Sip.Registration.Bindings;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A device with two flows (RFC 5626) that watches its user's bindings (RFC 3680): it is there as long as one of them is.</summary>
public sealed class WatchedFlowsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void What_another_device_binds_is_told_through_an_edge_proxy() => Tell((stage, sets) =>
    {
        var tablet = stage.User("alice", "alice02", SipTransportType.Tcp, []);
        stage.World.RunFor(2 * Second);
        Assert.Equal((3, 1), (sets.Values[^1].Bindings.Length, sets.Values[^1].Others.Count()));
        stage.World.Await(tablet.TerminateAsync());
        stage.World.RunFor(Second);
        Assert.Empty(sets.Values[^1].Others);
    });

    [Fact]
    public void When_the_edge_proxy_dies_that_the_subscription_goes_by_it_goes_by_the_other() => Tell((stage, sets) =>
    {
        stage.Edges[0].Crash();
        stage.World.RunFor(2 * Second);
        var tablet = stage.User("alice", "alice02", SipTransportType.Tcp, []);
        stage.World.RunFor(2 * Second);
        Assert.Single(sets.Values[^1].Others);
        Assert.All(stage.States.Values, state => Assert.IsType<EndpointState.Established>(state));
        stage.Edges[0].Restart();
        stage.World.RunFor(TimeSpan.FromMinutes(40));
        Assert.Equal(2, stage.Outbound.Values[^1].Standing);
        // The first subscription of each way ends by itself when nobody answers its notifications.
        Assert.InRange(stage.Server.Subscriptions, 2, 3);
        stage.World.Await(tablet.TerminateAsync());
    });

    [Fact]
    public void A_flow_that_is_taken_away_comes_back_as_long_as_the_other_stands() => Tell((stage, sets) =>
    {
        var tablet = stage.User("alice", "alice02", SipTransportType.Tcp, []);
        stage.World.RunFor(2 * Second);
        Remove(stage, tablet, sets.Values[^1].Bindings.First(binding => binding.IsOwn));
        Assert.Equal(1, stage.Outbound.Values[^1].Standing);
        Assert.All(stage.States.Values, state => Assert.IsType<EndpointState.Established>(state));
        stage.World.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal(2, stage.Outbound.Values[^1].Standing);
        stage.World.Await(tablet.TerminateAsync());
    });

    [Fact]
    public void A_device_all_of_whose_flows_are_taken_away_one_after_the_other_is_displaced_and_does_not_come_back() => Tell((stage, sets) =>
    {
        var tablet = stage.User("alice", "alice02", SipTransportType.Tcp, []);
        stage.World.RunFor(2 * Second);
        foreach (var binding in sets.Values[^1].Bindings.Where(binding => binding.IsOwn).ToList())
            Remove(stage, tablet, binding);
        Assert.Equal(TerminationReason.TooManyActiveEndpoints, Assert.IsType<EndpointState.Terminated>(stage.Alice.CurrentState).Reason);
        stage.World.RunFor(TimeSpan.FromHours(2));
        Assert.Single(stage.Server.BindingsOf("alice"));
        stage.World.Await(tablet.TerminateAsync());
    });

    private static void Remove(OutboundStage stage, UserEndpoint by, DeviceBinding binding)
    {
        using var left = by.InnerEndpoint.RemoveBinding(binding).Record(stage.World.Scheduler);
        stage.World.RunFor(Second);
        Assert.Single(left.Values);
    }

    private static void Tell(Action<OutboundStage, Recording<BindingSet>> story) => OutboundStage.Tell(stage =>
    {
        using var sets = stage.Alice.InnerEndpoint.BindingSet.Record(stage.World.Scheduler);
        stage.World.RunFor(Second);
        story(stage, sets);
    }, change: settings => settings.WithRegistrationEvents(true));
}
