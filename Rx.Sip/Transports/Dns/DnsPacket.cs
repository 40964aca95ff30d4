using System.Net;

namespace Rx.Sip.Transports.Dns;

/// <summary>What came while a response was waited for.</summary>
/// <param name="Source">From where, as the network says.</param>
/// <param name="Octets">A datagram, or one message of a stream without its length.</param>
internal readonly record struct DnsPacket(IPEndPoint Source, ReadOnlyMemory<byte> Octets);
