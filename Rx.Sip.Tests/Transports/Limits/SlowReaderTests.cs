using System.Net;
using System.Net.Sockets;
using Rx.Sip.Diagnostics;
using Rx.Sip.Tests.Transports.Tls;
using Rx.Sip.Transports;
using Rx.Sip.Transports.Limits;
using Rx.Sip.Transports.Tls;
using Xunit;

namespace Rx.Sip.Tests.Transports.Limits;

/// <summary>Peers that do not take what is sent to them, on real sockets and a clock of our own.</summary>
public class SlowReaderTests
{
    private readonly SinkRecorder _client = new();

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public async Task A_peer_that_reads_nothing_is_cut_off_when_its_time_is_up(int maxThreads)
    {
        var time = new TimerTrap();
        await using var transport = new TcpTransport(new TrafficGuard(time, new TrafficLimits { SendTimeout = TimeSpan.FromSeconds(7) }, _ => { })) { MaxThreads = maxThreads, MaxQueuedOctets = 64 * 1024 * 1024 };
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var flow = transport.Connect((IPEndPoint)listener.LocalEndpoint, _client);
        _client.NextOpened();
        flow.Send(new byte[32 * 1024 * 1024]);

        var timer = time.NextLeft();
        Assert.Equal(TimeSpan.FromSeconds(7), timer.After);
        Assert.False(_client.HasClosed);
        timer.Run();

        Assert.Equal(TrafficLimit.SendTimeout, Assert.IsType<LimitExceededException>(_client.NextClosed().Error).Limit);
        Assert.True(timer.IsDisposed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public async Task A_peer_that_reads_slowly_is_not_cut_off_and_no_timer_is_left(int maxThreads)
    {
        var time = new TimerTrap();
        var guard = new TrafficGuard(time, TrafficLimits.Default, _ => { });
        await using var transport = new TcpTransport(guard) { MaxThreads = maxThreads, MaxQueuedOctets = 64 * 1024 * 1024 };
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var flow = transport.Connect((IPEndPoint)listener.LocalEndpoint, _client);
        _client.NextOpened();
        using var peer = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        flow.Send(new byte[16 * 1024 * 1024]);
        time.NextLeft();
        Assert.InRange(guard.Unsent.Used, 1, 64 * 1024 * 1024);

        var buffer = new byte[64 * 1024];
        for (var left = 16 * 1024 * 1024; left > 0;)
            left -= await peer.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        flow.Close();
        await transport.DisposeAsync();

        Assert.Null(_client.NextClosed().Error);
        Assert.Equal((0, 0), (time.Left, guard.Unsent.Used));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public async Task What_waits_for_all_peers_together_is_bounded_and_costs_who_lets_more_wait(int maxThreads)
    {
        var guard = new TrafficGuard(new TimerTrap(), new TrafficLimits { MaxUnsentOctets = 40 * 1024 * 1024 }, _ => { });
        await using var transport = new TcpTransport(guard) { MaxThreads = maxThreads, MaxQueuedOctets = 64 * 1024 * 1024 };
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var flows = Enumerable.Range(0, 3).Select(_ => transport.Connect((IPEndPoint)listener.LocalEndpoint, _client)).ToList();
        for (var i = 0; i < 3; i++)
            _client.NextOpened();

        flows[0].Send(new byte[16 * 1024 * 1024]);
        flows[1].Send(new byte[16 * 1024 * 1024]);
        flows[2].Send(new byte[16 * 1024 * 1024]);

        var (closed, error) = _client.NextClosed();
        Assert.Same(flows[2], closed);
        Assert.Equal(TrafficLimit.MaxUnsentOctets, Assert.IsType<LimitExceededException>(error).Limit);
        Assert.InRange(guard.Unsent.Used, 32 * 1024 * 1024, 40 * 1024 * 1024);
        await transport.DisposeAsync();
        Assert.Equal(0, guard.Unsent.Used);
    }

    [Theory]
    [InlineData(SipTransportType.Tls)]
    [InlineData(SipTransportType.WebSocket)]
    [InlineData(SipTransportType.SecureWebSocket)]
    public async Task The_same_holds_for_connections_with_a_handshake(SipTransportType type)
    {
        var (time, limits) = (new TimerTrap(), new TrafficLimits { SendTimeout = TimeSpan.FromSeconds(7), MaxUnsentOctetsPerConnection = 64 * 1024 * 1024 });
        var guard = new TrafficGuard(time, limits, _ => { });
        using var authority = new TestAuthority();
        var tls = new TlsContext(new TlsSettings { Certificate = authority.Issue("localhost"), TrustedRoots = [authority.Root] });
        await using var transport = Transport(type, tls, guard);
        // The peer stops reading as soon as it stands.
        var server = new SinkRecorder { OnOpened = flow => flow.Pause() };
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), server);
        var flow = transport.Connect(listener.LocalEndPoint, "localhost", _client);
        _client.NextOpened();
        server.NextOpened();
        flow.Send(new byte[16 * 1024 * 1024]);

        var timer = time.NextLeft();
        Assert.Equal(TimeSpan.FromSeconds(7), timer.After);
        Assert.InRange(flow.UnsentOctets, type is SipTransportType.Tls ? 1 : 0, 16 * 1024 * 1024);
        timer.Run();

        Assert.Equal(TrafficLimit.SendTimeout, Assert.IsType<LimitExceededException>(_client.NextClosed().Error).Limit);
        await transport.DisposeAsync();
        Assert.Equal((0, 0), (time.Left, guard.Unsent.Used));
    }

    [Theory]
    [InlineData(SipTransportType.Tls)]
    [InlineData(SipTransportType.WebSocket)]
    public async Task A_stuck_connection_with_a_handshake_can_be_closed(SipTransportType type)
    {
        var guard = new TrafficGuard(new TimerTrap(), new TrafficLimits { MaxUnsentOctetsPerConnection = 64 * 1024 * 1024 }, _ => { });
        using var authority = new TestAuthority();
        var tls = new TlsContext(new TlsSettings { Certificate = authority.Issue("localhost"), TrustedRoots = [authority.Root] });
        await using var transport = Transport(type, tls, guard);
        var server = new SinkRecorder { OnOpened = flow => flow.Pause() };
        using var listener = transport.Listen(Loopback.Any("127.0.0.1"), server);
        var flow = transport.Connect(listener.LocalEndPoint, "localhost", _client);
        _client.NextOpened();
        server.NextOpened();
        flow.Send(new byte[16 * 1024 * 1024]);
        flow.Send(new byte[16]);

        flow.Close();

        Assert.Null(_client.NextClosed().Error);
    }

    private static ISipTransport Transport(SipTransportType type, TlsContext tls, TrafficGuard guard) => type == SipTransportType.Tls
        ? new TlsTransport(tls, guard)
        : new WebSocketTransport(type == SipTransportType.SecureWebSocket ? tls : null, new ConnectionManagerSettings(), guard);
}
