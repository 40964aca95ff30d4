using System.Net;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>An endpoint without a registrar, and its own connection manager.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Manager">What it speaks through.</param>
/// <param name="Address">Where it listens; null when it doesn't.</param>
internal sealed record TlsPeer(SipPeerToPeerEndpoint Endpoint, RealTimeConnectionManager Manager, IPEndPoint? Address)
{
    /// <summary>Where it can be reached without a proxy.</summary>
    public string Uri => $"sip:{Endpoint.Address.Uri.User}@{Address};transport=tls";
}
