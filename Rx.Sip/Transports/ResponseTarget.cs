using System.Net;
using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>Where a response goes when the connection its request came over is gone (RFC 3261 §18.2.2).</summary>
internal static class ResponseTarget
{
    /// <summary>The address the request came from, and the port of sent-by; null when there is no readable Via.</summary>
    public static SipTarget? Of(Flow flow, SipResponse response)
    {
        if (response.TopVia is not { } via)
            return null;
        var address = flow.RemoteEndPoint.Address;
        return new SipTarget(flow.Transport, new IPEndPoint(address, via.Port ?? DefaultPort.Of(flow.Transport)), address.ToString());
    }
}
