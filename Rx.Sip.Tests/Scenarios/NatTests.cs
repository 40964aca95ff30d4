using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A NAT between an endpoint and everybody else, with a memory of its own.</summary>
public sealed class NatTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2000)]
    [InlineData(8000)]
    public void A_NAT_that_forgets_between_a_request_and_its_answer_costs_a_retransmission(int milliseconds) => SimulatedNetwork.Check(1, world =>
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(40);
        world.Host("alice").RebindNat();
        var (alice, bob) = world.PeerToPeer("alice", "bob", SipTransportType.Udp);
        using var heard = bob.Messages.Record(world.Scheduler);
        using var later = bob.Messages.Subscribe(message => world.After(TimeSpan.FromMilliseconds(milliseconds), message.Defer().Dispose));
        using var answer = alice.SendMessage("sip:bob@bob;transport=udp", "hello").Record(world.Scheduler);

        world.RunFor(TimeSpan.FromMilliseconds(20));
        world.Host("alice").RebindNat();
        world.RunFor(Minute);

        var retransmissions = (double[])[500, 1500, 3500, 7500, 11_500];
        Assert.Equal(200, answer.Values[^1].StatusCode);
        Assert.InRange(answer.EndedAfter!.Value.TotalMilliseconds, milliseconds + 80, retransmissions.First(sent => sent + 40 >= milliseconds) + 80);
        Assert.Equal("hello", Assert.Single(heard.Values).Text);
        var (request, response) = (Last<SipRequest>(world), Last<SipResponse>(world));
        Assert.Equal(request.Source!.Port, response.Message!.TopVia!.ReceivedPort);
        world.AssertNothingLeft();
    });

    [Fact]
    public void A_registration_behind_a_NAT_that_forgets_is_reached_again_from_its_next_refresh_on() => Tell((world, server) =>
    {
        world.Host("alice").RebindNat();
        var alice = world.UserEndpoint("alice", SipTransportType.Udp);
        var bob = world.UserEndpoint("bob", SipTransportType.Udp);
        using var heard = alice.Messages.Record(world.Scheduler);
        world.RunFor(Minute);
        Assert.Equal(200, Send(world, bob, "one"));

        world.Host("alice").RebindNat();
        Assert.Equal(408, Send(world, bob, "lost"));
        world.RunFor(Hour);

        Assert.Equal(200, Send(world, bob, "two"));
        Assert.Equal(["one", "two"], heard.Values.Select(message => message.Text));
        Assert.Single(server.BindingsOf("alice"));
    });

    private static TrafficEntry Last<T>(SimulatedNetwork world) => world.Traffic.Entries.Last(entry => entry.Message is T);

    private static int Send(SimulatedNetwork world, UserEndpoint from, string text)
    {
        using var answer = from.SendMessage("sip:alice@example.test", text).Record(world.Scheduler);
        world.RunFor(Minute);
        return answer.Values[^1].StatusCode;
    }
}
