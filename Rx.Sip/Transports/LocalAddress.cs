using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Transports;

/// <summary>Asks the system which of our addresses packets to a peer leave from.</summary>
internal static class LocalAddress
{
    /// <summary>Null when there is no way to the peer. Nothing is sent: connecting a datagram socket only looks up the route.</summary>
    public static IPAddress? Toward(IPEndPoint remote)
    {
        try
        {
            using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(remote.Port == 0 ? new IPEndPoint(remote.Address, DefaultPort.Of(SipTransportType.Udp)) : remote);
            return (probe.LocalEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
