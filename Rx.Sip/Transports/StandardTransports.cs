using Rx.Sip.Transports.Limits;
using Rx.Sip.Transports.Tls;

namespace Rx.Sip.Transports;

/// <summary>What octets travel by unless somebody else says so.</summary>
internal static class StandardTransports
{
    public static IReadOnlyList<ISipTransport> Of(ConnectionManagerSettings settings, TlsContext tls, TrafficGuard guard) =>
    [
        new UdpTransport(), new TcpTransport(guard), new TlsTransport(tls, guard),
        new WebSocketTransport(null, settings, guard), new WebSocketTransport(tls, settings, guard),
    ];
}
