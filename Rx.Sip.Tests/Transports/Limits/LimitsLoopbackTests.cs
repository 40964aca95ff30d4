using System.Net;
using System.Net.Sockets;
using System.Text;
using Rx.Sip.Diagnostics;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Limits;

/// <summary>Limits between real sockets: 127.0.0.1 is one peer, 127.0.0.2 another.</summary>
public class LimitsLoopbackTests
{
    private const string Via = "SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1";

    [Fact]
    public async Task A_peer_has_its_connections_and_another_has_his()
    {
        await using var server = new Peer(new ConnectionManagerSettings { TrafficLimits = new TrafficLimits { MaxConnectionsPerPeer = 2 } });
        var bound = server.Listen(SipTransportType.Tcp, "127.0.0.1");
        using var first = Call("127.0.0.1", bound);
        using var second = Call("127.0.0.1", bound);
        Ping(first);
        Ping(second);
        using var third = Call("127.0.0.1", bound);
        using var other = Call("127.0.0.2", bound);

        Assert.True(IsClosed(third));
        Ping(other);
        Ping(first);
        second.Dispose();
        server.NextClosed();
        using var fourth = Call("127.0.0.1", bound);
        Ping(fourth);
        Assert.Equal(1, server.Manager.Traffic.Exceeded(TrafficLimit.MaxConnectionsPerPeer));
    }

    [Fact]
    public async Task Who_sends_garbage_is_cut_off_and_others_go_on()
    {
        await using var server = new Peer(new ConnectionManagerSettings { TrafficLimits = new TrafficLimits { MaxMalformedPerSecond = 1 } });
        var bound = server.Listen(SipTransportType.Tcp, "127.0.0.1");
        using var good = Call("127.0.0.2", bound);
        Ping(good);
        using var bad = Call("127.0.0.1", bound);
        bad.Send(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("garbage\r\nContent-Length: 0\r\n\r\n", 50))));

        Assert.Equal(TrafficLimit.MaxMalformedPerSecond, Assert.IsType<LimitExceededException>(server.NextClosed().Error).Limit);
        good.Send(Encoding.ASCII.GetBytes(ManagerWorld.Message(Via)));
        Assert.Equal("1@here", server.NextRequest().Request.CallId);
    }

    [Fact]
    public async Task Who_sends_too_fast_is_heard_later_and_nothing_is_lost()
    {
        await using var server = new Peer(new ConnectionManagerSettings { TrafficLimits = new TrafficLimits { MaxMessagesPerSecond = 200 } });
        var bound = server.Listen(SipTransportType.Tcp, "127.0.0.1");
        using var caller = Call("127.0.0.1", bound);
        caller.Send(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(number => ManagerWorld.Message(Via, callId: $"{number}")))));

        for (var number = 0; number < 300; number++)
            Assert.Equal($"{number}", server.NextRequest().Request.CallId);
        Assert.True(server.Manager.Traffic.Exceeded(TrafficLimit.MaxMessagesPerSecond) > 0);
    }

    [Fact]
    public async Task Many_messages_at_once_are_all_answered_in_their_order_however_few_may_wait()
    {
        await using var server = new Peer(new ConnectionManagerSettings { TrafficLimits = new TrafficLimits { MaxWaitingMessagesPerConnection = 1, MessageHighWaterMark = 200, MessageLowWaterMark = 0 } });
        var bound = server.Listen(SipTransportType.Tcp, "127.0.0.1");
        var callers = Enumerable.Range(0, 4).Select(_ => Call("127.0.0.1", bound)).ToList();
        await Task.WhenAll(callers.Select((caller, index) => Task.Run(() =>
        {
            for (var number = 0; number < 500; number++)
                caller.Send(Encoding.ASCII.GetBytes(ManagerWorld.Message(Via, callId: $"{index}.{number}")));
        })));

        var heard = Enumerable.Range(0, 4 * 500).Select(_ => server.NextRequest().Request.CallId!.Split('.')).ToList();
        foreach (var mine in heard.GroupBy(name => name[0]))
            Assert.Equal(Enumerable.Range(0, 500).Select(number => $"{number}"), mine.Select(name => name[1]));
        callers.ForEach(caller => caller.Dispose());
    }

    private static Socket Call(string from, IPEndPoint server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000 };
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        socket.Connect(server);
        return socket;
    }

    private static void Ping(Socket socket)
    {
        socket.Send("\r\n\r\n"u8);
        Assert.Equal(2, socket.Receive(new byte[2]));
    }

    private static bool IsClosed(Socket socket)
    {
        try
        {
            return socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode == SocketError.ConnectionReset;
        }
    }
}
