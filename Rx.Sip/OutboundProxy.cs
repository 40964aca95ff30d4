using Rx.Sip.Messages;
using Rx.Sip.Transactions;

namespace Rx.Sip;

/// <summary>Reads where a flow is to lead.</summary>
internal static class OutboundProxy
{
    /// <summary>Reads a URI or a mere <c>host:port</c>; its transport is <paramref name="otherwise"/> unless it says so. Throws <see cref="FormatException"/> when it is neither.</summary>
    public static ServerName Parse(string text, SipTransportType otherwise)
    {
        var uri = SipUri.TryParse(text, out var whole) && whole.IsSip ? whole : SipUri.Parse($"sip:{text}");
        var transport = uri.Transport is null && !uri.IsSecure ? otherwise : NextHop.TransportOf(uri);
        return transport is { } known
            ? new ServerName(uri.Parameters.Get("maddr") ?? uri.Host, uri.Port ?? 0, known)
            : throw new FormatException($"'{uri.Transport}' is no transport.");
    }
}
