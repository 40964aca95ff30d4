namespace Rx.Sip.Transports;

/// <summary>Which transports run over TLS, so that peers prove their names and <c>sips</c> will do (RFC 5630, RFC 5922).</summary>
internal static class SecureTransport
{
    public static bool Is(SipTransportType transport) => transport is SipTransportType.Tls or SipTransportType.SecureWebSocket;
}
