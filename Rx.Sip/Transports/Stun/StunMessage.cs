using System.Buffers.Binary;
using System.Net;

namespace Rx.Sip.Transports.Stun;

/// <summary>
/// A STUN message as SIP's keep-alive uses it (RFC 5389 §6, §15; RFC 5626 §8): Binding requests, and responses that say which
/// address the peer sees.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The transaction.</param>
/// <param name="Mapped">XOR-MAPPED-ADDRESS of a success; null when there is none.</param>
/// <param name="Unknown">The first attribute that has to be understood and is not; null when there is none.</param>
internal readonly record struct StunMessage(StunKind Kind, StunId Id, IPEndPoint? Mapped, ushort? Unknown)
{
    private const int HeaderLength = 20;
    private const uint Cookie = 0x2112A442;
    private const ushort XorMappedAddress = 0x0020;
    private const ushort RequiredBelow = 0x8000;

    // MAPPED-ADDRESS, USERNAME, MESSAGE-INTEGRITY, ERROR-CODE, UNKNOWN-ATTRIBUTES, REALM, NONCE, XOR-MAPPED-ADDRESS.
    private static bool IsKnown(ushort attribute) => attribute is 0x0001 or 0x0006 or 0x0008 or 0x0009 or 0x000A or 0x0014 or 0x0015 or XorMappedAddress;

    /// <summary>Whether a datagram is STUN and not SIP (RFC 5626 §8): no SIP message begins with an octet of 0 or 1.</summary>
    public static bool IsStun(ReadOnlySpan<byte> datagram) => datagram is [0 or 1, ..];

    /// <summary>Reads a datagram; whatever it holds, it does not throw.</summary>
    public static StunMessage Read(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < HeaderLength || BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != Cookie
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length - HeaderLength)
            return default;
        var kind = BinaryPrimitives.ReadUInt16BigEndian(datagram) switch
        {
            0x0001 => StunKind.Request,
            0x0101 => StunKind.Success,
            0x0111 => StunKind.Error,
            _ => StunKind.None,
        };
        var id = new StunId(BinaryPrimitives.ReadUInt64BigEndian(datagram[8..]), BinaryPrimitives.ReadUInt32BigEndian(datagram[16..]));
        return ReadAttributes(new StunMessage(kind, id, null, null), datagram[HeaderLength..]);
    }

    /// <summary>A Binding request, which needs no attributes.</summary>
    public static byte[] Request(StunId id) => Write(0x0001, id, 0);

    /// <summary>The answer to this request: where it came from, or 420 when it requires something unknown (RFC 5389 §7.3.1).</summary>
    public byte[] Answer(IPEndPoint source)
    {
        if (Unknown is { } unknown)
            return Refuse(unknown);
        var address = (source.Address.IsIPv4MappedToIPv6 ? source.Address.MapToIPv4() : source.Address).GetAddressBytes();
        var message = Write(0x0101, Id, 8 + address.Length);
        var attribute = message.AsSpan(HeaderLength);
        BinaryPrimitives.WriteUInt16BigEndian(attribute, XorMappedAddress);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], (ushort)(4 + address.Length));
        attribute[5] = (byte)(address.Length == 4 ? 1 : 2);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[6..], (ushort)(source.Port ^ (int)(Cookie >> 16)));
        Mask(address, message.AsSpan(4));
        address.CopyTo(attribute[8..]);
        return message;
    }

    private byte[] Refuse(ushort unknown)
    {
        var message = Write(0x0111, Id, 8 + 8);
        ReadOnlySpan<byte> error = [0x00, 0x09, 0x00, 0x04, 0x00, 0x00, 4, 20, 0x00, 0x0A, 0x00, 0x02];
        error.CopyTo(message.AsSpan(HeaderLength));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(HeaderLength + error.Length), unknown);
        return message;
    }

    private static byte[] Write(ushort type, StunId id, int attributes)
    {
        var message = new byte[HeaderLength + attributes];
        BinaryPrimitives.WriteUInt16BigEndian(message, type);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)attributes);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), Cookie);
        BinaryPrimitives.WriteUInt64BigEndian(message.AsSpan(8), id.High);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(16), id.Low);
        return message;
    }

    private static StunMessage ReadAttributes(StunMessage message, ReadOnlySpan<byte> rest)
    {
        Span<byte> mask = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(mask, Cookie);
        BinaryPrimitives.WriteUInt64BigEndian(mask[4..], message.Id.High);
        BinaryPrimitives.WriteUInt32BigEndian(mask[12..], message.Id.Low);
        while (rest.Length >= 4)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(rest);
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            // Each is padded to a multiple of four.
            var padded = 4 + ((length + 3) & ~3);
            if (padded > rest.Length)
                return default;
            if (type == XorMappedAddress)
                message = message with { Mapped = message.Mapped ?? Address(rest.Slice(4, length), mask) };
            else if (type < RequiredBelow && !IsKnown(type))
                message = message with { Unknown = message.Unknown ?? type };
            rest = rest[padded..];
        }
        return rest.IsEmpty ? message : default;
    }

    private static IPEndPoint? Address(ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask)
    {
        if (value is not [_, 1, _, _, _, _, _, _] && !(value.Length == 20 && value[1] == 2))
            return null;
        var address = value[4..].ToArray();
        Mask(address, mask);
        return new IPEndPoint(new IPAddress(address), BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ (int)(Cookie >> 16));
    }

    // The cookie, and behind it for IPv6 the transaction's id (RFC 5389 §15.2).
    private static void Mask(Span<byte> address, ReadOnlySpan<byte> mask)
    {
        for (var i = 0; i < address.Length; i++)
            address[i] ^= mask[i];
    }
}
