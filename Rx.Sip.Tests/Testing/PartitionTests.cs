using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class PartitionTests
{
    [Fact]
    public void Datagrams_sent_or_arriving_while_a_link_is_cut_are_lost()
    {
        var exchange = With(SipTransportType.Udp);
        var flow = exchange.Connect();
        exchange.Network.After(TimeSpan.FromMilliseconds(100), exchange.Network.Link("alice", "bob").Cut);
        exchange.Network.After(TimeSpan.FromMilliseconds(200), exchange.Network.Link("alice", "bob").Heal);
        foreach (var instant in new[] { 80, 95, 100, 190, 200 })
            exchange.At(instant, () => flow.Send(Exchange.Octets($"sent at {instant}")));

        exchange.Network.RunUntilIdle();

        Assert.Equal(["90 sent at 80", "210 sent at 200"], exchange.AtBob.Said);
        Assert.Equal(3, exchange.Network.Traffic.Entries.Count(entry => entry.Reason == "cut off"));
    }

    [Fact]
    public void A_stream_holds_what_is_written_while_cut_and_delivers_it_after_the_healing()
    {
        var exchange = With(SipTransportType.Tcp);
        var flow = exchange.Connect();
        exchange.Network.After(TimeSpan.FromMilliseconds(100), exchange.Network.Link("alice", "bob").Cut);
        exchange.At(110, () => flow.Send(Exchange.Octets("x")));
        exchange.At(120, () => flow.Send(Exchange.Octets("y")));
        exchange.Network.After(TimeSpan.FromMilliseconds(50_000), exchange.Network.Heal);

        exchange.Network.RunUntilIdle();

        Assert.Equal(["10 opened", "50010 x", "50010 y"], exchange.AtBob.Said);
    }

    [Fact]
    public void A_stream_that_is_cut_for_too_long_fails_at_the_sender_and_stays_half_open_at_the_other()
    {
        var exchange = With(SipTransportType.Tcp);
        var flow = exchange.Connect();
        exchange.At(100, () => exchange.Network.Partition("bob"));
        exchange.At(110, () => flow.Send(Exchange.Octets("x")));

        exchange.Network.RunFor(TimeSpan.FromHours(1));
        exchange.Network.Heal();
        exchange.Network.RunFor(TimeSpan.FromHours(1));

        Assert.Equal(["20 opened", "60120 closed: TimedOut"], exchange.AtAlice.Said);
        Assert.Equal(["10 opened"], exchange.AtBob.Said);
        exchange.AtBob.Flows[0].Send(Exchange.Octets("y"));
        exchange.Network.RunUntilIdle();
        Assert.Equal("7200020 closed: ConnectionReset", exchange.AtBob.Said[^1]);
    }

    [Fact]
    public void A_connection_asked_for_while_cut_stands_after_the_healing()
    {
        var exchange = With(SipTransportType.Tcp);
        exchange.Network.Partition("alice");
        exchange.Network.After(TimeSpan.FromSeconds(5), exchange.Network.Heal);

        exchange.Connect();
        exchange.Network.RunUntilIdle();

        Assert.Equal(["5020 opened"], exchange.AtAlice.Said);
    }

    [Fact]
    public void A_connection_asked_for_while_cut_fails_when_nobody_answers_in_time()
    {
        var exchange = With(SipTransportType.Tcp);
        exchange.Network.Partition("alice");

        exchange.Connect();
        exchange.Network.RunUntilIdle();

        Assert.Equal(["21000 closed: TimedOut"], exchange.AtAlice.Said);
    }

    [Fact]
    public void A_partition_parts_an_island_from_all_others_and_leaves_it_whole()
    {
        var network = new SimulatedNetwork(1);
        network.Partition("alice", "bob");

        Assert.False(network.Link("alice", "bob").IsCut);
        Assert.True(network.Link("alice", "carol").IsCut);
        Assert.False(network.Link("carol", "dave").IsCut);
        network.Heal();
        Assert.False(network.Link("alice", "carol").IsCut);
    }

    [Fact]
    public void A_crash_resets_connections_and_then_nothing_is_answered()
    {
        var exchange = With(SipTransportType.Tcp);
        exchange.Connect();
        exchange.Network.After(TimeSpan.FromMilliseconds(100), exchange.Bob.Crash);
        exchange.At(200, () => exchange.Connect());

        exchange.Network.RunUntilIdle();

        Assert.Equal(["20 opened", "110 closed: ConnectionReset", "21200 closed: TimedOut"], exchange.AtAlice.Said);
        Assert.Equal("100 closed: NetworkDown", exchange.AtBob.Said[^1]);
        Assert.Empty(exchange.Bob.OpenPorts);
    }

    [Fact]
    public void A_host_that_runs_again_has_nothing_open_until_somebody_listens()
    {
        var exchange = With(SipTransportType.Tcp);
        exchange.Network.After(TimeSpan.FromMilliseconds(100), exchange.Bob.Crash);
        exchange.Network.After(TimeSpan.FromMilliseconds(200), exchange.Bob.Restart);
        exchange.At(300, () => exchange.Connect());
        exchange.At(400, () => exchange.BobsTransport.Listen(exchange.Listener.LocalEndPoint, exchange.AtBob));
        exchange.At(500, () => exchange.Connect());

        exchange.Network.RunUntilIdle();

        Assert.Equal(["320 closed: ConnectionRefused", "520 opened"], exchange.AtAlice.Said);
    }

    private static Exchange With(SipTransportType type)
    {
        var exchange = new Exchange(type);
        (exchange.Network.Conditions.Latency, exchange.Network.Conditions.Fragmentation) = (TimeSpan.FromMilliseconds(10), 0);
        return exchange;
    }
}
