using System.Net;
using Rx.Sip.Diagnostics;
using Rx.Sip.Transports;

namespace Rx.Sip.Benchmarks.Load;

/// <summary>An endpoint of the public API, with the limits that everybody has unless he says otherwise; one who answers what comes.</summary>
internal sealed class LoadServer : IAsyncDisposable
{
    private readonly CollaborationPlatform _platform;
    private readonly SipPeerToPeerEndpoint _endpoint;

    public LoadServer(TrafficLimits limits, TimeSpan idle)
    {
        _platform = new CollaborationPlatform(new ServerPlatformSettings("Benchmark/1.0", SipTransportType.Tcp, new IPEndPoint(IPAddress.Loopback, 0))
        {
            Connections = new ConnectionManagerSettings { TrafficLimits = limits, IdleTimeout = idle },
        });
        _platform.StartupAsync().GetAwaiter().GetResult();
        _endpoint = new SipPeerToPeerEndpoint(_platform, new SipPeerToPeerEndpointSettings("sip:bob@example.test") { IsEndpointThrottled = false });
        _endpoint.Messages.Subscribe(_ => { });
    }

    public IPEndPoint Address => _platform.ConnectionManager.ListeningAddresses[0].EndPoint;

    public TrafficCounts Traffic => _platform.ConnectionManager.Traffic;

    public ValueTask DisposeAsync() => _platform.DisposeAsync();
}
