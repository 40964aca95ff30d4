using System.Net;

namespace Rx.Sip.Transports.Dns;

/// <summary>Carries queries and responses: the system's sockets, or a simulated network. It knows nothing of what they say.</summary>
internal interface IDnsNetwork
{
    /// <summary>
    /// Cold: each subscription sends the query, as a datagram or on a connection of its own, from a port drawn at random (RFC 5452
    /// §4.5), and yields what comes back, on any thread. Errors with what the system says; disposing closes the socket.
    /// </summary>
    IObservable<DnsPacket> Exchange(IPEndPoint server, bool isStream, ReadOnlyMemory<byte> query);

    /// <summary>Our address that packets to that one would leave from; null when there is no way.</summary>
    IPAddress? SourceToward(IPAddress destination);
}
