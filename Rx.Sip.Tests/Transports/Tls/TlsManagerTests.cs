using System.Net;
using System.Net.Sockets;
using System.Reactive.Concurrency;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Tls;

public sealed class TlsManagerTests : IAsyncDisposable
{
    private readonly TlsWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(SipTransportType.Tls)]
    [InlineData(SipTransportType.WebSocket)]
    [InlineData(SipTransportType.SecureWebSocket)]
    public void A_request_goes_out_and_its_response_comes_back(SipTransportType transport)
    {
        var (server, bound) = _world.Server(_world.Settings("localhost"), transport);
        var client = _world.Peer(_world.Settings());

        client.Send(new SipTarget(transport, bound, "localhost"), "1");
        var (flow, _) = server.NextRequest();
        var (back, response) = client.NextResponse();

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(back.LocalEndPoint, flow.RemoteEndPoint);
        Assert.Equal(transport == SipTransportType.WebSocket ? [] : ["localhost"], back.RemoteDomains);
    }

    [Fact]
    public void Two_identities_behind_one_address_never_share_a_connection()
    {
        var (server, bound) = _world.Server(_world.Settings("one.test", "two.test"));
        var client = _world.Peer(_world.Settings());

        foreach (var host in new[] { "one.test", "two.test", "ONE.test" })
            client.Send(new SipTarget(SipTransportType.Tls, bound, host), "1");
        var flows = Enumerable.Range(0, 3).Select(_ => server.NextRequest().Flow).Distinct();

        Assert.Equal(2, flows.Count());
    }

    [Fact]
    public void The_certificate_changes_and_established_connections_stay()
    {
        var (server, bound) = _world.Server(_world.Settings("one.test"));
        var client = _world.Peer(_world.Settings());
        var target = new SipTarget(SipTransportType.Tls, bound, "one.test");
        client.Send(target, "1");
        var first = client.NextResponse().Flow;

        server.Manager.Tls = server.Manager.Tls with { Certificate = _world.Authority.Issue("two.test") };
        client.Send(target, "2");
        client.Send(new SipTarget(SipTransportType.Tls, bound, "two.test"), "3");

        var flows = new[] { client.NextResponse().Flow, client.NextResponse().Flow };
        Assert.Contains(first, flows);
        Assert.Contains(flows, flow => flow.RemoteDomains is ["two.test"]);
    }

    [Fact]
    public async Task A_certificate_is_changed_by_its_manager_without_dropping_anybody()
    {
        await using var manager = new RealTimeServerTlsConnectionManager(_world.Settings("one.test").Certificate!);
        var server = new MessageRecorder { Answer = (flow, request) => flow.Send(SipResponse.For(request, 200, null, "b")) };
        manager.Sink = server;
        IPEndPoint? bound = null;
        manager.StartListening(new IPEndPoint(IPAddress.Loopback, 0)).Subscribe(address => bound = address);
        var client = _world.Peer(_world.Settings());
        client.Send(new SipTarget(SipTransportType.Tls, bound!, "one.test"), "1");
        client.NextResponse();

        manager.ChangeCertificate(_world.Authority.Issue("two.test"));
        client.Send(new SipTarget(SipTransportType.Tls, bound!, "one.test"), "2");
        Assert.Equal("2", client.NextResponse().Response.CallId);
        _world.Peer(_world.Settings()).Send(new SipTarget(SipTransportType.Tls, bound!, "one.test"), "3");
        client.Send(new SipTarget(SipTransportType.Tls, bound!, "two.test"), "4");
        Assert.Equal("4", client.NextResponse().Response.CallId);
        Assert.Equal(["1", "2", "4"], server.Requests.Select(one => one.Request.CallId));
    }

    [Fact]
    public void A_caller_is_reached_again_over_its_connection_at_its_address_alone()
    {
        var (server, bound) = _world.Server(_world.Settings("localhost"));
        var client = _world.Peer(_world.Settings());
        client.Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");
        var accepted = server.NextRequest().Flow;
        client.NextResponse();

        server.Send(new SipTarget(SipTransportType.Tls, accepted.RemoteEndPoint, "127.0.0.1"), "2");
        Assert.Equal(accepted.LocalEndPoint, client.NextRequest().Flow.RemoteEndPoint);

        server.Send(new SipTarget(SipTransportType.Tls, accepted.RemoteEndPoint, "client.test"), "3");
        Assert.IsType<SocketException>(server.NextClosed().Error);
    }

    [Fact]
    public void A_caller_that_proves_its_name_is_reached_again_by_it()
    {
        var (server, bound) = _world.Server(_world.Settings("localhost") with { NeedMutualTls = true });
        var client = _world.Peer(_world.Settings("client.test"));
        client.Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");
        var accepted = server.NextRequest().Flow;

        server.Send(new SipTarget(SipTransportType.Tls, accepted.RemoteEndPoint, "client.test"), "2");

        Assert.Equal(accepted.LocalEndPoint, client.NextRequest().Flow.RemoteEndPoint);
    }

    [Theory]
    [InlineData(SipTransportType.Tls)]
    [InlineData(SipTransportType.WebSocket)]
    [InlineData(SipTransportType.SecureWebSocket)]
    public void A_caller_that_says_nothing_is_cut_off(SipTransportType transport)
    {
        var server = _world.Peer(new ConnectionManagerSettings { Tls = _world.Settings("localhost"), TrafficLimits = new TrafficLimits { HandshakeTimeout = TimeSpan.FromMilliseconds(50) } });
        var bound = server.Listen(transport, "127.0.0.1");
        using var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        caller.Connect(bound);

        Assert.Equal(TrafficLimit.HandshakeTimeout, Assert.IsType<LimitExceededException>(server.NextClosed().Error).Limit);
        Assert.Equal(0, caller.Receive(new byte[1]));
    }

    [Fact]
    public void More_callers_at_their_handshake_than_allowed_are_closed_at_once()
    {
        var server = _world.Peer(new ConnectionManagerSettings { Tls = _world.Settings("localhost"), TrafficLimits = new TrafficLimits { MaxHandshakes = 1 } });
        var bound = server.Listen(SipTransportType.Tls, "127.0.0.1");
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var second = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        first.Connect(bound);

        second.Connect(bound);
        Assert.Equal(0, second.Receive(new byte[1]));

        first.Close();
        server.NextClosed();
        var client = _world.Peer(_world.Settings());
        client.Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");
        server.NextRequest();
    }

    [Theory]
    [InlineData(SipTransportType.Tls)]
    [InlineData(SipTransportType.WebSocket)]
    [InlineData(SipTransportType.SecureWebSocket)]
    public async Task Disposing_leaves_no_connection_and_no_port(SipTransportType transport)
    {
        var (server, bound) = _world.Server(_world.Settings("localhost"), transport);
        var client = _world.Peer(_world.Settings());
        client.Send(new SipTarget(transport, bound, "localhost"), "1");
        client.NextResponse();
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await silent.ConnectAsync(bound, TestContext.Current.CancellationToken);

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(0, server.Manager.Traffic.Connections);
        Assert.Equal(0, server.Manager.Watched);
        client.NextClosed();
        using var listener = new TcpListener(bound);
        listener.Start();
    }

    [Fact]
    public async Task Handshakes_that_fail_are_told_as_a_stream()
    {
        var (_, bound) = _world.Server(_world.Settings("other.test"));
        var client = _world.Peer(new ConnectionManagerSettings { Tls = _world.Settings(), Scheduler = TaskPoolScheduler.Default });
        var failed = new TaskCompletionSource<TlsFailureException>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = client.Manager.TlsFailures.Subscribe(failure => failed.TrySetResult(failure));

        client.Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");

        var failure = await failed.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(TlsFailureReason.IncorrectNameInRemoteCertificate, failure.Reason);
        Assert.Contains("other.test, not for localhost", failure.Message, StringComparison.Ordinal);
    }
}
