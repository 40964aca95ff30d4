using System.Net;
using System.Reactive.Linq;
using System.Text;
using Rx.Sip.Diagnostics;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Transports;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Bob is called by many who mean no good, and by alice.</summary>
public sealed class HostilePeersTests
{
    private const string Via = "SIP/2.0/TCP mallory;branch=z9hG4bK1";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Whoever_is_slow_or_floods_alice_is_heard_and_bob_holds_no_more_than_he_said() => SimulatedNetwork.CheckSeeds(20, world =>
    {
        var limits = new TrafficLimits { MaxConnectionsPerPeer = 5, MaxMalformedPerSecond = 10, MaxMessagesPerSecond = 50, MessageTimeout = 10 * Second, MaxPeersRemembered = 100 };
        var (bob, address) = Listen(world, limits);
        using var heard = bob.Messages.Select(message => message.Text).Record(world.Scheduler);
        var alice = world.Own(new SipPeerToPeerEndpoint(
            new SipPeerToPeerEndpointSettings("sip:alice@alice"), world.Own(new RealTimeClientConnectionManager(world.Connections("alice")))));
        world.Conditions.Fragmentation = 0.5;

        var hostile = new Hostile(world, address);
        for (var second = 0; second < 30; second++)
        {
            hostile.Misbehave(second);
            var response = world.Await(alice.SendMessageAsync($"sip:bob@{address};transport=tcp", $"{second}"));
            Assert.Equal(200, response.StatusCode);
            world.RunFor(Second);
            Assert.InRange(bob.ConnectionManager.Traffic.Connections, 1, 1 + 3 * 5);
        }

        Assert.Equal(Enumerable.Range(0, 30).Select(second => $"{second}"), heard.Values.Where(text => text != "hello"));
        var counts = bob.ConnectionManager.Traffic;
        Assert.All(
            [TrafficLimit.MaxConnectionsPerPeer, TrafficLimit.MaxMalformedPerSecond, TrafficLimit.MaxMessagesPerSecond, TrafficLimit.MessageTimeout],
            limit => Assert.True(counts.Exceeded(limit) > 0, $"{limit} was never exceeded."));
        world.AssertNothingLeft();
    });

    private static (SipPeerToPeerEndpoint Bob, IPEndPoint Address) Listen(SimulatedNetwork world, TrafficLimits limits)
    {
        var manager = world.Own(new RealTimeServerTcpConnectionManager(world.Connections("bob") with { TrafficLimits = limits }));
        var address = new IPEndPoint(world.Host("bob").Address, 5060);
        manager.StartListening(address).Subscribe(_ => { });
        manager.StartListening(SipTransportType.Udp, address).Subscribe(_ => { });
        return (world.Own(new SipPeerToPeerEndpoint(new SipPeerToPeerEndpointSettings("sip:bob@bob"), manager)), address);
    }

    /// <summary>Three hosts with transports and no manners.</summary>
    private sealed class Hostile(SimulatedNetwork world, IPEndPoint bob)
    {
        private readonly SinkRecorder _deaf = new();
        private readonly ISipTransport _slow = world.Own(world.Host("slow").Transport(SipTransportType.Tcp));
        private readonly ISipTransport _loud = world.Own(world.Host("loud").Transport(SipTransportType.Tcp));
        private readonly ISipTransport _rude = world.Own(world.Host("rude").Transport(SipTransportType.Tcp));
        private readonly ISipTransport _fake = world.Own(world.Host("rude").Transport(SipTransportType.Udp));

        public void Misbehave(int second)
        {
            Say(_slow, ManagerWorld.Message(Via, body: new string('x', 10_000))[..(100 + 300 * second)]);
            Say(_loud, string.Concat(Enumerable.Range(0, 80).Select(number => ManagerWorld.Message(Via, callId: $"{second}.{number}").Replace("z9hG4bK1", $"z9hG4bK{second}.{number}", StringComparison.Ordinal))));
            Say(_rude, string.Concat(Enumerable.Repeat("nonsense\r\nContent-Length: 0\r\n\r\n", 15)));
            for (var number = 0; number < 20; number++)
                _fake.Connect(bob, _deaf).Send(Encoding.ASCII.GetBytes("nonsense\r\n\r\n"));
        }

        private void Say(ISipTransport transport, string text) => transport.Connect(bob, _deaf).Send(Encoding.ASCII.GetBytes(text));
    }
}
