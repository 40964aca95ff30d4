namespace Rx.Sip;

/// <summary>How messages travel (RFC 3261 §18, RFC 7118).</summary>
public enum SipTransportType
{
    /// <summary>Datagrams.</summary>
    Udp,

    /// <summary>A TCP connection.</summary>
    Tcp,

    /// <summary>TLS over TCP.</summary>
    Tls,

    /// <summary>WebSocket (RFC 7118).</summary>
    WebSocket,

    /// <summary>WebSocket over TLS (RFC 7118).</summary>
    SecureWebSocket,
}
