using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Interop;

/// <summary>A peer-to-peer endpoint that listens on a loopback port over UDP or TCP.</summary>
internal sealed class ListeningEndpoint : IAsyncDisposable
{
    private readonly RealTimeConnectionManager _manager;
    private readonly IDisposable _listening;

    private ListeningEndpoint(RealTimeConnectionManager manager, IPEndPoint address, IDisposable listening, SipPeerToPeerEndpointSettings settings) =>
        (_manager, Address, _listening, Endpoint) = (manager, address, listening, new SipPeerToPeerEndpoint(settings, manager));

    public IPEndPoint Address { get; }

    public SipPeerToPeerEndpoint Endpoint { get; }

    public RealTimeConnectionManager Manager => _manager;

    /// <summary>Starts one for a user of <c>rxsip.test</c>.</summary>
    /// <param name="transport"><c>udp</c> or <c>tcp</c>.</param>
    /// <param name="user">The user it is.</param>
    /// <param name="proxy">Where its requests go; null: where they say.</param>
    public static async Task<ListeningEndpoint> StartAsync(string transport, string user, IPEndPoint? proxy = null)
    {
        RealTimeConnectionManager manager = transport == "udp" ? new RealTimeServerUdpConnectionManager() : new RealTimeServerTcpConnectionManager();
        var bound = manager.StartListening(new IPEndPoint(IPAddress.Loopback, 0)).Replay(1);
        var listening = bound.Connect();
        return new ListeningEndpoint(manager, await bound.FirstAsync(), listening, new SipPeerToPeerEndpointSettings(Users.AddressOf(user))
        {
            Transport = transport == "udp" ? SipTransportType.Udp : SipTransportType.Tcp,
            ProxyHost = proxy?.Address.ToString(),
            ProxyPort = proxy?.Port ?? 0,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Endpoint.DisposeAsync();
        _listening.Dispose();
        await _manager.DisposeAsync();
    }
}
