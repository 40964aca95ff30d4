using Rx.Sip.Transports.Tls;

namespace Rx.Sip.Transports;

/// <summary>What octets travel by unless somebody else says so.</summary>
internal static class StandardTransports
{
    public static IReadOnlyList<ISipTransport> Of(ConnectionManagerSettings settings, TlsContext tls) =>
    [
        new UdpTransport(), new TcpTransport(), new TlsTransport(tls, settings.Scheduler, settings.HandshakeTimeout, settings.MaxHandshakes),
        new WebSocketTransport(null, settings), new WebSocketTransport(tls, settings),
    ];
}
