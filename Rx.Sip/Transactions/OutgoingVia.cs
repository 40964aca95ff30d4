using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>The Via of what we send (RFC 3261 §18.1.1), with <c>rport</c> where the peer's answer has to find its way through a NAT (RFC 3581).</summary>
internal static class OutgoingVia
{
    private const int Room = 256;

    /// <summary>The request with our Via on top.</summary>
    public static SipRequest Add(SipRequest request, Flow flow, ulong branch, OverloadControlOffer offer)
    {
        Span<byte> via = stackalloc byte[Room];
        var end = Append(via, 0, NameOf(flow.Transport));
        foreach (var letter in flow.SentBy)
            via[end++] = (byte)letter;
        end = Append(via, end, ";branch="u8);
        BranchText.Write(via[end..], branch);
        end += BranchText.Length;
        if (!flow.IsReliable)
            end = Append(via, end, ";rport"u8);
        else if (flow.OffersAlias)
            end = Append(via, end, ";alias"u8);
        // RFC 6223 §4.2: who registers asks its next hop to be kept alive.
        if (request.Method == SipMethod.Register)
            end = Append(via, end, ";keep"u8);
        end = Append(via, end, TextOf(offer));
        return request.WithTopVia(via[..end]);
    }

    private static int Append(Span<byte> via, int end, ReadOnlySpan<byte> text)
    {
        text.CopyTo(via[end..]);
        return end + text.Length;
    }

    private static ReadOnlySpan<byte> TextOf(OverloadControlOffer offer) => offer switch
    {
        OverloadControlOffer.None => default,
        OverloadControlOffer.Loss => ";oc;oc-algo=\"loss\""u8,
        _ => ";oc;oc-algo=\"loss,rate\""u8,
    };

    private static ReadOnlySpan<byte> NameOf(SipTransportType transport) => transport switch
    {
        SipTransportType.Udp => "SIP/2.0/UDP "u8,
        SipTransportType.Tcp => "SIP/2.0/TCP "u8,
        SipTransportType.Tls => "SIP/2.0/TLS "u8,
        SipTransportType.WebSocket => "SIP/2.0/WS "u8,
        _ => "SIP/2.0/WSS "u8,
    };
}
