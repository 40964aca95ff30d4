using System.Text;

namespace Rx.Sip.Messages;

/// <summary>Makes a changed copy of a message. What an edit does not touch is copied octet by octet.</summary>
internal static class MessageEdit
{
    public static MessageFrame Insert(SipMessage message, string name, string value)
    {
        var builder = Start(message);
        builder.Header(name, value);
        foreach (ref readonly var slot in message.Slots)
            CopyUnlessLength(ref builder, message, slot);
        return builder.Finish(message.Body.Span);
    }

    /// <summary>Puts a known header in front, the common case of Via: one copy, no look at the rest.</summary>
    public static MessageFrame Insert(MessageFrame frame, HeaderId id, ReadOnlySpan<byte> value)
    {
        var name = HeaderTable.NameOf(id);
        var octets = frame.Octets.Span;
        var start = frame.HeadersStart;
        var shift = name.Length + 2 + value.Length + 2;
        var copy = GC.AllocateUninitializedArray<byte>(octets.Length + shift);
        octets[..start].CopyTo(copy);
        Encoding.ASCII.GetBytes(name, copy.AsSpan(start));
        ": "u8.CopyTo(copy.AsSpan(start + name.Length));
        var valueStart = start + name.Length + 2;
        value.CopyTo(copy.AsSpan(valueStart));
        "\r\n"u8.CopyTo(copy.AsSpan(valueStart + value.Length));
        octets[start..].CopyTo(copy.AsSpan(start + shift));

        var slots = new HeaderSlot[frame.Slots.Length + 1];
        slots[0] = new HeaderSlot(id, Folded: false, (ushort)name.Length, start, valueStart, value.Length);
        for (var i = 1; i < slots.Length; i++)
        {
            var slot = frame.Slots[i - 1];
            slots[i] = slot with { Start = slot.Start + shift, ValueStart = slot.ValueStart + shift };
        }
        return new MessageFrame(copy, slots, start, frame.BodyStart + shift);
    }

    public static MessageFrame Set(SipMessage message, string name, string value) => Set(message, name, [value]);

    /// <summary>The values, each a line, in place of what there was of that name.</summary>
    public static MessageFrame Set(SipMessage message, string name, ReadOnlySpan<string> values)
    {
        var builder = Start(message);
        var written = false;
        foreach (ref readonly var slot in message.Slots)
        {
            if (!message.IsNamed(slot, name))
                CopyUnlessLength(ref builder, message, slot);
            else if (!written)
            {
                written = true;
                Write(ref builder, name, values);
            }
        }
        if (!written)
            Write(ref builder, name, values);
        return builder.Finish(message.Body.Span);
    }

    public static MessageFrame Add(SipMessage message, string name, string value)
    {
        var last = -1;
        for (var i = 0; i < message.Slots.Length; i++)
            if (message.IsNamed(message.Slots[i], name))
                last = i;
        var builder = Start(message);
        for (var i = 0; i < message.Slots.Length; i++)
        {
            CopyUnlessLength(ref builder, message, message.Slots[i]);
            if (i == last)
                builder.Header(name, value);
        }
        if (last < 0)
            builder.Header(name, value);
        return builder.Finish(message.Body.Span);
    }

    public static MessageFrame Remove(SipMessage message, string name)
    {
        var builder = Start(message);
        foreach (ref readonly var slot in message.Slots)
            if (!message.IsNamed(slot, name))
                CopyUnlessLength(ref builder, message, slot);
        return builder.Finish(message.Body.Span);
    }

    public static MessageFrame RemoveFirstValue(SipMessage message, string name)
    {
        var builder = Start(message);
        var removed = false;
        foreach (ref readonly var slot in message.Slots)
        {
            if (removed || !message.IsNamed(slot, name))
            {
                CopyUnlessLength(ref builder, message, slot);
                continue;
            }
            removed = true;
            var rest = message.ValueOf(slot);
            Grammar.TryNext(ref rest, out _);
            if (!Grammar.Trim(rest).IsEmpty)
                builder.Header(name, Grammar.Text(Grammar.Trim(rest)));
        }
        return builder.Finish(message.Body.Span);
    }

    public static MessageFrame Body(SipMessage message, string contentType, ReadOnlySpan<byte> body)
    {
        var builder = Start(message);
        foreach (ref readonly var slot in message.Slots)
            if (slot.Id != HeaderId.ContentType)
                CopyUnlessLength(ref builder, message, slot);
        if (!body.IsEmpty)
            builder.Header(HeaderId.ContentType, contentType);
        return builder.Finish(body);
    }

    public static SipRequest Retarget(SipRequest request, SipUri uri)
    {
        var builder = new MessageBuilder(stackalloc byte[1024], stackalloc HeaderSlot[32]);
        builder.StartRequest(request.Method, Encoding.UTF8.GetBytes(uri.ToString()));
        foreach (ref readonly var slot in request.Slots)
            CopyUnlessLength(ref builder, request, slot);
        return builder.FinishRequest(request.Body.Span);
    }

    private static void Write(ref MessageBuilder builder, string name, ReadOnlySpan<string> values)
    {
        foreach (var value in values)
            builder.Header(name, value);
    }

    private static MessageBuilder Start(SipMessage message)
    {
        var builder = new MessageBuilder(new byte[message.Bytes.Length + 128], new HeaderSlot[message.Slots.Length + 2]);
        builder.StartLine(message.Frame);
        return builder;
    }

    // The length is written when the message is finished, from the body it then has.
    private static void CopyUnlessLength(ref MessageBuilder builder, SipMessage message, in HeaderSlot slot)
    {
        if (slot.Id != HeaderId.ContentLength)
            builder.Copy(message.Frame, slot);
    }
}
