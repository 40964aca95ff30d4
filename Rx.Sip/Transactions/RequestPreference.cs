using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>Which requests go before others when a server asks for less (RFC 7339 §5.10.1, RFC 5390 REQ 13 and 19).</summary>
internal static class RequestPreference
{
    /// <summary>
    /// Whether the request is refused last: one of a dialog there is, one that ends something and so makes the load less, an emergency
    /// (RFC 5031), one that is marked so (RFC 4412, RFC 3261 §20.26).
    /// </summary>
    public static bool Of(SipRequest request) =>
        request.To?.Tag is not null || request.Expires == TimeSpan.Zero || IsEmergency(request) || IsMarked(request);

    // ACK ends the repetitions of a 2xx, CANCEL ends work: holding them back would only make more of it.
    public static bool IsExempt(SipMethod method) => method == SipMethod.Ack || method == SipMethod.Cancel;

    private static bool IsEmergency(SipRequest request) =>
        request.RequestUriText.StartsWith("urn:service:sos", StringComparison.OrdinalIgnoreCase)
        || string.Equals(request.Headers.Get("Priority"), "emergency", StringComparison.OrdinalIgnoreCase);

    // RFC 4412 §12: what is routine is no better than what is not marked at all.
    private static bool IsMarked(SipRequest request) =>
        request.Headers.GetAll("Resource-Priority").SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))
            .Any(value => value.Contains('.', StringComparison.Ordinal)
                && !value.EndsWith(".routine", StringComparison.OrdinalIgnoreCase) && !value.Equals("q735.4", StringComparison.OrdinalIgnoreCase));
}
