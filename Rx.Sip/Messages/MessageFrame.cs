using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// The octets of one message and where its header fields stand in them. A message never changes, so its octets are
/// its wire form and writing it is sending them. Values parsed from headers are kept, one per header.
/// </summary>
internal sealed class MessageFrame(byte[] octets, HeaderSlot[] slots, int headersStart, int bodyStart)
{
    private object?[]? _typed;

    /// <summary>A frame of its own over copies of what is there.</summary>
    public static MessageFrame Copy(ReadOnlySpan<byte> octets, ReadOnlySpan<HeaderSlot> slots, int headersStart, int bodyStart)
    {
        var copy = GC.AllocateUninitializedArray<byte>(octets.Length);
        octets.CopyTo(copy);
        return new MessageFrame(copy, slots.ToArray(), headersStart, bodyStart);
    }

    /// <summary>The same with another value, in two parts, for one field.</summary>
    public static MessageFrame Splice(
        ReadOnlySpan<byte> octets, ReadOnlySpan<HeaderSlot> slots, int headersStart, int bodyStart, int index, ReadOnlySpan<byte> value, ReadOnlySpan<byte> rest)
    {
        var slot = slots[index];
        var behind = octets[(slot.ValueStart + slot.ValueLength)..];
        var shift = value.Length + rest.Length - slot.ValueLength;
        var copy = GC.AllocateUninitializedArray<byte>(octets.Length + shift);
        octets[..slot.ValueStart].CopyTo(copy);
        value.CopyTo(copy.AsSpan(slot.ValueStart));
        rest.CopyTo(copy.AsSpan(slot.ValueStart + value.Length));
        behind.CopyTo(copy.AsSpan(copy.Length - behind.Length));

        var moved = slots.ToArray();
        moved[index] = slot with { Folded = false, ValueLength = value.Length + rest.Length };
        for (var i = index + 1; i < moved.Length; i++)
            moved[i] = moved[i] with { Start = moved[i].Start + shift, ValueStart = moved[i].ValueStart + shift };
        return new MessageFrame(copy, moved, headersStart, bodyStart + shift);
    }

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

    /// <summary>Parses the header once and keeps what came of it, also when that was nothing. Null when there is no such header.</summary>
    public T? Keep<T>(HeaderId id, Func<MessageFrame, HeaderId, T?> parse) where T : class =>
        Keep<T, Func<MessageFrame, HeaderId, T?>>(id, parse, static (frame, header, parse) => parse(frame, header));

    /// <summary>The same with a value for the parsing, so that nothing has to be captured.</summary>
    public T? Keep<T, TWith>(HeaderId id, TWith with, Func<MessageFrame, HeaderId, TWith, T?> parse) where T : class
    {
        var index = IndexOf(id);
        if (index < 0)
            return null;
        var kept = _typed ??= new object?[slots.Length];
        if (kept[index] is T known)
            return known;
        if (kept[index] == Nothing<T>.Mark)
            return null;
        var value = parse(this, id, with);
        kept[index] = value ?? Nothing<T>.Mark;
        return value;
    }

    private static class Nothing<T>
    {
        public static readonly object Mark = new();
    }
}
