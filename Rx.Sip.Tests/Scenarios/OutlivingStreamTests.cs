using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Streams outlive connections: what was subscribed to once goes on once, however often the endpoint reconnects.</summary>
public sealed class OutlivingStreamTests
{
    [Fact]
    public void Who_observes_messages_hears_each_exactly_once_however_often_the_connection_was_lost() => Tell((world, server) =>
    {
        var (alice, bob) = (world.UserEndpoint("alice"), world.UserEndpoint("bob"));
        using var heard = alice.Messages.Record(world.Scheduler);
        using var states = alice.State.Record(world.Scheduler);
        List<string> sent = [];
        for (var round = 0; round < 5; round++)
        {
            world.RunFor(5 * Minute);
            sent.Add($"round {round}");
            bob.SendMessage("sip:alice@example.test", sent[^1]).Subscribe();
            world.RunFor(Second);
            server.DropConnections();
        }
        world.RunFor(5 * Minute);
        Assert.Equal(sent, heard.Values.Select(message => message.Text));
        Assert.Equal(6, states.Values.Count(state => state is EndpointState.Established));
        Assert.False(heard.IsCompleted);
        Assert.Single(server.BindingsOf("alice"));
    });
}
