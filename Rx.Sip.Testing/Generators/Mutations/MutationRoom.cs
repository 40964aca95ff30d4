namespace Rx.Sip.Testing.Generators.Mutations;

/// <summary>The octets at hand while they are spoiled: a buffer that is used again and never grows beyond its limit.</summary>
internal sealed class MutationRoom(int maxLength)
{
    private byte[] _octets = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Octets => _octets.AsMemory(0, Length);

    public Span<byte> Span => _octets.AsSpan(0, Length);

    public void Set(ReadOnlySpan<byte> octets)
    {
        Length = 0;
        Replace(0, 0, octets);
    }

    /// <summary>Puts other octets, as many as there is room for, in the place of some.</summary>
    public void Replace(int start, int count, scoped ReadOnlySpan<byte> by) => Fill(Open(start, count, by.Length), by);

    /// <summary>The same octets many times.</summary>
    public void Repeat(int start, int count, int times)
    {
        var copy = Span.Slice(start, count).ToArray();
        var room = Open(start, 0, (int)Math.Min((long)count * times, maxLength));
        for (; room.Length >= copy.Length && copy.Length > 0; room = room[copy.Length..])
            copy.CopyTo(room);
        room.Fill((byte)' ');
    }

    private static void Fill(Span<byte> room, scoped ReadOnlySpan<byte> octets) => octets[..room.Length].CopyTo(room);

    // Makes a gap of that many octets in the place of some; less when there is no room.
    private Span<byte> Open(int start, int count, int wanted)
    {
        var length = Math.Clamp(wanted, 0, Math.Max(0, maxLength - (Length - count)));
        var tail = Length - start - count;
        if (start + length + tail > _octets.Length)
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, start + length + tail));
        Array.Copy(_octets, start + count, _octets, start + length, tail);
        Length = start + length + tail;
        return _octets.AsSpan(start, length);
    }
}
