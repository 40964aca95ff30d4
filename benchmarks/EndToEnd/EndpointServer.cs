using System.Net;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>An endpoint of the public API whose messages are observed and answered by itself.</summary>
internal sealed class EndpointServer : IBenchmarkServer
{
    private readonly CollaborationPlatform _platform;
    private readonly SipPeerToPeerEndpoint _endpoint;

    public EndpointServer(SipTransportType transport)
    {
        _platform = new CollaborationPlatform(new ServerPlatformSettings("Benchmark/1.0", transport, new IPEndPoint(IPAddress.Loopback, 0)));
        _platform.StartupAsync().GetAwaiter().GetResult();
        _endpoint = new SipPeerToPeerEndpoint(_platform, new SipPeerToPeerEndpointSettings("sip:bob@example.test") { IsEndpointThrottled = false });
        _endpoint.Messages.Subscribe(_ => { });
    }

    public IPEndPoint Address => _platform.ConnectionManager.ListeningAddresses[0].EndPoint;

    public ValueTask DisposeAsync() => _platform.DisposeAsync();
}
