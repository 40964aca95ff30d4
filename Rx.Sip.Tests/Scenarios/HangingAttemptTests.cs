using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>After a network loss no attempt is stuck: the next one is always due, and those who ask share it.</summary>
public sealed class HangingAttemptTests
{
    [Fact]
    public void A_network_that_is_lost_for_hours_leaves_no_attempt_hanging_and_registration_returns() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice", SipTransportType.Udp);
        world.RunFor(Minute);
        world.Partition("alice");
        world.RunFor(5 * Hour);
        Assert.IsType<EndpointState.Reestablishing>(alice.CurrentState);
        world.Heal();
        world.RunFor(Hour);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Single(server.BindingsOf("alice"));
    });

    [Fact]
    public void An_attempt_that_was_given_up_or_failed_is_not_in_the_way_of_the_next_one() => Tell((world, server) =>
    {
        var alice = world.Alice(SipTransportType.Udp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { Credential = world.Credential() });
        world.Partition("alice");
        for (var round = 0; round < 3; round++)
        {
            var abandoned = alice.Establish().Subscribe(_ => { }, _ => { });
            world.RunFor(10 * Second);
            abandoned.Dispose();
            using var failed = alice.Establish().Record(world.Scheduler);
            world.RunFor(Minute);
            Assert.IsType<ConnectionFailureException>(failed.Error);
            Assert.IsType<EndpointState.Idle>(alice.CurrentState);
        }
        world.Heal();
        var answers = Enumerable.Range(0, 10).Select(_ => alice.Establish().Record(world.Scheduler)).ToList();
        world.RunFor(Minute);
        Assert.All(answers, answer => Assert.IsType<EndpointState.Established>(Assert.Single(answer.Values)));
        Assert.Single(server.BindingsOf("alice"));
        // One challenged and one answered: ten callers are one attempt.
        Assert.Equal(2, world.Registers().Count(sent => world.Now - VirtualTime.Beginning - sent.At <= Minute));
    });
}
