namespace Rx.Sip.Testing.Generators.Mutations;

/// <summary>Spoils the order and number of lines.</summary>
internal static class LineMutations
{
    public static void Drop(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var (start, length) = Line(room.Span, random);
        room.Replace(start, length, []);
    }

    public static void Repeat(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var (start, length) = Line(room.Span, random);
        room.Repeat(start, length, random.Next(40) == 0 ? random.Next(1500) : random.Next(1, 4));
    }

    public static void Swap(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var (start, length) = Line(room.Span, random);
        var line = room.Span.Slice(start, length).ToArray();
        room.Replace(start, length, []);
        room.Replace(Line(room.Span, random).Start, 0, line);
    }

    /// <summary>Puts a line of another message in front of a line, or in its place.</summary>
    public static void Take(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var (from, taken) = Line(other, random);
        var (start, length) = Line(room.Span, random);
        room.Replace(start, random.Next(2) * length, other.Slice(from, taken));
    }

    // The line around some octet, with its end.
    private static (int Start, int Length) Line(ReadOnlySpan<byte> octets, Random random)
    {
        var at = random.Next(octets.Length + 1);
        var start = octets[..at].LastIndexOf((byte)'\n') + 1;
        var end = octets[start..].IndexOf((byte)'\n');
        return (start, end < 0 ? octets.Length - start : end + 1);
    }
}
