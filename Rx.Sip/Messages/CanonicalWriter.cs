using System.Buffers;

namespace Rx.Sip.Messages;

/// <summary>Writes messages in one form whatever form they came in. One pass into room asked for once; allocates nothing.</summary>
internal static class CanonicalWriter
{
    // "Content-Length: 2147483647", line end and empty line.
    private const int RoomForLength = 32;

    public static void Write(MessageFrame frame, IBufferWriter<byte> writer)
    {
        var octets = new OctetWriter(writer.GetSpan(Room(frame)));
        octets.Append(frame.Span(0, frame.HeadersStart).TrimEnd("\r\n"u8));
        octets.Append("\r\n"u8);
        var isLengthWritten = false;
        foreach (ref readonly var slot in frame.Slots)
        {
            if (slot.Id != HeaderId.ContentLength)
                Append(ref octets, frame, slot);
            else if (!isLengthWritten)
                isLengthWritten = AppendLength(ref octets, frame.Body.Length);
        }
        if (!isLengthWritten)
            AppendLength(ref octets, frame.Body.Length);
        octets.Append("\r\n"u8);
        octets.Append(frame.Body.Span);
        writer.Advance(octets.Length);
    }

    private static int Room(MessageFrame frame)
    {
        var room = frame.Octets.Length + RoomForLength;
        foreach (ref readonly var slot in frame.Slots)
            room += "x: \r\n"u8.Length + (slot.Id == HeaderId.Unknown ? 0 : HeaderTable.LineOf(slot.Id).Length);
        return room;
    }

    private static void Append(ref OctetWriter octets, MessageFrame frame, in HeaderSlot slot)
    {
        octets.Append(slot.Id == HeaderId.Unknown ? frame.NameOf(slot) : HeaderTable.LineOf(slot.Id));
        if (slot.Id == HeaderId.Unknown)
            octets.Append(": "u8);
        var value = frame.Span(slot.ValueStart, slot.ValueLength);
        if (slot.Folded)
            octets.Advance(Grammar.Unfold(value, octets.Rest));
        else
            octets.Append(value);
        octets.Append("\r\n"u8);
    }

    private static bool AppendLength(ref OctetWriter octets, int length)
    {
        octets.Append(HeaderTable.LineOf(HeaderId.ContentLength));
        octets.Append(length);
        octets.Append("\r\n"u8);
        return true;
    }
}
