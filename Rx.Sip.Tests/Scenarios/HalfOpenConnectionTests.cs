using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A connection that one side believes in and the other does not: only a sign of life finds out.</summary>
public sealed class HalfOpenConnectionTests
{
    [Fact]
    public void A_connection_that_dies_without_a_word_is_noticed_ten_seconds_after_the_ping_to_the_tick() => Tell((world, server) =>
    {
        var (alice, states) = Begin(world);
        world.Link("alice", server.Host!.Name).Cut();
        world.RunFor(3 * Minute);

        Assert.Equal(10 * Second, NoticedAt(states) - LastPing(world));
        world.Heal();
        world.RunFor(2 * Minute);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Single(server.BindingsOf("alice"));
    });

    [Fact]
    public void A_connection_that_the_other_side_has_forgotten_is_noticed_with_the_answer_to_the_ping_and_replaced_at_once() => Tell((world, server) =>
    {
        var (alice, states) = Begin(world);
        server.Host!.ForgetConnections();
        world.RunFor(3 * Minute);

        Assert.Equal(TimeSpan.FromMilliseconds(80), NoticedAt(states) - LastPing(world, before: NoticedAt(states)));
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Single(server.BindingsOf("alice"));
    });

    [Fact]
    public void What_is_sent_before_the_ping_notices_it_too_and_is_told_so() => Tell((world, server) =>
    {
        var (alice, states) = Begin(world);
        server.Host!.ForgetConnections();
        using var answer = alice.SendMessage("sip:bob@example.test", "hello").Record(world.Scheduler);
        world.RunFor(3 * Minute);

        Assert.Equal((503, true), (answer.Values[^1].StatusCode, answer.Values[^1].IsLocal));
        Assert.Equal(TimeSpan.FromMilliseconds(80), answer.EndedAfter);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    });

    // Alice is registered over TCP, and the server has answered a ping.
    private static (UserEndpoint Alice, Recording<EndpointState> States) Begin(SimulatedNetwork world)
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(5 * Minute);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        return (alice, alice.State.Record(world.Scheduler));
    }

    private static DateTimeOffset LastPing(SimulatedNetwork world, DateTimeOffset? before = null) =>
        world.Traffic.Entries.Last(entry => entry is { From: "alice", Octets.Length: 4 } && entry.SentAt < (before ?? DateTimeOffset.MaxValue)).SentAt;

    private static DateTimeOffset NoticedAt(Recording<EndpointState> states) =>
        states.Notifications.First(said => said.Value is { HasValue: true, Value: EndpointState.Reestablishing }).Timestamp;
}
