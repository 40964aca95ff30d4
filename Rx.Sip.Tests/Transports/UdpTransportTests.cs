using System.Net;
using System.Net.Sockets;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

public class UdpTransportTests
{
    public static TheoryData<string> Addresses => Loopback.Addresses;

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_datagram_arrives_and_its_answer_comes_back(string address)
    {
        var (server, client) = (new SinkRecorder(), new SinkRecorder());
        await using var transport = new UdpTransport();
        await using var other = new UdpTransport();
        using var listener = transport.Listen(Loopback.Any(address), server);

        var flow = other.Connect(listener.LocalEndPoint, client);
        flow.Send(Loopback.Octets("ping"));
        var (back, text) = server.NextReceived();
        back.Send(Loopback.Octets("pong"));

        Assert.Equal("ping", text);
        Assert.Equal("pong", client.NextReceived().Text);
        Assert.NotEqual(0, listener.LocalEndPoint.Port);
        Assert.Equal(flow.LocalEndPoint, back.RemoteEndPoint);
        Assert.Equal(IPAddress.Parse(address), flow.LocalEndPoint.Address);
    }

    [Fact]
    public async Task What_we_send_leaves_from_where_we_listen()
    {
        var (one, two) = (new SinkRecorder(), new SinkRecorder());
        await using var transport = new UdpTransport();
        using var first = transport.Listen(Loopback.Any("127.0.0.1"), one);
        using var second = transport.Listen(Loopback.Any("127.0.0.1"), two);

        transport.Connect(second.LocalEndPoint, one).Send(Loopback.Octets("hello"));

        Assert.Equal(first.LocalEndPoint, two.NextReceived().Flow.RemoteEndPoint);
    }

