using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// Makes a changed copy of a message. What an edit does not touch is copied octet by octet; Content-Length is put right where
/// it is missing, doubled or wrong, as it may be in a message from a datagram.
/// </summary>
internal static class MessageEdit
{
    private const int RoomForMore = 256;

    public static MessageFrame Insert(SipMessage message, string name, string value)
    {
        var header = HeaderName.ToSet(name);
        var frame = Orderly(message);
        return HeaderSplice.Put(frame, 0, 0, header, value);
    }

    /// <summary>Puts a known header in front, the common case of Via.</summary>
    public static MessageFrame Insert(MessageFrame frame, HeaderId id, ReadOnlySpan<byte> value) =>
        HeaderSplice.Put(frame, 0, 0, new HeaderName(id, HeaderTable.NameOf(id)), value);

    public static MessageFrame Set(SipMessage message, string name, string value) => Set(message, name, [value]);

    /// <summary>The values, each a line, in place of what there was of that name.</summary>
    public static MessageFrame Set(SipMessage message, string name, ReadOnlySpan<string> values)
    {
        var header = HeaderName.ToSet(name);
        var frame = Orderly(message);
        var index = header.IndexIn(frame, 0);
        if (index >= 0)
            (frame, index) = OnlyFirst(frame, header, index);
        var removed = index < 0 ? 0 : 1;
        if (index < 0)
            index = End(frame);
        return values.Length switch
        {
            0 => removed == 0 ? frame : HeaderSplice.Remove(frame, index, removed),
            1 => HeaderSplice.Put(frame, index, removed, header, values[0]),
            _ => PutAll(frame, index, removed, header, values),
        };
    }

    // One copy for however many lines.
    private static MessageFrame PutAll(MessageFrame frame, int index, int removed, HeaderName header, ReadOnlySpan<string> values)
    {
        var builder = MessageBuilder.Rent(frame.Octets.Length + RoomForMore, frame.Slots.Length + values.Length + 1);
        builder.StartLine(frame);
        for (var i = 0; i <= frame.Slots.Length; i++)
        {
            if (i == index)
                foreach (var value in values)
                    builder.Header(header, value);
            if (i < frame.Slots.Length && frame.Slots[i].Id != HeaderId.ContentLength && (i < index || i >= index + removed))
                builder.Copy(frame, frame.Slots[i]);
        }
        return builder.Finish(frame.Body.Span);
    }

    public static MessageFrame Add(SipMessage message, string name, string value)
    {
        var header = HeaderName.ToSet(name);
        var frame = Orderly(message);
        var last = -1;
        for (var i = header.IndexIn(frame, 0); i >= 0; i = header.IndexIn(frame, i + 1))
            last = i;
        return HeaderSplice.Put(frame, last < 0 ? End(frame) : last + 1, 0, header, value);
    }

    /// <summary>Takes out every field of that name; Content-Length stays, since it follows the body.</summary>
    public static MessageFrame Remove(SipMessage message, string name)
    {
        var header = HeaderName.Of(name);
        var frame = Orderly(message);
        if (header.Id == HeaderId.ContentLength || header.IndexIn(frame, 0) is not (>= 0 and var index))
            return frame;
        (frame, index) = OnlyFirst(frame, header, index);
        return HeaderSplice.Remove(frame, index, 1);
    }

    public static MessageFrame RemoveFirstValue(SipMessage message, string name)
    {
        var header = HeaderName.Of(name);
        var frame = Orderly(message);
        if (header.Id == HeaderId.ContentLength || header.IndexIn(frame, 0) is not (>= 0 and var index))
            return frame;
        var rest = frame.ValueOf(frame.Slots[index]);
        Grammar.TryNext(ref rest, out _);
        rest = Grammar.Trim(rest);
        return rest.IsEmpty ? HeaderSplice.Remove(frame, index, 1) : HeaderSplice.Put(frame, index, 1, header, rest);
    }

