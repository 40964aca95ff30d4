using System.Buffers.Binary;

namespace Rx.Sip.Runtime;

/// <summary>
/// 64 bits of what octets say, under a key that nobody outside knows: for tags that repeat and for telling requests apart without
/// keeping them. Not for secrets.
/// </summary>
internal struct KeyedHash(ulong key)
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    private ulong _state = key ^ Odd;

    /// <summary>The hash of what was added.</summary>
    public readonly ulong Value => Mix(_state, Odd);

    /// <summary>Adds a part; what is split in another way is another text.</summary>
    public void Add(ReadOnlySpan<byte> part)
    {
        Add((ulong)part.Length);
        for (; part.Length >= sizeof(ulong); part = part[sizeof(ulong)..])
            Add(BinaryPrimitives.ReadUInt64LittleEndian(part));
        var rest = 0UL;
        foreach (var octet in part)
            rest = (rest << 8) | octet;
        Add(rest);
    }

    /// <summary>Adds a number.</summary>
    public void Add(ulong number) => _state = Mix(_state ^ number, _state + Odd);

    private static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right | 1, out var low);
        return high ^ low ^ ulong.RotateLeft(left, 29);
    }
}
