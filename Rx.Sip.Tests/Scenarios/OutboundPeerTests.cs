using System.Net;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Endpoints;
using Rx.Sip.Transports;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A peer that never listens and speaks through a proxy: it is called back over its connection, as long as that stands.</summary>
public sealed class OutboundPeerTests
{
    [Fact]
    public void Its_connection_is_closed_three_minutes_after_the_last_message_and_opened_again_for_the_next() => Tell(settings => settings, (stage, alice, proxy, back) =>
    {
        stage.World.RunFor(3 * Minute - Second);
        Assert.Equal(200, stage.StatusOf(proxy.SendMessage(back, "still there?")));
        stage.World.RunFor(3 * Minute);
        Assert.Equal(503, stage.StatusOf(proxy.SendMessage(back, "and now?")));

        Assert.Equal(200, stage.StatusOf(alice.SendMessage("sip:anybody@nowhere.test", "hello again")));
        Assert.Equal(2, stage.World.Traffic.Entries.Count(entry => entry is { Kind: TrafficKind.Connection, From: "alice", To: "proxy" } && entry.Text == "connect"));
    });

    [Fact]
    public void Told_not_to_close_what_is_idle_it_is_reached_a_week_later() =>
        Tell(settings => settings with { IdleTimeout = Timeout.InfiniteTimeSpan }, (stage, alice, proxy, back) =>
        {
            stage.World.RunFor(TimeSpan.FromDays(7));

            Assert.Equal(200, stage.StatusOf(proxy.SendMessage(back, "still there?")));
        });

    // Alice has sent one message; the proxy knows where it came from.
    private static void Tell(Func<ConnectionManagerSettings, ConnectionManagerSettings> change, Action<Stage, SipPeerToPeerEndpoint, SipPeerToPeerEndpoint, string> story) =>
        SimulatedNetwork.Check(1, world =>
        {
            world.Conditions.Latency = TimeSpan.FromMilliseconds(10);
            var stage = new Stage(world);
            // Nothing is left open by a proxy that does not close by itself either.
            var platform = world.Own(new CollaborationPlatform(new ServerPlatformSettings("Test/1.0", SipTransportType.Tcp, new IPEndPoint(world.Host("proxy").Address, 5060))
            {
                Connections = world.Connections("proxy") with { IdleTimeout = Timeout.InfiniteTimeSpan },
            }));
            world.Await(platform.StartupAsync());
            var proxy = new SipPeerToPeerEndpoint(platform, new SipPeerToPeerEndpointSettings("sip:anybody@nowhere.test"));
            var manager = world.Own(new RealTimeClientConnectionManager(change(world.Connections("alice"))));
            var alice = world.Own(new SipPeerToPeerEndpoint("sip:alice@example.test", manager, SipTransportType.Tcp, "proxy", 0));
            string? back = null;
            proxy.Messages.Subscribe(message => back = $"sip:alice@{message.Connection.RemoteEndPoint};transport=tcp");
            alice.Messages.Subscribe();
            Assert.Equal(200, stage.StatusOf(alice.SendMessage("sip:anybody@nowhere.test", "hello")));
            Assert.Empty(manager.ListeningAddresses);
            story(stage, alice, proxy, back!);
            world.AssertNothingLeft();
        });
}
