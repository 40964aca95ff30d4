using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Messages;

/// <summary>
/// The octets of one message and where its header fields stand in them. A message never changes, so its octets are
/// its wire form and writing it is sending them. Values parsed from headers are kept, one per field.
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

    /// <summary>What <see cref="Keep"/> has kept for that field and header: a value, or null when it could not be read.</summary>
    public bool TryKept<T>(int index, HeaderField header, out T? value) where T : class
    {
        var kept = _typed?[index];
        if (!header.IsBuiltIn)
            kept = kept is Kept own && own.Header == header ? own.Value : null;
        value = kept as T;
        return value is not null || kept == header;
    }

    /// <summary>Keeps what was parsed from a field, also when that was nothing.</summary>
    public void Keep(int index, HeaderField header, object? value)
    {
        var kept = value ?? header;
        (_typed ??= new object?[slots.Length])[index] = header.IsBuiltIn ? kept : new Kept(header, kept);
    }

    // An application may read a header into a type of its own, beside the library's.
    private sealed record Kept(HeaderField Header, object Value);
}
