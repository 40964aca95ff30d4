using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Transports.Limits;

/// <summary>Whom an address belongs to as far as limits go: itself over IPv4, the network of 64 bits over IPv6, where one host has as many addresses as it likes.</summary>
/// <param name="Value">The network's bits; those of IPv4 behind ones, where no sender's IPv6 network is (RFC 4291 §2.7: those are groups).</param>
internal readonly record struct SourceKey(ulong Value)
{
    private const ulong Version4 = 0xFFFF_FFFF_0000_0000;

    public static SourceKey Of(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out _);
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return new SourceKey(Version4 | BinaryPrimitives.ReadUInt32BigEndian(octets));
        return address.IsIPv4MappedToIPv6
            ? new SourceKey(Version4 | BinaryPrimitives.ReadUInt32BigEndian(octets[12..]))
            : new SourceKey(BinaryPrimitives.ReadUInt64BigEndian(octets));
    }
}
