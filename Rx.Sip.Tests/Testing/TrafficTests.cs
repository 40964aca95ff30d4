using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class TrafficTests
{
    [Fact]
    public void The_ladder_has_a_column_for_each_host_and_a_line_for_each_thing_sent()
    {
        var exchange = new Exchange(SipTransportType.Tcp);
        (exchange.Network.Conditions.Latency, exchange.Network.Conditions.Fragmentation) = (TimeSpan.FromMilliseconds(40), 0);
        var request = Say.Request(SipMethod.Message, "sip:bob@example.test");
        exchange.Connect().Send(request.Bytes);
        exchange.At(150, () => exchange.AtBob.Flows[0].Send(request.Answer(200).Bytes));
        exchange.At(3_723_004, () => exchange.Network.Note("an hour later"));
        exchange.At(3_723_004, exchange.Bob.Crash);

        exchange.Network.RunUntilIdle();

        Assert.Equal("""
                         alice                                      bob
              0:00:00.000  │──────────────── connect ───────────────▶│  tcp +40 ms
              0:00:00.080  │─── MESSAGE sip:bob@example.test (1) ───▶│  tcp +40 ms
              0:00:00.150  │◀───────── 200 OK (1 MESSAGE) ───────────│  tcp +40 ms
              1:02:03.004  ── an hour later ─────────────────────────
              1:02:03.004  ── bob crashes ───────────────────────────
              1:02:03.004  │◀────────── connection reset ────────────│  tcp +40 ms

            """, exchange.Network.Traffic.ToString());
    }

    [Fact]
    public void Lost_and_duplicate_datagrams_are_marked()
    {
        var exchange = new Exchange(SipTransportType.Udp);
        var flow = exchange.Connect();
        exchange.Network.Conditions.Duplication = 1;
        flow.Send(Exchange.Octets("\r\n\r\n"));
        exchange.Network.Conditions.Loss = 1;
        flow.Send(Exchange.Octets("nonsense"));
        exchange.Network.RunUntilIdle();

        Assert.Equal("""
                         alice                                      bob
              0:00:00.000  │───────────────── ping ─────────────────▶│  udp +0 ms
              0:00:00.000  │───────────────── ping ─────────────────▶│  udp +0 ms, a duplicate
              0:00:00.000  │───── 8 octets that are no message ─────✗│  udp lost

            """, exchange.Network.Traffic.ToString());
    }

    [Fact]
    public void Traffic_is_filtered_by_hosts_and_methods()
    {
        var exchange = new Exchange(SipTransportType.Udp);
        exchange.Connect().Send(Say.Register().Bytes);
        exchange.Connect().Send(Say.Request(SipMethod.Message).Bytes);
        exchange.Network.Host("carol").Transport(SipTransportType.Udp).Connect(new IPEndPoint(exchange.Bob.Address, 5060), exchange.AtAlice).Send(Say.Register().Bytes);
        exchange.Network.Note("remember this");
        exchange.Network.RunUntilIdle();
        var traffic = exchange.Network.Traffic;

        Assert.Equal(["alice", "carol"], traffic.Of(SipMethod.Register).Entries.Select(entry => entry.From));
        Assert.Equal(["carol", ""], traffic.Between("bob", "carol").Entries.Select(entry => entry.From));
        Assert.Equal(3, traffic.Delivered);
        Assert.Equal(1, traffic.Between("bob", "carol").Delivered);
    }

    [Fact]
    public void Only_the_latest_entries_are_held_and_all_are_counted()
    {
        var exchange = new Exchange(SipTransportType.Udp);
        exchange.Network.Traffic.Capacity = 10;
        for (var i = 0; i < 1000; i++)
            exchange.Connect().Send(Exchange.Octets($"{i}"));
        exchange.Network.RunUntilIdle();

        Assert.Equal(10, exchange.Network.Traffic.Entries.Count);
        Assert.Equal(990, exchange.Network.Traffic.Forgotten);
        Assert.Equal(1000, exchange.Network.Traffic.Delivered);
        Assert.Contains("990 earlier entries are forgotten", exchange.Network.Traffic.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public void The_same_seed_gives_the_same_traffic_to_the_octet_and_another_seed_another(SipTransportType type)
    {
        Assert.Equal(Told(type, 7), Told(type, 7));
        Assert.NotEqual(Told(type, 7), Told(type, 8));
    }

    private static string Told(SipTransportType type, long seed)
    {
        var exchange = new Exchange(new SimulatedNetwork(seed), type);
        var conditions = exchange.Network.Conditions;
        (conditions.Latency, conditions.Jitter) = (TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(30));
        (conditions.Loss, conditions.Duplication, conditions.Reordering, conditions.Fragmentation) = (0.2, 0.2, 0.2, 0.5);
        var flow = exchange.Connect();
        for (var i = 0; i < 50; i++)
            exchange.At(i * 20, () => flow.Send(Say.Register().WithHeader("Call-ID", exchange.Network.Identifiers.CallId()).Bytes));
        exchange.Network.RunUntilIdle();
        return $"{exchange.Network.Traffic}{string.Join('\n', exchange.AtBob.Said)}{exchange.AtBob.Octets}";
    }
}
