using Rx.Sip.Testing;
using Rx.Sip.Testing.Generators;
using Rx.Sip.Tests.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>What a user gains: one property of an application, and every network FsCheck can think of.</summary>
public class GeneratedFaultsTests
{
    // Connections that are forgotten are noticed by the next keep-alive, connections that are reset at once.
    private static readonly TimeSpan LongestNotice = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromHours(2);

    [Fact]
    public void Whatever_the_network_did_once_it_is_over_alice_is_registered_again_and_hears_bob()
    {
        foreach (var schedule in Sampled.Of(SipArbitraries.Faults, 50))
            SimulatedNetwork.Check(schedule.Seed, network =>
            {
                network.Note(schedule.ToString());
                Tell(network, schedule);
            });
    }

    private static void Tell(SimulatedNetwork network, FaultSchedule schedule)
    {
        var server = network.StartServer("example.test", users: ["alice", "bob"]);
        var (alice, bob) = (network.UserEndpoint("alice"), network.UserEndpoint("bob"));
        var heard = alice.Messages.Record(network.Scheduler);
        network.RunFor(TimeSpan.FromSeconds(1));
        schedule.ApplyTo(network, "example.test");
        network.RunFor(schedule.End + LongestNotice);

        network.RunUntil(() => IsRegistered(server, alice, "alice") && IsRegistered(server, bob, "bob"), LongestRecovery);
        var sent = bob.SendMessage("sip:alice@example.test", "still there?").Record(network.Scheduler);
        network.RunFor(TimeSpan.FromMinutes(1));

        Assert.True(sent.IsCompleted && sent.Values[^1].IsSuccess, sent.ToString());
        Assert.Equal("still there?", Assert.Single(heard.Values).Text);
        network.AssertNothingLeft();
    }

    private static bool IsRegistered(EmbeddedServer server, UserEndpoint endpoint, string user) =>
        endpoint.CurrentState is EndpointState.Established && server.BindingsOf(user).Count > 0;
}
