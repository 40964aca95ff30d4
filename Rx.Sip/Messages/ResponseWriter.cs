using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// Writes responses from the octets of their requests, RFC 3261 §8.2.6: lines that follow each other there are copied together,
/// into room of the very size.
/// </summary>
internal static class ResponseWriter
{
    public static SipResponse Write(SipRequest request, int status, string? reason, string? toTag, SipLocalCause? cause) =>
        Write(request, status, reason, toTag, retryAfter: null, cause);

    /// <summary>The same that says when to come again, in one piece (RFC 3261 §20.33).</summary>
    public static SipResponse Write(SipRequest request, int status, string? reason, string? toTag, string? retryAfter, SipLocalCause? cause)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        reason = reason is null ? SipStatus.ReasonPhrase(status) : Grammar.RequireOneLine(reason, nameof(reason));
        var frame = request.Frame;
        // A To that has a tag keeps it (§8.2.6.2).
        var tagged = status > 100 && toTag is not null && frame.IndexOf(HeaderId.To) is >= 0 and var to && !HasTag(frame.ValueOf(frame.Slots[to])) ? to : -1;
        var count = Measure(frame, status, out var length);
        var reasonLength = Encoding.UTF8.GetByteCount(reason);
        length += "SIP/2.0 200 \r\nContent-Length: 0\r\n\r\n"u8.Length + reasonLength + (tagged < 0 ? 0 : ";tag="u8.Length + Encoding.UTF8.GetByteCount(toTag!));

        if (retryAfter is not null)
            (count, length) = (count + 1, length + "Retry-After: \r\n"u8.Length + retryAfter.Length);
        var (octets, slots) = (GC.AllocateUninitializedArray<byte>(length), new HeaderSlot[count]);
        var lines = new LineCopier(frame, octets, slots);
        WriteStatusLine(ref lines.Writer, status, reason);
        var headersStart = lines.Writer.Length;
        for (var i = 0; i < frame.Slots.Length; i++)
            if (IsCopied(frame.Slots[i].Id, status))
                lines.Copy(frame.Slots[i], i == tagged ? toTag : null);
        lines.Flush();
        if (retryAfter is not null)
            lines.Write(HeaderId.RetryAfter, retryAfter);
        lines.WriteContentLength(0);
        return new SipResponse(new MessageFrame(octets, slots, headersStart, length), status, "SIP/2.0 200 "u8.Length, reasonLength, cause);
    }

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
        writer.Append(reason);
        writer.Append("\r\n"u8);
    }

    /// <summary>Whether the value of a To has a tag: whether the request belongs to a dialog (RFC 3261 §12.2).</summary>
    public static bool HasTag(ReadOnlySpan<byte> to) =>
        AddressParts.TryRead(to, out var parts) && ParameterReader.TryFind(parts.Parameters, "tag"u8, out _);
}
