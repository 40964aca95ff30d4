using System.Globalization;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports;

/// <summary>Responses to requests that get no transaction (RFC 3261 §8.2.7): the same request, sent again, is answered with the same tag.</summary>
internal sealed class StatelessAnswer(SipIdentifiers identifiers)
{
    private readonly ulong _secret = identifiers.Next();

    /// <summary>Null when the request must not be answered: an ACK never is.</summary>
    public SipResponse? To(SipRequest request, int status, string? reason) =>
        request.Method == SipMethod.Ack ? null : SipResponse.For(request, status, reason, TagFor(request));

    // FNV-1a over what makes a retransmission the same request. Nothing hangs on its strength.
    private string TagFor(SipRequest request)
    {
        var hash = _secret ^ 14695981039346656037;
        foreach (ref readonly var slot in request.Slots)
            if (slot.Id is HeaderId.Via or HeaderId.CallId or HeaderId.CSeq)
                foreach (var octet in request.ValueOf(slot))
                    hash = (hash ^ octet) * 1099511628211;
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
