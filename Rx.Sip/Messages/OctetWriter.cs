namespace Rx.Sip.Messages;

/// <summary>Writes octets one behind the other into room that suffices.</summary>
internal ref struct OctetWriter(Span<byte> room)
{
    private readonly Span<byte> _room = room;

    /// <summary>How many have been written.</summary>
    public int Length { get; private set; }

    /// <summary>What is left of the room.</summary>
    public readonly Span<byte> Rest => _room[Length..];

    public void Append(scoped ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_room[Length..]);
        Length += octets.Length;
    }

    /// <summary>Notes that so many octets were written into <see cref="Rest"/>.</summary>
    public void Advance(int count) => Length += count;
}
