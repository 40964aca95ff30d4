namespace Rx.Sip.Transports;

/// <summary>Puts octets one behind the other into room that is large enough.</summary>
internal ref struct OctetWriter(Span<byte> room)
{
    private readonly Span<byte> _room = room;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _room[.._length];

    public void Write(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_room[_length..]);
        _length += octets.Length;
    }

    public void Write(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Write(first);
        Write(second);
    }
}