    public static MessageFrame Body(SipMessage message, string contentType, ReadOnlySpan<byte> body)
    {
        Grammar.RequireOneLine(contentType, nameof(contentType));
        var frame = message.Frame;
        var (count, length) = (1, frame.HeadersStart + "Content-Length: \r\n\r\n"u8.Length + OctetWriter.DigitsOf(body.Length) + body.Length);
        foreach (ref readonly var slot in frame.Slots)
            if (slot.Id is not (HeaderId.ContentType or HeaderId.ContentLength))
                (count, length) = (count + 1, length + slot.ValueStart + slot.ValueLength + 2 - slot.Start);
        if (!body.IsEmpty)
            (count, length) = (count + 1, length + "Content-Type: \r\n"u8.Length + Encoding.UTF8.GetByteCount(contentType));

        var (octets, slots) = (GC.AllocateUninitializedArray<byte>(length), new HeaderSlot[count]);
        var lines = new LineCopier(frame, octets, slots);
        lines.Writer.Append(frame.Span(0, frame.HeadersStart));
        foreach (ref readonly var slot in frame.Slots)
            if (slot.Id is not (HeaderId.ContentType or HeaderId.ContentLength))
                lines.Copy(slot);
        lines.Flush();
        if (!body.IsEmpty)
            lines.Write(HeaderId.ContentType, contentType);
        lines.WriteContentLength(body.Length);
        body.CopyTo(lines.Writer.Rest);
        return new MessageFrame(octets, slots, frame.HeadersStart, length - body.Length);
    }

    public static SipRequest Retarget(SipRequest request, SipUri uri)
    {
        var text = uri.ToString();
        var builder = Start(request, RoomForMore + text.Length * 3);
        builder.StartRequest(request.Method, Encoding.UTF8.GetBytes(text));
        foreach (ref readonly var slot in request.Slots)
            if (slot.Id != HeaderId.ContentLength)
                builder.Copy(request.Frame, slot);
        return builder.FinishRequest(request.Body.Span);
    }

    private static MessageBuilder Start(SipMessage message, int more) =>
        MessageBuilder.Rent(message.Bytes.Length + more, message.Slots.Length + 2);

    // Where a line goes that has no place of its own: behind all others, but before Content-Length if that is the last.
    private static int End(MessageFrame frame) =>
        frame.Slots is [.., { Id: HeaderId.ContentLength }] ? frame.Slots.Length - 1 : frame.Slots.Length;

    // The frame without the further fields of that name, and where the first then stands: Content-Length in front of it goes to the end.
    private static (MessageFrame Frame, int Index) OnlyFirst(MessageFrame frame, HeaderName header, int first)
    {
        if (header.IndexIn(frame, first + 1) < 0)
            return (frame, first);
        var builder = MessageBuilder.Rent(frame.Octets.Length + RoomForMore, frame.Slots.Length + 2);
        builder.StartLine(frame);
        for (var i = 0; i < frame.Slots.Length; i++)
            if (frame.Slots[i].Id != HeaderId.ContentLength && (i <= first || !header.Is(frame, frame.Slots[i])))
                builder.Copy(frame, frame.Slots[i]);
        var only = builder.Finish(frame.Body.Span);
        return (only, header.IndexIn(only, 0));
    }

    /// <summary>The message's frame if its headers end as they should and hold one Content-Length, the right one; else one that does, written anew.</summary>
    private static MessageFrame Orderly(SipMessage message)
    {
        var frame = message.Frame;
        if (IsOrderly(frame))
            return frame;
        var builder = Start(message, RoomForMore);
        builder.StartLine(frame);
        foreach (ref readonly var slot in frame.Slots)
            if (slot.Id != HeaderId.ContentLength)
                builder.Copy(frame, slot);
        return builder.Finish(frame.Body.Span);
    }

    private static bool IsOrderly(MessageFrame frame)
    {
        var length = frame.IndexOf(HeaderId.ContentLength);
        return length >= 0
            && frame.IndexOf(HeaderId.ContentLength, length + 1) < 0
            && Grammar.TryNumber(frame.ValueOf(frame.Slots[length]), int.MaxValue, out var said) && said == frame.Body.Length
            && frame.Octets.Span[..frame.BodyStart].EndsWith("\r\n\r\n"u8);
    }
}
