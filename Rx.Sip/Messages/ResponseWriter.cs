using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// Writes responses from the octets of their requests, RFC 3261 §8.2.6: lines that follow each other there are copied together,
/// into room of the very size.
/// </summary>
internal static class ResponseWriter
{
    public static SipResponse Write(SipRequest request, int status, string? reason, string? toTag, bool isLocal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        reason = reason is null ? SipStatus.ReasonPhrase(status) : Grammar.RequireOneLine(reason, nameof(reason));
        var frame = request.Frame;
        // A To that has a tag keeps it (§8.2.6.2).
        var tagged = status > 100 && toTag is not null && frame.IndexOf(HeaderId.To) is >= 0 and var to && !HasTag(frame.ValueOf(frame.Slots[to])) ? to : -1;
        var tag = tagged < 0 ? "" : toTag!;
        var count = Measure(frame, status, out var length);
        var reasonLength = Encoding.UTF8.GetByteCount(reason);
        length += "SIP/2.0 200 \r\n"u8.Length + reasonLength + Ending.Length + (tagged < 0 ? 0 : ";tag="u8.Length + Encoding.UTF8.GetByteCount(tag));

        var (octets, slots) = (GC.AllocateUninitializedArray<byte>(length), new HeaderSlot[count]);
        var writer = new OctetWriter(octets);
        WriteStatusLine(ref writer, status, reason);
        var headersStart = writer.Length;
        WriteHeaders(ref writer, frame, status, slots, tagged, tag);
        slots[^1] = new HeaderSlot(HeaderId.ContentLength, Folded: false, (ushort)"Content-Length"u8.Length, writer.Length, writer.Length + "Content-Length: "u8.Length, 1);
        writer.Append(Ending);
        return new SipResponse(new MessageFrame(octets, slots, headersStart, writer.Length), status, "SIP/2.0 200 "u8.Length, reasonLength, isLocal);
    }

    private static ReadOnlySpan<byte> Ending => "Content-Length: 0\r\n\r\n"u8;

    private static int Measure(MessageFrame frame, int status, out int length)
    {
        (var count, length) = (1, 0);
        foreach (ref readonly var slot in frame.Slots)
            if (IsCopied(slot.Id, status))
            {
                count++;
                length += slot.ValueStart - slot.Start + slot.ValueLength + 2;
            }
        return count;
    }

    private static bool IsCopied(HeaderId id, int status) =>
        id is HeaderId.Via or HeaderId.From or HeaderId.To or HeaderId.CallId or HeaderId.CSeq
        || (id == HeaderId.RecordRoute && status is > 100 and < 300);

    private static void WriteStatusLine(ref OctetWriter writer, int status, string reason)
    {
        writer.Append("SIP/2.0 "u8);
        writer.Append([(byte)('0' + status / 100), (byte)('0' + status / 10 % 10), (byte)('0' + status % 10), (byte)' ']);
        writer.Advance(Encoding.UTF8.GetBytes(reason, writer.Rest));
        writer.Append("\r\n"u8);
    }

    private static void WriteHeaders(ref OctetWriter writer, MessageFrame frame, int status, HeaderSlot[] slots, int tagged, string tag)
    {
        // The octets from runStart to runEnd are to be copied and have not been yet.
        var (count, runStart, runEnd) = (0, 0, 0);
        for (var i = 0; i < frame.Slots.Length; i++)
        {
            ref readonly var slot = ref frame.Slots[i];
            if (!IsCopied(slot.Id, status))
                continue;
            if (runEnd != slot.Start)
            {
                writer.Append(frame.Span(runStart, runEnd - runStart));
                runStart = slot.Start;
            }
            var shift = writer.Length - runStart;
            runEnd = slot.ValueStart + slot.ValueLength;
            var more = 0;
            if (i == tagged)
            {
                writer.Append(frame.Span(runStart, runEnd - runStart));
                runStart = runEnd;
                more = WriteTag(ref writer, tag);
            }
            slots[count++] = new HeaderSlot(slot.Id, slot.Folded, slot.NameLength, slot.Start + shift, slot.ValueStart + shift, slot.ValueLength + more);
            runEnd = EndLine(ref writer, frame, ref runStart, runEnd);
        }
        writer.Append(frame.Span(runStart, runEnd - runStart));
    }

    private static int WriteTag(ref OctetWriter writer, string tag)
    {
        var before = writer.Length;
        writer.Append(";tag="u8);
        writer.Advance(Encoding.UTF8.GetBytes(tag, writer.Rest));
        return writer.Length - before;
    }

    // A line that does not end with CRLF right behind its value ends the run, and gets one.
    private static int EndLine(ref OctetWriter writer, MessageFrame frame, ref int runStart, int runEnd)
    {
        if (frame.Octets.Span[runEnd..].StartsWith("\r\n"u8))
            return runEnd + 2;
        writer.Append(frame.Span(runStart, runEnd - runStart));
        writer.Append("\r\n"u8);
        runStart = runEnd;
        return runEnd;
    }

    /// <summary>Whether the value of a To has a tag: whether the request belongs to a dialog (RFC 3261 §12.2).</summary>
    public static bool HasTag(ReadOnlySpan<byte> to) =>
        AddressParts.TryRead(to, out var parts) && ParameterReader.TryFind(parts.Parameters, "tag"u8, out _);
}
