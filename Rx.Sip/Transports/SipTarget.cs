using System.Net;

namespace Rx.Sip.Transports;

/// <summary>Where a request is sent: the outcome of RFC 3263 for one try.</summary>
/// <param name="Transport">The transport.</param>
/// <param name="EndPoint">Address and port.</param>
/// <param name="Host">The name the address was found by: what a certificate has to hold.</param>
public sealed record SipTarget(SipTransportType Transport, IPEndPoint EndPoint, string Host)
{
    /// <summary>For example <c>tcp:192.0.2.1:5060</c>.</summary>
    public override string ToString() => $"{Transport.ToString().ToLowerInvariant()}:{EndPoint}";
}
