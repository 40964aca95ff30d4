using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Endpoints;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Of several servers of a name, registration and messages use the same one, and leave it together.</summary>
public sealed class OneServerTests
{
    [Fact]
    public void Registration_and_messages_go_to_the_same_one_of_several_servers() => Tell2((world, first, second) =>
    {
        var alice = Alice(world);
        for (var number = 0; number < 20; number++)
        {
            alice.SendMessage("sip:bob@example.test", $"{number}").Subscribe();
            world.RunFor(10 * Minute);
        }
        Assert.Equal(["first"], SentTo(world).Distinct());
    });

    [Fact]
    public void A_server_that_fails_is_left_by_registration_and_messages_alike() => Tell2((world, first, second) =>
    {
        var alice = Alice(world);
        first.Answer = request => request.CreateResponse(503);
        world.RunFor(Hour);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        var before = SentTo(world).Count;
        Assert.False(world.Await(alice.SendMessageAsync("sip:bob@example.test", "where?")).IsLocal);
        Assert.Equal(["second"], SentTo(world).Skip(before).Distinct());
        Assert.Equal("second", SentTo(world)[^1]);
    });

    [Fact]
    public void A_registrar_that_sends_us_elsewhere_is_left_by_registration_and_messages_alike() => Tell2((world, first, second) =>
    {
        first.Answer = request => request.Request.Method == SipMethod.Register
            ? request.CreateResponse(302).WithHeader("Contact", $"<sip:example.test;maddr={world.Host("second").Address}>")
            : request.CreateResponse(500);
        var alice = Alice(world);
        Assert.False(world.Await(alice.SendMessageAsync("sip:bob@example.test", "where?")).IsLocal);
        Assert.Equal(["first", "second", "second"], SentTo(world));
    });

    private static UserEndpoint Alice(SimulatedNetwork world)
    {
        var alice = world.Alice(SipTransportType.Udp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0));
        world.RunFor(Second);
        return alice;
    }

    private static List<string> SentTo(SimulatedNetwork world) =>
        [.. world.Traffic.Entries.Where(entry => entry.From == "alice" && entry.Message is SipRequest).Select(entry => entry.To)];

    private static void Tell2(Action<SimulatedNetwork, Stage, Stage> story) => SimulatedNetwork.Check(7, world =>
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(40);
        var (first, second) = (new Stage(world), new Stage(world));
        first.StartRegistrar("first");
        second.StartRegistrar("second");
        world.Names.Set("example.test", new IPEndPoint(world.Host("first").Address, 0), new IPEndPoint(world.Host("second").Address, 0));
        story(world, first, second);
        world.AssertNothingLeft();
    });
}
