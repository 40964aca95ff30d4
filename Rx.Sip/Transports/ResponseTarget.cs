using System.Collections.Immutable;
using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Transports.Tls;

namespace Rx.Sip.Transports;

/// <summary>Where a response goes when the connection its request came over is gone (RFC 3261 §18.2.2).</summary>
internal static class ResponseTarget
{
    /// <summary>
    /// The address the request came from, and the port of sent-by; null when there is no readable Via. Over TLS the peer there has to prove what who sent
    /// the request has proven, else the name in sent-by.
    /// </summary>
    public static SipTarget? Of(Flow flow, SipResponse response)
    {
        if (response.TopVia is not { } via)
            return null;
        var address = flow.RemoteEndPoint.Address;
        var name = SecureTransport.Is(flow.Transport) ? NameOf(flow.RemoteDomains, via.Host) : address.ToString();
        return new SipTarget(flow.Transport, new IPEndPoint(address, via.Port ?? DefaultPort.Of(flow.Transport)), name);
    }

    private static string NameOf(ImmutableArray<string> proven, string sentBy) => proven.IsEmpty || CertificateDomains.Match(proven, sentBy) ? sentBy : proven[0];
}
