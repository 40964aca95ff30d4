namespace Rx.Sip.Transports;

/// <summary>The ports that go without saying (RFC 3261 §19.1.2, RFC 7118 §5).</summary>
internal static class DefaultPort
{
    public static int Or(int port, SipTransportType transport) => port != 0 ? port : Of(transport);

    public static int Of(SipTransportType transport) => transport switch
    {
        SipTransportType.Tls => 5061,
        SipTransportType.WebSocket => 80,
        SipTransportType.SecureWebSocket => 443,
        _ => 5060,
    };
}
