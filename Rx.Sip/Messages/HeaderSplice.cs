using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// A message with one place of its header lines changed: so many lines taken out, at most one put in. One copy, and what stands
/// before and behind the place is not looked at.
/// </summary>
internal static class HeaderSplice
{
    private const int UsualValue = 256;

    /// <summary>Puts a line in place of <paramref name="removed"/> lines from that position on; the value is checked to be one line.</summary>
    public static MessageFrame Put(MessageFrame frame, int index, int removed, HeaderName name, string value)
    {
        Grammar.RequireOneLine(value, nameof(value));
        var room = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> octets = room <= UsualValue ? stackalloc byte[UsualValue] : new byte[room];
        return Put(frame, index, removed, name, octets[..Encoding.UTF8.GetBytes(value, octets)]);
    }

    /// <summary>The same with a value that needs no check.</summary>
    public static MessageFrame Put(MessageFrame frame, int index, int removed, HeaderName name, scoped ReadOnlySpan<byte> value)
    {
        var (start, end) = (StartOf(frame, index), StartOf(frame, index + removed));
        var valueStart = start + name.Text.Length + 2;
        var copy = Copy(frame, start, end, name.Text.Length + 2 + value.Length + 2);
        if (name.Id != HeaderId.Unknown)
            HeaderTable.LineOf(name.Id).CopyTo(copy.AsSpan(start));
        else
            Encoding.ASCII.GetBytes($"{name.Text}: ", copy.AsSpan(start));
        value.CopyTo(copy.AsSpan(valueStart));
        "\r\n"u8.CopyTo(copy.AsSpan(valueStart + value.Length));
        var shift = copy.Length - frame.Octets.Length;
        var slots = Move(frame, index, removed, 1, shift);
        slots[index] = new HeaderSlot(name.Id, Folded: false, (ushort)name.Text.Length, start, valueStart, value.Length);
        return new MessageFrame(copy, slots, frame.HeadersStart, frame.BodyStart + shift);
    }

    /// <summary>Takes lines out from that position on.</summary>
    public static MessageFrame Remove(MessageFrame frame, int index, int removed)
    {
        var (start, end) = (StartOf(frame, index), StartOf(frame, index + removed));
        return new MessageFrame(Copy(frame, start, end, 0), Move(frame, index, removed, 0, start - end), frame.HeadersStart, frame.BodyStart + start - end);
    }

    // The octets with room for so many in place of those from start to end.
    private static byte[] Copy(MessageFrame frame, int start, int end, int room)
    {
        var octets = frame.Octets.Span;
        var copy = GC.AllocateUninitializedArray<byte>(octets.Length - (end - start) + room);
        octets[..start].CopyTo(copy);
        octets[end..].CopyTo(copy.AsSpan(start + room));
        return copy;
    }

    private static HeaderSlot[] Move(MessageFrame frame, int index, int removed, int added, int shift)
    {
        var slots = frame.Slots;
        var moved = new HeaderSlot[slots.Length - removed + added];
        slots[..index].CopyTo(moved);
        for (var (from, to) = (index + removed, index + added); from < slots.Length; from++, to++)
        {
            ref readonly var slot = ref slots[from];
            moved[to] = new HeaderSlot(slot.Id, slot.Folded, slot.NameLength, slot.Start + shift, slot.ValueStart + shift, slot.ValueLength);
        }
        return moved;
    }

    // Behind the last line stands the empty one.
    private static int StartOf(MessageFrame frame, int index) => index < frame.Slots.Length ? frame.Slots[index].Start : frame.BodyStart - 2;
}
