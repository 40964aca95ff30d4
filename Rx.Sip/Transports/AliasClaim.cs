using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>What a request says about sending others back over its connection (RFC 5923 §8.2).</summary>
internal static class AliasClaim
{
    /// <summary>Whether connections of a transport may carry requests both ways.</summary>
    public static bool IsFor(ConnectionReuse reuse, SipTransportType transport) => transport switch
    {
        SipTransportType.Tls => reuse != ConnectionReuse.Never,
        SipTransportType.Tcp => reuse == ConnectionReuse.Always,
        _ => false,
    };

    /// <summary>Reads the port that the sender says it listens on; false when its topmost Via has no <c>alias</c>, or one for another transport.</summary>
    public static bool TryRead(SipRequest request, SipTransportType transport, out int port)
    {
        port = 0;
        if (!ViaSyntax.TryReadTop(request.Frame, out var via) || !via.Parameter("alias"u8, out _) || !HostPort.TryRead(via.SentBy, out var sentBy)
            || !Grammar.Same(via.Transport, transport == SipTransportType.Tls ? "TLS"u8 : "TCP"u8))
            return false;
        port = sentBy.Port < 0 ? DefaultPort.Of(transport) : sentBy.Port;
        return port != 0;
    }
}
