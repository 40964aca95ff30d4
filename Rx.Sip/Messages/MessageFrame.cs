using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// The octets of one message and where its header fields stand in them. A message never changes, so its octets are
/// its wire form and writing it is sending them. Values parsed from headers are kept, one per header.
/// </summary>
internal sealed class MessageFrame(byte[] octets, HeaderSlot[] slots, int headersStart, int bodyStart)
{
    private object?[]? _typed;

    public ReadOnlyMemory<byte> Octets => octets;

    public ReadOnlySpan<HeaderSlot> Slots => slots;

    /// <summary>Where the first header line begins, behind the start line.</summary>
    public int HeadersStart => headersStart;

    public int BodyStart => bodyStart;

    public ReadOnlyMemory<byte> Body => octets.AsMemory(bodyStart);

    public ReadOnlySpan<byte> Span(int start, int length) => octets.AsSpan(start, length);

    public ReadOnlySpan<byte> NameOf(in HeaderSlot slot) => Span(slot.Start, slot.NameLength);

    public ReadOnlySpan<byte> ValueOf(in HeaderSlot slot)
    {
        var value = Span(slot.ValueStart, slot.ValueLength);
        return slot.Folded ? Grammar.Unfold(value) : value;
    }

    /// <summary>The position of the first field of that kind at or behind <paramref name="from"/>; -1 when there is none.</summary>
    public int IndexOf(HeaderId id, int from = 0)
    {
        for (var i = from; i < slots.Length; i++)
            if (slots[i].Id == id)
                return i;
        return -1;
    }

    public bool TryFind(HeaderId id, out ReadOnlySpan<byte> value)
    {
        var index = IndexOf(id);
        value = index < 0 ? default : ValueOf(slots[index]);
        return index >= 0;
    }

    public bool IsNamed(in HeaderSlot slot, string name)
    {
        var id = HeaderTable.Find(name);
        return id == HeaderId.Unknown ? slot.Id == id && Ascii.EqualsIgnoreCase(NameOf(slot), name) : slot.Id == id;
    }

    /// <summary>Parses the header once and keeps what came of it, null included when there was nothing to parse.</summary>
    public T? Keep<T>(HeaderId id, Func<MessageFrame, HeaderId, T?> parse) where T : class
    {
        var kept = _typed ??= new object?[(int)HeaderId.WwwAuthenticate + 1];
        if (kept[(int)id] is T known)
            return known;
        var value = parse(this, id);
        kept[(int)id] = value;
        return value;
    }
}
