using System.Buffers.Binary;

namespace Rx.Sip.Transports.Dns;

/// <summary>Messages on a stream: each behind its length (RFC 1035 §4.2.2). Holds no more than the one message that is not whole yet.</summary>
internal sealed class DnsStream
{
    private const int Prefix = 2;

    private byte[] _octets = [];
    private int _count;

    public static byte[] Frame(ReadOnlySpan<byte> message)
    {
        var framed = new byte[Prefix + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, checked((ushort)message.Length));
        message.CopyTo(framed.AsSpan(Prefix));
        return framed;
    }

    /// <summary>The messages that have become whole with these octets.</summary>
    public IReadOnlyList<byte[]> Push(ReadOnlySpan<byte> octets)
    {
        List<byte[]> messages = [];
        while (octets.Length > 0)
        {
            var taken = Math.Min(octets.Length, Missing);
            if (_octets.Length < _count + taken)
                Array.Resize(ref _octets, _count + taken);
            octets[..taken].CopyTo(_octets.AsSpan(_count));
            _count += taken;
            octets = octets[taken..];
            if (_count < Prefix || Missing > 0)
                continue;
            messages.Add(_octets[Prefix.._count]);
            (_octets, _count) = ([], 0);
        }
        return messages;
    }

    private int Missing => _count < Prefix ? Prefix - _count : Prefix + BinaryPrimitives.ReadUInt16BigEndian(_octets) - _count;
}
