using System.Reactive.Subjects;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>When the network comes back, so does the registration.</summary>
public sealed class ReturningNetworkTests
{
    [Fact]
    public void When_the_application_says_that_the_network_is_back_registration_is_tried_at_once() => Tell((world, server) =>
    {
        using var available = new BehaviorSubject<bool>(true);
        var alice = world.Alice(SipTransportType.Udp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0)
        {
            Credential = world.Credential(),
            NetworkAvailable = available,
        });
        world.RunFor(Minute);
        world.Partition("alice");
        available.OnNext(false);
        world.RunFor(2 * Hour);
        var sent = world.Traffic.Sent;
        world.RunFor(Hour);
        Assert.Equal(sent, world.Traffic.Sent);
        world.Heal();
        available.OnNext(true);
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    });

    [Fact]
    public void Without_a_word_from_the_application_the_backoff_finds_the_network_again() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        world.Partition("alice");
        world.RunFor(8 * Hour);
        Assert.IsType<EndpointState.Reestablishing>(alice.CurrentState);
        world.Heal();
        // The longest wait there is, and an attempt that was in vain before.
        world.RunFor(31 * Minute);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Single(server.BindingsOf("alice"));
    });
}
