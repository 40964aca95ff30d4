namespace Rx.Sip.Testing.Generators.Mutations;

/// <summary>Spoils octets without knowing what they mean.</summary>
internal static class OctetMutations
{
    private const int LongestCut = 64;

    // What means something to a parser, or nothing to anybody.
    private static readonly byte[] Telling = "\r\n\t \0\"<>,;:=?@[]()\\/%&+*.-0aSIP\x7F"u8.ToArray();

    public static void FlipBits(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        for (var left = random.Next(1, 5); left > 0 && room.Length > 0; left--)
            room.Span[random.Next(room.Length)] ^= (byte)(1 << random.Next(8));
    }

    public static void SetOctet(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        if (room.Length > 0)
            room.Span[random.Next(room.Length)] = Octet(random);
    }

    public static void Insert(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        Span<byte> octets = stackalloc byte[random.Next(1, 4)];
        foreach (ref var octet in octets)
            octet = Octet(random);
        room.Replace(random.Next(room.Length + 1), 0, octets);
    }

    public static void Cut(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var (start, length) = Range(room.Length, random);
        room.Replace(start, length, []);
    }

    public static void Truncate(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var start = random.Next(room.Length + 1);
        room.Replace(start, room.Length - start, []);
    }

    public static void Splice(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var start = random.Next(room.Length + 1);
        room.Replace(start, room.Length - start, other[random.Next(other.Length + 1)..]);
    }

    public static void Take(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var (start, length) = Range(other.Length, random);
        var (to, replaced) = Range(room.Length, random);
        room.Replace(to, random.Next(2) * replaced, other.Slice(start, length));
    }

    public static void Repeat(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var (start, length) = Range(room.Length, random);
        room.Repeat(start, length, random.Next(40) == 0 ? random.Next(2000) : random.Next(1, 8));
    }

    private static byte Octet(Random random) => random.Next(4) == 0 ? (byte)random.Next(256) : Telling[random.Next(Telling.Length)];

    private static (int Start, int Length) Range(int length, Random random)
    {
        var start = random.Next(length + 1);
        return (start, random.Next(Math.Min(LongestCut, length - start) + 1));
    }
}
