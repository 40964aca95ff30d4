using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>A server by its name or address, before it is looked up.</summary>
/// <param name="Host">The name or address.</param>
/// <param name="Port">The port; 0: the transport's default.</param>
/// <param name="Transport">The transport.</param>
internal sealed record ServerName(string Host, int Port, SipTransportType Transport)
{
    /// <summary>
    /// The server a URI leads to, over this one's transport unless the URI says otherwise; null when its transport is unknown, or not as
    /// secure as this one's.
    /// </summary>
    public ServerName? At(SipUri uri)
    {
        var transport = uri.Transport is null && (SecureTransport.Is(Transport) || !uri.IsSecure) ? Transport : NextHop.TransportOf(uri);
        return transport is not { } known || (SecureTransport.Is(Transport) && !SecureTransport.Is(known)) ? null
            : new ServerName(uri.Parameters.Get("maddr") ?? uri.Host, uri.Port ?? 0, known);
    }
}
