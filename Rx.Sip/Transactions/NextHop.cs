using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>Where a request goes by what it says itself: its first Route if that is a loose router, else its Request-URI (RFC 3261 §8.1.2).</summary>
internal static class NextHop
{
    // RFC 3261 §18.1.1, where the path's MTU is not known.
    private const int LargestDatagram = 1300;

    // What our Via adds at most.
    private const int ViaOctets = 128;

    /// <summary>What to ask a resolver for; null when the request leads nowhere.</summary>
    public static SipTargetQuery? Of(SipRequest request, IReadOnlyList<SipTransportType> supported)
    {
        var uri = request.Routes is [var first, ..] && first.Uri.Parameters.Contains("lr") ? first.Uri : request.RequestUri;
        if (uri is null)
            return null;
        // RFC 5630 §5.1.1: what is for a sips URI takes TLS, whatever its Route says.
        return SipTargetQuery.Of(SipsUri.Is(request.RequestUriOctets) ? SipsUri.Of(uri) : uri, supported);
    }

    /// <summary>The transport that a URI names or implies (RFC 3263 §4.1); null when it is unknown.</summary>
    public static SipTransportType? TransportOf(SipUri uri) => SipTargetQuery.Of(uri)?.TransportWithoutRecords;

    /// <summary>Whether the request is too large for a datagram.</summary>
    public static bool NeedsStream(SipRequest request) =>
        request.LengthAtMost + ViaOctets > LargestDatagram && request.Bytes.Length + ViaOctets > LargestDatagram;
}
