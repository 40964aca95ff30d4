using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Transports;

/// <summary>The address that stands for all of ours.</summary>
internal static class AnyAddress
{
    public static IPAddress Of(IPEndPoint peer) => peer.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
}
