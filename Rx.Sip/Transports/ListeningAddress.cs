using System.Net;

namespace Rx.Sip.Transports;

/// <summary>An address that is listened on.</summary>
/// <param name="Transport">The transport.</param>
/// <param name="EndPoint">The bound address, its port chosen.</param>
public sealed record ListeningAddress(SipTransportType Transport, IPEndPoint EndPoint)
{
    /// <summary>For example <c>tcp:192.0.2.1:5060</c>.</summary>
    public override string ToString() => $"{Transport.ToString().ToLowerInvariant()}:{EndPoint}";
}
