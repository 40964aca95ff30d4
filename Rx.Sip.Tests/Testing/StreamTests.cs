using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class StreamTests
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void A_connection_takes_the_way_there_and_back_and_what_was_sent_before_waits()
    {
        var exchange = Slow();

        exchange.Connect().Send(Exchange.Octets("x"));
        exchange.Network.RunUntilIdle();

        Assert.Equal(["20 opened"], exchange.AtAlice.Said);
        Assert.Equal(["10 opened", "30 x"], exchange.AtBob.Said);
    }

    [Fact]
    public void A_port_nobody_listens_on_refuses_after_the_way_there_and_back()
    {
        var exchange = Slow();

        exchange.Connect(5061);
        exchange.Network.RunUntilIdle();

        Assert.Equal(["20 closed: ConnectionRefused"], exchange.AtAlice.Said);
    }

    [Fact]
    public void A_port_of_another_stream_transport_refuses_too()
    {
        var exchange = Slow();

        exchange.Alice.Transport(SipTransportType.Tls).Connect(exchange.Listener.LocalEndPoint, exchange.AtAlice);
        exchange.Network.RunUntilIdle();

        Assert.Equal(["20 closed: ConnectionRefused"], exchange.AtAlice.Said);
    }

    [Fact]
    public void Octets_arrive_once_and_in_order_whatever_the_network_does_to_datagrams() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var exchange = new Exchange(new SimulatedNetwork(seed), SipTransportType.Tcp);
        var conditions = exchange.Network.Conditions;
        (conditions.Latency, conditions.Jitter) = (Latency, 5 * Latency);
        (conditions.Loss, conditions.Duplication, conditions.Reordering, conditions.Fragmentation) = (0.3, 0.3, 0.3, 0.7);
        var flow = exchange.Connect();
        for (var i = 0; i < 50; i++)
        {
            var number = i;
            exchange.At(i * 3, () => flow.Send(Exchange.Octets($"this is message {number}.")));
        }

        exchange.Network.RunUntilIdle();
        flow.Close();
        exchange.Network.RunUntilIdle();

        Assert.Equal(string.Concat(Enumerable.Range(0, 50).Select(i => $"this is message {i}.")), exchange.AtBob.Octets);
        Assert.EndsWith(" closed", exchange.AtBob.Said[^1], StringComparison.Ordinal);
        Assert.Equal(50, exchange.Network.Traffic.Delivered);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Messages_come_in_pieces_and_joined_together()
    {
        var exchange = new Exchange(SipTransportType.Tcp);
        exchange.Network.Conditions.Fragmentation = 0.5;
        var flow = exchange.Connect();
        for (var i = 0; i < 100; i++)
            flow.Send(Exchange.Octets("<0123456789>"));

        exchange.Network.RunUntilIdle();

        var chunks = exchange.AtBob.Said.Skip(1).Select(said => said[2..]).ToList();
        Assert.Contains(chunks, chunk => chunk.Length < 12);
        Assert.Contains(chunks, chunk => chunk.Length > 12);
    }

    [Fact]
    public void Loss_on_a_stream_is_a_retransmission_after_200_milliseconds()
    {
        var exchange = Slow();
        var flow = exchange.Connect();
        exchange.At(100, () => exchange.Network.Conditions.Loss = 1);
        exchange.At(100, () => flow.Send(Exchange.Octets("x")));

        exchange.Network.RunUntilIdle();

        // 0.2 + 0.4 + 0.8 + 1.6 + 3.2 + 6.4 s
        Assert.Equal("12710 x", exchange.AtBob.Said[^1]);
    }

    [Fact]
    public void Closing_lets_everything_arrive_first()
    {
        var exchange = Slow();
        var flow = exchange.Connect();
        exchange.At(50, () => flow.Send(Exchange.Octets("x")));
        exchange.At(50, flow.Close);
        exchange.At(50, flow.Close);
        exchange.At(51, () => flow.Send(Exchange.Octets("too late")));

        exchange.Network.RunUntilIdle();

        Assert.Equal(["20 opened", "50 closed"], exchange.AtAlice.Said);
        Assert.Equal(["10 opened", "60 x", "60 closed"], exchange.AtBob.Said);
        Assert.Equal(["listener tcp 10.0.0.2:5060 of bob"], exchange.Bob.OpenPorts);
    }

    [Fact]
    public void A_connection_given_up_before_it_stands_is_reset()
    {
        var exchange = Slow();
        var flow = exchange.Connect();
        exchange.At(15, flow.Close);

        exchange.Network.RunUntilIdle();

        Assert.Equal(["15 closed"], exchange.AtAlice.Said);
        Assert.Equal(["10 opened", "30 closed: ConnectionReset"], exchange.AtBob.Said);
    }

    [Fact]
    public void Dropped_connections_are_heard_of_here_at_once_and_there_when_told()
    {
        var exchange = Slow();
        exchange.Connect();
        exchange.At(100, exchange.Bob.DropConnections);

        exchange.Network.RunUntilIdle();

        Assert.Equal("100 closed: ConnectionAborted", exchange.AtBob.Said[^1]);
        Assert.Equal("110 closed: ConnectionReset", exchange.AtAlice.Said[^1]);
    }

    [Fact]
    public void What_breaks_between_two_hosts_is_heard_of_by_both_at_once()
    {
        var exchange = Slow();
        exchange.Connect();
        exchange.At(100, () => exchange.Network.DropConnections("bob", "alice"));

        exchange.Network.RunUntilIdle();

        Assert.Equal("100 closed: ConnectionReset", exchange.AtBob.Said[^1]);
        Assert.Equal("100 closed: ConnectionReset", exchange.AtAlice.Said[^1]);
    }

    [Fact]
    public void A_half_open_connection_is_noticed_when_something_is_sent()
    {
        var exchange = Slow();
        var flow = exchange.Connect();
        exchange.At(100, exchange.Bob.ForgetConnections);
        exchange.At(5000, () => flow.Send(Exchange.Octets("anybody there?")));

        exchange.Network.RunFor(TimeSpan.FromSeconds(4));
        Assert.Equal(["20 opened"], exchange.AtAlice.Said);
        exchange.Network.RunUntilIdle();

        Assert.Equal("5020 closed: ConnectionReset", exchange.AtAlice.Said[^1]);
    }

    [Fact]
    public void A_reader_that_pauses_lets_octets_wait()
    {
        var exchange = Slow();
        var flow = exchange.Connect();
        exchange.At(50, () => exchange.AtBob.Flows[0].Pause());
        exchange.At(60, () => flow.Send(Exchange.Octets("x")));
        exchange.At(900, () => exchange.AtBob.Flows[0].Resume());

        exchange.Network.RunUntilIdle();

        Assert.Equal(["10 opened", "900 x"], exchange.AtBob.Said);
    }

    [Fact]
    public void A_disposed_transport_closes_what_it_opened_and_accepted_and_makes_nothing_new()
    {
        var exchange = Slow();
        exchange.Connect();
        exchange.Network.RunFor(TimeSpan.FromMilliseconds(100));

        exchange.Network.Await(exchange.BobsTransport.DisposeAsync().AsTask());
        exchange.BobsTransport.Connect(exchange.Listener.LocalEndPoint, exchange.AtBob);
        exchange.Network.RunUntilIdle();

        Assert.Equal(["10 opened", "100 closed", "100 closed: NetworkDown"], exchange.AtBob.Said);
        Assert.Equal(["20 opened", "110 closed"], exchange.AtAlice.Said);
        Assert.Throws<ObjectDisposedException>(() => exchange.BobsTransport.Listen(exchange.Listener.LocalEndPoint, exchange.AtBob));
        exchange.Network.AssertNothingLeft();
    }

    [Fact]
    public void Seen_from_both_ends_the_addresses_agree()
    {
        var exchange = Slow();
        var flow = exchange.Connect();
        exchange.Network.RunUntilIdle();

        Assert.Equal(flow.LocalEndPoint, exchange.AtBob.Flows[0].RemoteEndPoint);
        Assert.Equal(flow.RemoteEndPoint, exchange.AtBob.Flows[0].LocalEndPoint);
    }

    private static Exchange Slow()
    {
        var exchange = new Exchange(SipTransportType.Tcp);
        (exchange.Network.Conditions.Latency, exchange.Network.Conditions.Fragmentation) = (Latency, 0);
        return exchange;
    }
}
