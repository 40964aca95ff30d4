using System.Reactive.Linq;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

/// <summary>Endpoints as users of the testing kit get them.</summary>
public class SimulatedEndpointTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public void Users_of_a_server_establish_by_themselves_and_exchange_messages(SipTransportType transport) => SimulatedNetwork.Check(seed: 1, world =>
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(40);
        world.StartServer("example.test", users: ["alice", "bob"]);
        var (alice, bob) = (world.UserEndpoint("alice", transport), world.UserEndpoint("bob", transport));
        var seen = bob.Messages.Select(message => message.Text).Record(world.Scheduler);
        world.RunFor(TimeSpan.FromSeconds(1));

        var answer = alice.SendMessage("sip:bob@example.test", "hello").Record(world.Scheduler);
        world.RunFor(TimeSpan.FromSeconds(1));

        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Equal(["hello"], seen.Values);
        Assert.Equal(200, answer.Values[^1].StatusCode);
        world.AssertNothingLeft();
        Assert.True(seen.IsCompleted);
        Assert.IsType<EndpointState.Terminated>(alice.CurrentState);
    });

    [Fact]
    public void A_server_that_crashes_and_comes_back_is_registered_with_again() => SimulatedNetwork.Check(seed: 42, world =>
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(40);
        var server = world.StartServer("example.test", users: ["alice"]);
        var states = world.UserEndpoint("alice").State.Record(world.Scheduler);
        world.After(3 * Minute, server.Crash);
        world.After(4 * Minute, server.Restart);

        world.RunFor(TimeSpan.FromHours(1));

        Assert.Contains(states.Values, state => state is EndpointState.Reestablishing);
        Assert.IsType<EndpointState.Established>(states.Values[^1]);
        Assert.Single(server.BindingsOf("alice"));
        world.AssertNothingLeft();
    });

    [Theory]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public void Peers_speak_to_each_other_without_a_server(SipTransportType transport) => SimulatedNetwork.Check(seed: 1, world =>
    {
        var (alice, bob) = world.PeerToPeer("alice", "bob", transport);
        var seen = bob.Messages.Select(message => message.Text).Record(world.Scheduler);

        var answer = alice.SendMessage(bob.Address, "hello").Record(world.Scheduler);
        world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(["hello"], seen.Values);
        Assert.Equal(200, answer.Values[^1].StatusCode);
        Assert.Equal(transport == SipTransportType.Tcp, world.Traffic.Entries.Any(entry => entry.Kind == TrafficKind.Connection));
        world.AssertNothingLeft();
    });

    [Fact]
    public void Every_message_ends_in_one_answer_and_is_seen_at_most_once_whatever_the_network_does() => SimulatedNetwork.CheckSeeds(30, world =>
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(30);
        world.Conditions.Jitter = TimeSpan.FromMilliseconds(30);
        (world.Conditions.Loss, world.Conditions.Duplication, world.Conditions.Reordering) = (0.3, 0.2, 0.2);
        var (alice, bob) = world.PeerToPeer("alice", "bob");
        var seen = bob.Messages.Select(message => message.Text).Record(world.Scheduler);

        var answers = Enumerable.Range(0, 20).Select(number => alice.SendMessage(bob.Address, $"{number}").Record(world.Scheduler)).ToList();
        world.RunFor(2 * Minute);

        Assert.All(answers, answer => Assert.Single(answer.Values, response => response.IsFinal));
        Assert.All(answers, answer => Assert.True(answer.IsCompleted));
        Assert.Equal(seen.Values.Distinct(), seen.Values);
        world.AssertNothingLeft();
    });

    [Fact]
    public void The_same_seed_tells_the_same_story_to_the_octet_and_another_one_does_not()
    {
        Assert.Equal(Told(7), Told(7));
        Assert.NotEqual(Told(7), Told(8));
    }

    [Fact]
    public void A_user_nobody_knows_is_a_mistake_of_the_test() =>
        Assert.Throws<ArgumentException>(() => new SimulatedNetwork(1).UserEndpoint("alice"));

    private static string Told(long seed)
    {
        var world = new SimulatedNetwork(seed) { Conditions = { Latency = TimeSpan.FromMilliseconds(40), Jitter = TimeSpan.FromMilliseconds(10), Loss = 0.1 } };
        var server = world.StartServer("example.test", users: ["alice", "bob"]);
        var (alice, bob) = (world.UserEndpoint("alice", SipTransportType.Udp), world.UserEndpoint("bob"));
        using var seen = bob.Messages.Record(world.Scheduler);
        world.After(Minute, () => alice.SendMessage("sip:bob@example.test", "hello").Subscribe());
        world.After(2 * Minute, server.Crash);
        world.After(3 * Minute, server.Restart);
        world.RunFor(TimeSpan.FromHours(3));
        return $"{world.Traffic}\n{string.Join('\n', world.Traffic.Entries.Select(entry => Convert.ToHexString(entry.Octets.Span)))}";
    }
}
