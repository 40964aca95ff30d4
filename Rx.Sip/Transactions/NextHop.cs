using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>Where a request goes by what it says itself: its first Route if that is a loose router, else its Request-URI (RFC 3261 §8.1.2).</summary>
/// <param name="Host">The host to look up.</param>
/// <param name="Port">The port, 0 when none is given.</param>
/// <param name="Transport">The transport, UDP unless the URI says otherwise.</param>
/// <param name="IsPinned">Whether the URI names the transport.</param>
internal readonly record struct NextHop(string Host, int Port, SipTransportType Transport, bool IsPinned)
{
    // RFC 3261 §18.1.1, where the path's MTU is not known.
    private const int LargestDatagram = 1300;

    // What our Via adds at most.
    private const int ViaOctets = 100;

    public static NextHop? Of(SipRequest request)
    {
        var uri = request.Routes is [var first, ..] && first.Uri.Parameters.Contains("lr") ? first.Uri : request.RequestUri;
        if (uri is not { IsSip: true } || TransportOf(uri) is not { } transport)
            return null;
        return new NextHop(uri.Parameters.Get("maddr") ?? uri.Host, uri.Port ?? 0, transport, uri.Transport is not null);
    }

    /// <summary>Whether the request is too large for a datagram, and nobody asked for one.</summary>
    public bool NeedsStream(SipRequest request) =>
        Transport == SipTransportType.Udp && !IsPinned && request.Bytes.Length + ViaOctets > LargestDatagram;

    /// <summary>The transport that a URI names or implies (RFC 3263 §4.1); null when it is unknown.</summary>
    public static SipTransportType? TransportOf(SipUri uri) => uri.Transport?.ToLowerInvariant() switch
    {
        null => uri.IsSecure ? SipTransportType.Tls : SipTransportType.Udp,
        "udp" when !uri.IsSecure => SipTransportType.Udp,
        "tcp" => uri.IsSecure ? SipTransportType.Tls : SipTransportType.Tcp,
        "tls" => SipTransportType.Tls,
        "ws" => uri.IsSecure ? SipTransportType.SecureWebSocket : SipTransportType.WebSocket,
        "wss" => SipTransportType.SecureWebSocket,
        _ => null,
    };
}
