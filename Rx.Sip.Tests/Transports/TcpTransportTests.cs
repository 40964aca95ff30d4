using System.Net;
using System.Net.Sockets;
using System.Text;
using Rx.Sip.Diagnostics;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

/// <summary>What holds for connections with a thread of their own and for those without.</summary>
public abstract class TcpTransportTests(int maxThreads)
{
    public static TheoryData<string> Addresses => Loopback.Addresses;

    private readonly SinkRecorder _server = new();
    private readonly SinkRecorder _client = new();

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_connection_stands_and_carries_both_ways(string address)
    {
        await using var transport = new TcpTransport { MaxThreads = maxThreads };
        using var listener = transport.Listen(Loopback.Any(address), _server);

        var flow = transport.Connect(listener.LocalEndPoint, _client);
        flow.Send(Loopback.Octets("before it stands;"));
        Assert.Same(flow, _client.NextOpened());
        flow.Send(Loopback.Octets("and after"));
        var accepted = _server.NextOpened();
        accepted.Send(Loopback.Octets("hello"));

        Assert.Equal("before it stands;and after", _server.ReadStream(26));
        Assert.Equal("hello", _client.ReadStream(5));
        Assert.Equal(flow.LocalEndPoint, accepted.RemoteEndPoint);
        Assert.Equal(accepted.LocalEndPoint, flow.RemoteEndPoint);
    }

    [Fact]
    public async Task The_local_address_is_guessed_before_the_connection_stands()
    {
        await using var transport = new TcpTransport { MaxThreads = maxThreads };

        var flow = transport.Connect(new IPEndPoint(IPAddress.Loopback, 1), _client);

        Assert.Equal(IPAddress.Loopback, flow.LocalEndPoint.Address);
    }

