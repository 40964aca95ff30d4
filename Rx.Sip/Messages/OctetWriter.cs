using System.Buffers.Text;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>Writes octets one behind the other into room that suffices.</summary>
internal ref struct OctetWriter(Span<byte> room)
{
    private readonly Span<byte> _room = room;

    /// <summary>How many have been written.</summary>
    public int Length { get; private set; }

    /// <summary>What is left of the room.</summary>
    public readonly Span<byte> Rest => _room[Length..];

    /// <summary>How many digits a number has.</summary>
    public static int DigitsOf(int number)
    {
        var digits = 1;
        for (; number >= 10; number /= 10)
            digits++;
        return digits;
    }

    public void Append(scoped ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_room[Length..]);
        Length += octets.Length;
    }

    public void Append(string text) => Length += Encoding.UTF8.GetBytes(text, Rest);

    public void Append(int number)
    {
        Utf8Formatter.TryFormat(number, Rest, out var written);
        Length += written;
    }

    /// <summary>Notes that so many octets were written into <see cref="Rest"/>.</summary>
    public void Advance(int count) => Length += count;
}
