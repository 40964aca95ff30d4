using System.Net;
using System.Net.Sockets;
using System.Text;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

public class ManagerLoopbackTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<SipTransportType, string> Ways
    {
        get
        {
            var ways = new TheoryData<SipTransportType, string>();
            foreach (string address in Loopback.Addresses.Select(row => row.Data))
            {
                ways.Add(SipTransportType.Udp, address);
                ways.Add(SipTransportType.Tcp, address);
            }
            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_request_goes_out_and_its_response_comes_back(SipTransportType transport, string address)
    {
        await using var server = new Peer();
        await using var client = new Peer();
        var bound = server.Listen(transport, address);

        client.Send(new SipTarget(transport, bound, address), "1");
        var (flow, request) = server.NextRequest();
        var (back, response) = client.NextResponse();

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(back.LocalEndPoint, flow.RemoteEndPoint);
        Assert.Equal(flow.RemoteEndPoint.Port, request.TopVia?.ReceivedPort);
        Assert.Equal(IPAddress.Parse(address), request.TopVia?.Received);
    }

    [Fact]
    public async Task Several_addresses_are_listened_on_at_once()
    {
        await using var server = new Peer();
        await using var client = new Peer();
        var all = new[]
        {
            new SipTarget(SipTransportType.Udp, server.Listen(SipTransportType.Udp, "127.0.0.1"), "a"),
            new SipTarget(SipTransportType.Udp, server.Listen(SipTransportType.Udp, "127.0.0.1"), "b"),
            new SipTarget(SipTransportType.Tcp, server.Listen(SipTransportType.Tcp, "127.0.0.1"), "c"),
            new SipTarget(SipTransportType.Tcp, server.Listen(SipTransportType.Tcp, "127.0.0.1"), "d"),
        };

        foreach (var target in all)
            client.Send(target, target.Host);

        Assert.Equal(["a", "b", "c", "d"], all.Select(_ => client.NextResponse().Response.CallId).Order());
        Assert.Equal(4, server.Manager.ListeningAddresses.Length);
    }

    [Fact]
    public async Task Many_messages_of_many_senders_all_arrive_over_one_connection()
    {
        const int senders = 4;
        const int each = 1000;
        await using var server = new Peer();
        await using var client = new Peer();
        var target = new SipTarget(SipTransportType.Tcp, server.Listen(SipTransportType.Tcp, "127.0.0.1"), "a");

        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(
            () =>
            {
                for (var i = 0; i < each; i++)
                    client.Send(target, $"{sender}-{i}", body: i);
            },
            Cancellation)));

        var answered = Enumerable.Range(0, senders * each).Select(_ => client.NextResponse().Response.CallId).ToHashSet();
        Assert.Equal(senders * each, answered.Count);
        Assert.Equal(1, server.Manager.Traffic.ConnectionsOpened);
        Assert.Equal(0, server.Manager.Traffic.Malformed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Half_messages_wait_for_their_other_half(int chunk)
    {
        await using var server = new Peer();
        var bound = server.Listen(SipTransportType.Tcp, "127.0.0.1");
        using var socket = await Connected(bound);
        var octets = Encoding.UTF8.GetBytes(ManagerWorld.Message("SIP/2.0/TCP a.test;branch=z9hG4bK1"));

        for (var i = 0; i < octets.Length; i += chunk)
            await socket.SendAsync(octets.AsMemory(i, Math.Min(chunk, octets.Length - i)), Cancellation);

        Assert.Equal("hello", server.NextRequest().Request.BodyText);
        Assert.StartsWith("SIP/2.0 200 OK\r\n", await Text(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_leaves_in_the_middle_of_a_message_harms_nobody()
    {
        await using var server = new Peer();
        await using var client = new Peer();
        var bound = server.Listen(SipTransportType.Tcp, "127.0.0.1");
        using (var socket = await Connected(bound))
            await socket.SendAsync("MESSAGE sip:bob@example.test SIP/2.0\r\nVia: SIP/2.0/T"u8.ToArray(), Cancellation);

        Assert.NotNull(server.NextClosed().Flow);
        client.Send(new SipTarget(SipTransportType.Tcp, bound, "a"), "1");
        Assert.Equal(200, client.NextResponse().Response.StatusCode);
        Assert.Equal("1", server.NextRequest().Request.CallId);
    }

    [Fact]
    public async Task Garbage_is_counted_and_harms_nobody()
    {
        await using var server = new Peer();
        await using var client = new Peer();
        var bound = server.Listen(SipTransportType.Udp, "127.0.0.1");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var random = new Random(1);
        for (var i = 0; i < 100; i++)
        {
            var garbage = new byte[random.Next(1, 1000)];
            random.NextBytes(garbage);
            await socket.SendToAsync(garbage, bound, Cancellation);
        }

        client.Send(new SipTarget(SipTransportType.Udp, bound, "a"), "1");

        Assert.Equal(200, client.NextResponse().Response.StatusCode);
        Assert.Equal(100, server.Manager.Traffic.Malformed);
    }

    [Fact]
    public async Task A_stream_of_garbage_is_cut_off()
    {
        await using var server = new Peer();
        var bound = server.Listen(SipTransportType.Tcp, "127.0.0.1");
        using var socket = await Connected(bound);

        await socket.SendAsync("GET / HTTP/1.1\r\nHost: example.test\r\n\r\n"u8.ToArray(), Cancellation);

        Assert.IsType<InvalidDataException>(server.NextClosed().Error);
        Assert.Equal("", await Text(socket));
    }

    [Fact]
    public async Task A_message_larger_than_allowed_is_answered_and_cut_off()
    {
        await using var server = new Peer();
        var bound = server.Listen(SipTransportType.Tcp, "127.0.0.1");
        using var socket = await Connected(bound);

        await socket.SendAsync(Encoding.UTF8.GetBytes(ManagerWorld.Message("SIP/2.0/TCP a.test").Replace("Content-Length: 5", "Content-Length: 500000000", StringComparison.Ordinal)), Cancellation);

        Assert.StartsWith("SIP/2.0 413 ", await Text(socket), StringComparison.Ordinal);
        Assert.IsType<InvalidDataException>(server.NextClosed().Error);
    }

    [Theory]
    [InlineData(SipTransportType.Tcp)]
    [InlineData(SipTransportType.Udp)]
    public async Task A_refused_connection_is_told(SipTransportType transport)
    {
        Assert.SkipUnless(transport == SipTransportType.Tcp || (OperatingSystem.IsLinux() && Environment.Is64BitProcess), "Only Linux tells which datagram was refused.");
        await using var client = new Peer();
        IPEndPoint gone;
        await using (var server = new Peer())
            gone = server.Listen(transport, "127.0.0.1");

        client.Send(new SipTarget(transport, gone, "a"), "1");

        var (flow, error) = client.NextClosed();
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(error).SocketErrorCode);
        Assert.Equal(gone, flow.RemoteEndPoint);
    }

    [Fact]
    public async Task A_silent_connection_is_closed_by_the_real_clock_too()
    {
        await using var server = new Peer(new ConnectionManagerSettings { IdleTimeout = TimeSpan.FromMilliseconds(50) });
        var bound = server.Listen(SipTransportType.Tcp, "127.0.0.1");

        using var socket = await Connected(bound);

        Assert.Equal("", await Text(socket));
        Assert.Null(server.NextClosed().Error);
        Assert.Equal(0, server.Manager.Watched);
    }

    [Fact]
    public async Task More_connections_than_allowed_are_closed_at_once()
    {
        await using var server = new Peer(new ConnectionManagerSettings { TrafficLimits = new TrafficLimits { MaxConnections = 1 } });
        var bound = server.Listen(SipTransportType.Tcp, "127.0.0.1");
        using var first = await Connected(bound);
        await first.SendAsync(Encoding.UTF8.GetBytes(ManagerWorld.Message("SIP/2.0/TCP a.test")), Cancellation);
        server.NextRequest();

        using var second = await Connected(bound);

        Assert.Equal("", await Text(second));
        await first.SendAsync(Encoding.UTF8.GetBytes(ManagerWorld.Message("SIP/2.0/TCP a.test")), Cancellation);
        server.NextRequest();
    }

    [Fact]
    public async Task Disposing_leaves_no_port_and_no_flow()
    {
        var server = new Peer();
        await using var client = new Peer();
        var udp = server.Listen(SipTransportType.Udp, "127.0.0.1");
        var tcp = server.Listen(SipTransportType.Tcp, "127.0.0.1");
        client.Send(new SipTarget(SipTransportType.Udp, udp, "a"), "1");
        client.Send(new SipTarget(SipTransportType.Tcp, tcp, "a"), "2");
        client.NextResponse();
        client.NextResponse();

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        Assert.Equal(0, server.Manager.Traffic.Connections);
        Assert.Equal(0, server.Manager.Watched);
        Assert.Null(client.NextClosed().Error);
        using var again = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        again.Bind(udp);
        using var listener = new TcpListener(tcp);
        listener.Start();
    }

    private static async Task<Socket> Connected(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, Cancellation);
        return socket;
    }

    // What comes first, or nothing when the connection is closed or reset.
    private static async Task<string> Text(Socket socket)
    {
        var buffer = new byte[4096];
        try
        {
            return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
        }
        catch (SocketException)
        {
            return "";
        }
    }
}
