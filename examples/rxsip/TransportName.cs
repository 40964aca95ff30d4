namespace Rx.Sip.Tool;

/// <summary>How transports are written at the prompt.</summary>
internal static class TransportName
{
    /// <summary>All of them, as a sentence lists them.</summary>
    public const string All = "udp, tcp, tls, ws or wss";

    public static bool TryParse(string text, out SipTransportType transport)
    {
        SipTransportType? found = text.ToLowerInvariant() switch
        {
            "udp" => SipTransportType.Udp,
            "tcp" => SipTransportType.Tcp,
            "tls" => SipTransportType.Tls,
            "ws" => SipTransportType.WebSocket,
            "wss" => SipTransportType.SecureWebSocket,
            _ => null,
        };
        transport = found ?? default;
        return found is not null;
    }
}