    [Fact]
    public async Task A_peer_is_one_flow_however_it_was_met()
    {
        var (server, client) = (new SinkRecorder(), new SinkRecorder());
        await using var transport = new UdpTransport();
        await using var other = new UdpTransport();
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), server);

        var flow = other.Connect(listener.LocalEndPoint, client);
        flow.Send(Loopback.Octets("a"));
        flow.Send(Loopback.Octets("b"));
        var (first, second) = (server.NextReceived().Flow, server.NextReceived().Flow);
        first.Send(Loopback.Octets("c"));

        Assert.Same(first, second);
        Assert.Same(first, transport.Connect(first.RemoteEndPoint, server));
        Assert.Same(flow, client.NextReceived().Flow);
        Assert.Same(flow, other.Connect(listener.LocalEndPoint, client));
    }

    [Fact]
    public async Task A_socket_on_all_addresses_knows_the_one_a_peer_sees()
    {
        await using var transport = new UdpTransport();
        using var listener = transport.Listen(new IPEndPoint(IPAddress.Any, 0), new SinkRecorder());

        var flow = transport.Connect(new IPEndPoint(IPAddress.Loopback, 5060), new SinkRecorder());

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, listener.LocalEndPoint.Port), flow.LocalEndPoint);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_port_where_nobody_listens_closes_its_flow_and_no_other(string address)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "Only Linux tells which peer refused.");
        var (server, client) = (new SinkRecorder(), new SinkRecorder());
        await using var transport = new UdpTransport();
        await using var other = new UdpTransport();
        using var listener = transport.Listen(Loopback.Any(address), server);
        var nobody = new UdpTransport();
        var gone = nobody.Listen(Loopback.Any(address), server).LocalEndPoint;
        await nobody.DisposeAsync();

        var alive = other.Connect(listener.LocalEndPoint, client);
        alive.Send(Loopback.Octets("before"));
        var dead = other.Connect(gone, client);
        dead.Send(Loopback.Octets("anybody?"));
        var (closed, error) = client.NextClosed();
        alive.Send(Loopback.Octets("after"));

        Assert.Same(dead, closed);
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(error).SocketErrorCode);
        Assert.Equal("before", server.NextReceived().Text);
        Assert.Equal("after", server.NextReceived().Text);
        Assert.False(client.HasClosed);
        Assert.NotSame(dead, other.Connect(gone, client));
    }

    [Fact]
    public async Task Refusals_do_not_fail_what_is_sent_to_others_meanwhile()
    {
        var (server, client) = (new SinkRecorder(), new SinkRecorder());
        await using var transport = new UdpTransport();
        await using var other = new UdpTransport();
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), server);
        var nobody = new UdpTransport();
        var gone = nobody.Listen(Loopback.Any("127.0.0.1"), server).LocalEndPoint;
        await nobody.DisposeAsync();

        var alive = other.Connect(listener.LocalEndPoint, client);
        for (var i = 0; i < 200; i++)
        {
            other.Connect(gone, client).Send(Loopback.Octets("anybody?"));
            alive.Send(Loopback.Octets($"{i}"));
        }

        for (var i = 0; i < 200; i++)
            Assert.Equal($"{i}", server.NextReceived().Text);
    }

    [Fact]
    public async Task What_is_too_long_for_a_datagram_closes_the_flow_with_the_error()
    {
        var client = new SinkRecorder();
        await using var transport = new UdpTransport();
        var flow = transport.Connect(new IPEndPoint(IPAddress.Loopback, 9), client);

        flow.Send(new byte[70_000]);

        var (closed, error) = client.NextClosed();
        Assert.Same(flow, closed);
        Assert.Equal(SocketError.MessageSize, Assert.IsType<SocketException>(error).SocketErrorCode);
    }

    [Fact]
    public async Task An_address_in_use_is_refused_at_once()
    {
        await using var transport = new UdpTransport();
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), new SinkRecorder());

        Assert.Throws<SocketException>(() => transport.Listen(listener.LocalEndPoint, new SinkRecorder()));
    }

    [Fact]
    public async Task Concurrent_senders_lose_nothing()
    {
        const int senders = 4;
        const int each = 500;
        var (server, client) = (new SinkRecorder { OnReceived = (flow, octets) => flow.Send(octets) }, new SinkRecorder());
        await using var transport = new UdpTransport();
        await using var other = new UdpTransport();
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), server);
        var flow = other.Connect(listener.LocalEndPoint, client);
        var gate = new SemaphoreSlim(64);

        var answers = new HashSet<string>();
        var reading = Task.Run(() =>
        {
            for (var i = 0; i < senders * each; i++)
            {
                answers.Add(client.NextReceived().Text);
                gate.Release();
            }
        }, TestContext.Current.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                await gate.WaitAsync();
                flow.Send(Loopback.Octets($"{sender}/{i}"));
            }
        })));
        await reading;

        Assert.Equal(senders * each, answers.Count);
    }

    [Fact]
    public async Task Made_up_senders_do_not_pile_up()
    {
        var server = new SinkRecorder();
        await using var transport = new UdpTransport();
        using var listener = transport.Listen(new IPEndPoint(IPAddress.Any, 0), server);
        var port = listener.LocalEndPoint.Port;
        var first = transport.Connect(new IPEndPoint(IPAddress.Loopback, 1), server);

        for (var i = 0; i < 50_000; i++)
            transport.Connect(new IPEndPoint(new IPAddress([127, 1, (byte)(i >> 8), (byte)i]), 5060), server);

        Assert.NotSame(first, transport.Connect(new IPEndPoint(IPAddress.Loopback, 1), server));
        Assert.False(server.HasClosed);
        // Forgotten by the socket, it still works for who holds it.
        transport.Connect(new IPEndPoint(IPAddress.Loopback, port), server).Send(Loopback.Octets("still there"));
        Assert.Equal("still there", server.NextReceived().Text);
    }

    [Fact]
    public async Task Disposing_ends_threads_and_frees_ports_while_datagrams_pour_in()
    {
        var server = new SinkRecorder();
        var transport = new UdpTransport();
        await using var other = new UdpTransport();
        var address = transport.Listen(Loopback.Any("127.0.0.1"), server).LocalEndPoint;
        transport.Listen(Loopback.Any("127.0.0.1"), server);
        var flow = other.Connect(address, new SinkRecorder());
        using var stop = new CancellationTokenSource();
        var pouring = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                flow.Send(Loopback.Octets("x"));
        }, TestContext.Current.CancellationToken);
        server.NextReceived();

        await transport.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        using (var again = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
            again.Bind(address);
        await stop.CancelAsync();
        await pouring;
        Assert.NotEqual(default, server.NextClosed());
    }

    [Fact]
    public async Task Connecting_after_disposal_yields_a_closed_flow_and_no_exception()
    {
        var sink = new SinkRecorder();
        var transport = new UdpTransport();
        await transport.DisposeAsync();

        var flow = transport.Connect(new IPEndPoint(IPAddress.Loopback, 5060), sink);
        flow.Send(Loopback.Octets("x"));

        Assert.Same(flow, sink.NextClosed().Flow);
    }
}
