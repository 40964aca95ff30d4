using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Limits;

public class HostilePeersProperties
{
    private const string Via = "SIP/2.0/TCP 192.0.2.7:4711;branch=z9hG4bK1";

    private static readonly TrafficLimits Limits = new()
    {
        MaxConnections = 30,
        MaxConnectionsPerPeer = 3,
        MaxPartialOctets = 100_000,
        MessageTimeout = TimeSpan.FromSeconds(10),
        MaxMessagesPerSecond = 20,
        MaxMalformedPerSecond = 5,
        MaxPeersRemembered = 16,
        MessageHighWaterMark = 50,
        MaxWaitingMessagesPerConnection = 10,
    };

    [Fact]
    public void Whatever_hostile_peers_do_what_they_hold_is_bounded_others_get_through_and_in_the_end_nothing_is_left() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var (random, world) = (new Random(seed), new ManagerWorld(new ConnectionManagerSettings { TrafficLimits = Limits, IdleTimeout = Timeout.InfiniteTimeSpan }));
            var good = Enumerable.Range(1, 3).Select(host => world.Tcp.Accept($"192.0.2.{host}:5060")).ToList();
            var (bad, said, delivered) = (new List<FakeFlow>(), 0, 0);
            for (var step = 0; step < 300; step++)
            {
                Misbehave(world, random, bad);
                if (random.Next(4) == 0)
                {
                    world.Above.Requests.Clear();
                    Speak(good[random.Next(3)], random, $"good{said++}");
                    delivered += world.Above.Requests.Count(one => one.Request.CallId!.StartsWith("good", StringComparison.Ordinal));
                }
                IsBounded(world);
            }
            Assert.Equal(said, delivered);
            Assert.DoesNotContain(good, flow => flow.IsClosed);
            return IsLeftClean(world);
        }).QuickCheckThrowOnFailure();

    private static void Misbehave(ManagerWorld world, Random random, List<FakeFlow> bad)
    {
        bad.RemoveAll(one => one.IsClosed);
        var flow = bad.Count == 0 ? null : bad[random.Next(bad.Count)];
        switch (random.Next(7))
        {
            case 0 or 1:
                bad.Add(world.Tcp.Accept(string.Create(CultureInfo.InvariantCulture, $"10.0.0.{random.Next(12)}:{random.Next(1024, 65536)}")));
                break;
            case 2 when flow is { IsPaused: false }:
                flow.Receive(ManagerWorld.Message(Via, body: new string('x', 60_000))[..random.Next(100, 60_000)]);
                break;
            case 3 when flow is { IsPaused: false }:
                flow.Receive(string.Concat(Enumerable.Repeat("garbage\r\nContent-Length: 0\r\n\r\n", random.Next(10))));
                break;
            case 4 when flow is { IsPaused: false }:
                world.Manager.Mailbox.Post(() => flow.Receive(string.Concat(Enumerable.Repeat(ManagerWorld.Message(Via, callId: "bad"), random.Next(1, 40)))));
                break;
            case 5:
                world.Udp.Accept(string.Create(CultureInfo.InvariantCulture, $"10.1.{random.Next(256)}.{random.Next(256)}:5060")).Receive("garbage\r\n\r\n");
                break;
            default:
                world.RunTo(world.Now + TimeSpan.FromMilliseconds(random.Next(3000)));
                break;
        }
    }

    // A message in pieces, as a network may deliver it.
    private static void Speak(FakeFlow flow, Random random, string callId)
    {
        var text = ManagerWorld.Message(Via, callId: callId, body: new string('x', random.Next(2000)));
        while (text.Length > 0)
        {
            var length = random.Next(1, text.Length + 1);
            flow.Receive(text[..length]);
            text = text[length..];
        }
    }

    private static void IsBounded(ManagerWorld world)
    {
        var (guard, connections) = (world.Manager.Guard, world.Manager.Traffic.Connections);
        Assert.InRange(connections, 3, Limits.MaxConnections);
        Assert.InRange(world.Manager.Watched, 0, connections);
        Assert.InRange(guard.Rests.Count, 0, connections);
        Assert.InRange(guard.Connections.Count, 3, connections);
        Assert.InRange(guard.Partial.Used, 0, Limits.MaxPartialOctets);
        Assert.InRange(guard.Sources.Count, 0, Limits.MaxPeersRemembered);
        Assert.Equal(0, world.Manager.Mailbox.Count);
    }

    private static bool IsLeftClean(ManagerWorld world)
    {
        world.Manager.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Assert.Equal((0, 0, 0), (world.Manager.Traffic.Connections, world.Manager.Watched, world.Manager.Guard.Rests.Count));
        Assert.Equal((0, 0L), (world.Manager.Guard.Connections.Count, world.Manager.Guard.Partial.Used));
        Assert.All(world.Tcp.Flows, flow => Assert.Equal(0, flow.Flow.Framer!.Room));
        return true;
    }
}
