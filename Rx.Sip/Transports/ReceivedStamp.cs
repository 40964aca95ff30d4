using System.Net;
using System.Text;
using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>Writes into the topmost Via where a request really came from: <c>received</c> (RFC 3261 §18.2.1) and <c>rport</c> (RFC 3581 §4).</summary>
internal static class ReceivedStamp
{
    public static SipRequest Apply(SipRequest request, IPEndPoint source)
    {
        if (request.TopVia is not { } via)
            return request;
        var known = IPAddress.TryParse(via.Host.AsSpan().Trim("[]"), out var host) && host.Equals(source.Address);
        if (known && !via.AsksForPort)
            return request;
        var parameters = via.Parameters.With("received", source.Address.ToString());
        if (via.AsksForPort)
            parameters = parameters.With("rport", source.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return request.WithoutFirstValue("Via").WithTopVia(Encoding.ASCII.GetBytes((via with { Parameters = parameters }).ToString()));
    }
}
