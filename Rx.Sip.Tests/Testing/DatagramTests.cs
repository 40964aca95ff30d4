using System.Net;
using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class DatagramTests
{
    [Fact]
    public void A_datagram_takes_the_latency_and_can_be_answered()
    {
        var exchange = new Exchange(SipTransportType.Udp);
        exchange.Network.Conditions.Latency = TimeSpan.FromMilliseconds(40);

        exchange.Connect().Send(Exchange.Octets("hello"));
        exchange.Network.RunFor(TimeSpan.FromMilliseconds(40));
        Assert.Equal(["40 hello"], exchange.AtBob.Said);

        exchange.BobsTransport.Connect(new IPEndPoint(exchange.Alice.Address, 49152), exchange.AtBob).Send(Exchange.Octets("hello back"));
        exchange.Network.RunUntilIdle();

        Assert.Equal(["80 hello back"], exchange.AtAlice.Said);
    }

    [Fact]
    public void A_listening_socket_sends_from_its_own_port()
    {
        var exchange = new Exchange(SipTransportType.Udp);
        exchange.AlicesTransport.Listen(new IPEndPoint(exchange.Alice.Address, 5070), exchange.AtAlice);

        Assert.Equal(5070, exchange.Connect().LocalEndPoint.Port);
    }

    [Fact]
    public void A_third_of_the_datagrams_is_lost_if_the_conditions_say_so()
    {
        var exchange = new Exchange(SipTransportType.Udp);
        exchange.Network.Conditions.Loss = 0.33;

        Send(exchange, 10_000);

        Assert.InRange(exchange.AtBob.Said.Count, 6500, 6900);
        Assert.Equal(10_000, exchange.Network.Traffic.Sent);
        Assert.Equal(10_000 - exchange.AtBob.Said.Count, exchange.Network.Traffic.Lost);
    }

    [Fact]
    public void Duplicates_arrive_twice()
    {
        var exchange = new Exchange(SipTransportType.Udp);
        exchange.Network.Conditions.Duplication = 0.2;

        Send(exchange, 5_000);

        Assert.InRange(exchange.AtBob.Said.Count, 5_900, 6_100);
        Assert.Equal(exchange.AtBob.Said.Count - 5_000, exchange.Network.Traffic.Duplicated);
    }

    [Fact]
    public void Jitter_alone_never_lets_a_datagram_overtake_another() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var exchange = new Exchange(new SimulatedNetwork(seed), SipTransportType.Udp);
        exchange.Network.Conditions.Jitter = TimeSpan.FromMilliseconds(100);
        var flow = exchange.Connect();
        for (var i = 0; i < 30; i++)
        {
            var number = i;
            exchange.At(i, () => flow.Send(Exchange.Octets($"{number}.")));
        }

        exchange.Network.RunUntilIdle();

        Assert.Equal(string.Concat(Enumerable.Range(0, 30).Select(number => $"{number}.")), exchange.AtBob.Octets);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reordering_lets_later_datagrams_overtake()
    {
        var exchange = new Exchange(SipTransportType.Udp);
        exchange.Network.Conditions.Reordering = 0.5;

        Send(exchange, 100);

        var order = exchange.AtBob.Octets.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
        Assert.Equal(Enumerable.Range(0, 100), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 100), order);
    }

    [Fact]
    public void Conditions_change_midway_and_hold_for_what_is_sent_from_then_on()
    {
        var exchange = new Exchange(SipTransportType.Udp);
        var flow = exchange.Connect();
        exchange.Network.Conditions.Latency = TimeSpan.FromMilliseconds(50);
        flow.Send(Exchange.Octets("slow"));
        exchange.At(100, () => exchange.Network.Conditions.Latency = TimeSpan.FromMilliseconds(5));
        exchange.At(100, () => flow.Send(Exchange.Octets("fast")));

        exchange.Network.RunUntilIdle();

        Assert.Equal(["50 slow", "105 fast"], exchange.AtBob.Said);
    }

    [Fact]
    public void A_link_may_have_conditions_of_its_own()
    {
        var exchange = new Exchange(SipTransportType.Udp);
        exchange.Network.Link("bob", "alice").Conditions = new NetworkConditions { Latency = TimeSpan.FromMilliseconds(7) };

        exchange.Connect().Send(Exchange.Octets("hello"));
        exchange.Network.RunUntilIdle();

        Assert.Equal(["7 hello"], exchange.AtBob.Said);
    }

    [Fact]
    public void What_nobody_listens_for_is_lost_and_the_traffic_says_why()
    {
        var exchange = new Exchange(SipTransportType.Udp);

        exchange.Connect(5061).Send(Exchange.Octets("hello"));
        exchange.AlicesTransport.Connect(new IPEndPoint(IPAddress.Parse("192.0.2.9"), 5060), exchange.AtAlice).Send(Exchange.Octets("hello"));
        exchange.Network.RunUntilIdle();

        Assert.Equal(["nobody listens on 10.0.0.2:5061", "no host has this address"], exchange.Network.Traffic.Entries.Select(entry => entry.Reason));
    }

    [Fact]
    public void A_port_that_is_taken_or_an_address_of_somebody_else_cannot_be_listened_on()
    {
        var exchange = new Exchange(SipTransportType.Udp);

        var taken = Assert.Throws<SocketException>(() => exchange.BobsTransport.Listen(new IPEndPoint(IPAddress.Any, 5060), exchange.AtBob));
        var foreign = Assert.Throws<SocketException>(() => exchange.BobsTransport.Listen(new IPEndPoint(exchange.Alice.Address, 5060), exchange.AtBob));

        Assert.Equal(SocketError.AddressAlreadyInUse, taken.SocketErrorCode);
        Assert.Equal(SocketError.AddressNotAvailable, foreign.SocketErrorCode);
    }

    [Fact]
    public void What_happens_on_one_link_does_not_depend_on_the_traffic_of_others()
    {
        static string Told(bool withOthers)
        {
            var exchange = new Exchange(SipTransportType.Udp);
            exchange.Network.Conditions.Loss = 0.5;
            if (withOthers)
                exchange.Network.Host("carol").Transport(SipTransportType.Udp).Connect(new IPEndPoint(exchange.Bob.Address, 5061), exchange.AtAlice).Send(Exchange.Octets("noise"));
            Send(exchange, 100);
            return exchange.AtBob.Octets;
        }

        Assert.Equal(Told(withOthers: false), Told(withOthers: true));
    }

    private static void Send(Exchange exchange, int count)
    {
        var flow = exchange.Connect();
        for (var i = 0; i < count; i++)
            flow.Send(Exchange.Octets($"{i}."));
        exchange.Network.RunUntilIdle();
    }
}