    [Fact]
    public async Task A_refused_connection_closes_its_flow_with_the_error()
    {
        await using var transport = new TcpTransport { MaxThreads = maxThreads };
        var listener = transport.Listen(Loopback.Any("127.0.0.1"), _server);
        listener.Dispose();

        var flow = transport.Connect(listener.LocalEndPoint, _client);
        flow.Send(Loopback.Octets("lost"));
        var (closed, error) = _client.NextClosed();

        Assert.Same(flow, closed);
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(error).SocketErrorCode);
    }

    [Fact]
    public async Task What_was_sent_leaves_before_the_connection_closes()
    {
        await using var transport = new TcpTransport { MaxThreads = maxThreads };
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), _server);
        var flow = transport.Connect(listener.LocalEndPoint, _client);
        _client.NextOpened();

        for (var i = 0; i < 100; i++)
            flow.Send(Loopback.Octets("0123456789"));
        flow.Close();

        Assert.Equal(1000, _server.ReadStream(1000).Length);
        Assert.Null(_server.NextClosed().Error);
        Assert.Null(_client.NextClosed().Error);
    }

    [Fact]
    public async Task What_was_sent_leaves_before_the_transport_is_disposed()
    {
        var transport = new TcpTransport { MaxThreads = maxThreads };
        await using var other = new TcpTransport { MaxThreads = maxThreads };
        using var listener = other.Listen(Loopback.Any("127.0.0.1"), _server);
        var flow = transport.Connect(listener.LocalEndPoint, _client);
        _client.NextOpened();

        for (var i = 0; i < 100; i++)
            flow.Send(Loopback.Octets("0123456789"));
        await transport.DisposeAsync();

        Assert.Equal(1000, _server.ReadStream(1000).Length);
    }

    [Fact]
    public async Task Closing_is_told_once()
    {
        await using var transport = new TcpTransport { MaxThreads = maxThreads };
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), _server);
        var flow = transport.Connect(listener.LocalEndPoint, _client);
        _client.NextOpened();

        flow.Close();
        flow.Close();
        _client.NextClosed();
        flow.Send(Loopback.Octets("too late"));
        _server.NextClosed();

        Assert.False(_client.HasClosed);
        Assert.False(_server.HasClosed);
    }

    [Fact]
    public async Task Closing_before_the_connection_stands_gives_it_up()
    {
        await using var transport = new TcpTransport { MaxThreads = maxThreads };
        // A listener that accepts nobody and whose queue is full lets callers wait.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(Loopback.Any("127.0.0.1"));
        listener.Listen(0);
        var flows = Enumerable.Range(0, 8).Select(_ => transport.Connect((IPEndPoint)listener.LocalEndPoint!, _client)).ToList();

        foreach (var flow in flows)
            flow.Close();

        Assert.Equal(flows.ToHashSet(), flows.Select(_ => _client.NextClosed().Flow).ToHashSet());
    }

    [Fact]
    public async Task A_peer_that_reads_nothing_is_cut_off_before_it_fills_the_memory()
    {
        await using var transport = new TcpTransport { MaxThreads = maxThreads, MaxQueuedOctets = 100_000 };
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var flow = transport.Connect((IPEndPoint)listener.LocalEndpoint, _client);
        _client.NextOpened();
        var message = new byte[10_000];

        for (var i = 0; i < 10_000 && !_client.HasClosed; i++)
            flow.Send(message);

        var (closed, error) = _client.NextClosed();
        Assert.Same(flow, closed);
        Assert.Equal(TrafficLimit.MaxUnsentOctetsPerConnection, Assert.IsType<LimitExceededException>(error).Limit);
    }

    [Fact]
    public async Task A_stuck_connection_can_be_closed()
    {
        await using var transport = new TcpTransport { MaxThreads = maxThreads, MaxQueuedOctets = 64 * 1024 * 1024 };
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var flow = transport.Connect((IPEndPoint)listener.LocalEndpoint, _client);
        _client.NextOpened();
        flow.Send(new byte[32 * 1024 * 1024]);

        flow.Close();

        Assert.Null(_client.NextClosed().Error);
    }

    [Fact]
    public async Task A_large_message_arrives_whole()
    {
        await using var transport = new TcpTransport { MaxThreads = maxThreads };
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), _server);
        var flow = transport.Connect(listener.LocalEndPoint, _client);
        var text = string.Concat(Enumerable.Range(0, 300_000).Select(i => (char)('a' + i % 26)));

        flow.Send(Loopback.Octets(text));

        Assert.Equal(text, _server.ReadStream(text.Length));
    }

    [Fact]
    public async Task Concurrent_senders_keep_their_messages_whole_and_in_their_order()
    {
        const int senders = 4;
        const int each = 2000;
        await using var transport = new TcpTransport { MaxThreads = maxThreads };
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), _server);
        var flow = transport.Connect(listener.LocalEndPoint, _client);

        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
                flow.Send(Loopback.Octets($"{sender}:{i:D4};"));
        })));
        var messages = _server.ReadStream(senders * each * 7).Split(';', StringSplitOptions.RemoveEmptyEntries);

        foreach (var mine in messages.GroupBy(message => message[0]))
            Assert.Equal(Enumerable.Range(0, each).Select(i => $"{mine.Key}:{i:D4}"), mine);
    }

    [Fact]
    public async Task Answers_to_what_came_together_leave_together()
    {
        var server = new SinkRecorder
        {
            OnReceived = (flow, octets) =>
            {
                foreach (var octet in octets)
                    flow.Send(new[] { octet });
            },
        };
        await using var transport = new TcpTransport { MaxThreads = maxThreads };
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), server);
        var flow = transport.Connect(listener.LocalEndPoint, _client);

        flow.Send(Loopback.Octets("0123456789"));

        Assert.Equal("0123456789", _client.NextReceived().Text);
    }

    [Fact]
    public async Task A_paused_flow_is_not_read_until_it_goes_on()
    {
        await using var transport = new TcpTransport { MaxThreads = maxThreads };
        var server = new SinkRecorder { OnReceived = (flow, _) => flow.Pause() };
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), server);
        var flow = transport.Connect(listener.LocalEndPoint, _client);
        flow.Send(Loopback.Octets("first"));
        var (accepted, text) = server.NextReceived();
        flow.Send(Loopback.Octets("second"));
        var other = transport.Connect(listener.LocalEndPoint, _client);
        other.Send(Loopback.Octets("other"));

        Assert.Equal("first", text);
        Assert.Equal("other", server.NextReceived().Text);
        accepted.Resume();
        Assert.Equal("second", server.NextReceived().Text);
    }

    [Fact]
    public async Task Disposing_closes_everything_and_frees_the_port()
    {
        var transport = new TcpTransport { MaxThreads = maxThreads };
        var address = transport.Listen(Loopback.Any("127.0.0.1"), _server).LocalEndPoint;
        await using var other = new TcpTransport { MaxThreads = maxThreads };
        for (var i = 0; i < 20; i++)
        {
            other.Connect(address, _client);
            _server.NextOpened().Pause();
        }

        await transport.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        for (var i = 0; i < 20; i++)
        {
            _server.NextClosed();
            _client.NextClosed();
        }
        await using var next = new TcpTransport { MaxThreads = maxThreads };
        Assert.Equal(address, next.Listen(address, _server).LocalEndPoint);
        Assert.Throws<ObjectDisposedException>(() => transport.Listen(address, _server));
    }

    [Fact]
    public async Task A_peer_that_resets_closes_the_flow_with_the_error()
    {
        await using var transport = new TcpTransport { MaxThreads = maxThreads };
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), _server);
        using (var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            await peer.ConnectAsync(listener.LocalEndPoint, TestContext.Current.CancellationToken);
            await peer.SendAsync(Encoding.ASCII.GetBytes("half a mess"), TestContext.Current.CancellationToken);
            _server.NextReceived();
            peer.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(_server.NextClosed().Error).SocketErrorCode);
    }
}
