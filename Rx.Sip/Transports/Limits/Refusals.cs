using System.Globalization;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;

namespace Rx.Sip.Transports.Limits;

/// <summary>
/// Refuses requests without a transaction: one response is made and nothing is kept; the same request, sent again, is answered with the same tag
/// (RFC 3261 §8.2.7). An ACK is never answered. Safe from any thread.
/// </summary>
internal sealed class Refusals(ConnectionManagerSettings settings, TrafficMeter meter)
{
    private readonly ulong _secret = settings.Identifiers.Next();
    private readonly string _retryAfter = Math.Ceiling(Math.Max(0, settings.TrafficLimits.RetryAfter.TotalSeconds)).ToString("F0", CultureInfo.InvariantCulture);

    /// <summary>Says what is wrong with a request.</summary>
    public void Answer(Flow reply, SipRequest request, SipVerdict verdict) => Answer(reply, request, verdict.StatusCode, verdict.ReasonPhrase, null);

    /// <summary>Says that there is too much to do, and when to come again.</summary>
    public void Overload(Flow reply, SipRequest request, TrafficLimit limit)
    {
        meter.Exceeded(limit);
        Answer(reply, request, SipStatus.ServiceUnavailable, null, _retryAfter);
    }

    private void Answer(Flow reply, SipRequest request, int status, string? reason, string? retryAfter)
    {
        if (request.Method == SipMethod.Ack)
            return;
        meter.Rejected();
        reply.Send(ResponseWriter.Write(request, status, reason, TagFor(request), retryAfter, cause: null));
    }

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
