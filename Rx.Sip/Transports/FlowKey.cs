using System.Net;

namespace Rx.Sip.Transports;

/// <summary>
/// What a connection is found again by (RFC 3261 §18.1.1): transport, remote address and, where peers are verified, the name that it has
/// proven: two domains behind one address never share a connection.
/// </summary>
/// <param name="Transport">The transport.</param>
/// <param name="Remote">The peer's address.</param>
/// <param name="Identity">The name, lower case; empty where none is verified.</param>
internal readonly record struct FlowKey(SipTransportType Transport, IPEndPoint Remote, string Identity)
{
    /// <summary>What leads to the target.</summary>
    public static FlowKey Of(SipTarget target, IPEndPoint peer) => Of(target.Transport, peer, target.Host);

    /// <summary>What leads to a peer of that name.</summary>
    public static FlowKey Of(SipTransportType transport, IPEndPoint peer, string host) =>
        new(transport, peer, SecureTransport.Is(transport) ? host.TrimEnd('.').ToLowerInvariant() : "");

    /// <summary>The same address without a mapping, so that one peer is one.</summary>
    public static IPEndPoint Plain(IPEndPoint peer) =>
        peer.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(peer.Address.MapToIPv4(), peer.Port) : peer;
}
