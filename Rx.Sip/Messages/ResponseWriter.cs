namespace Rx.Sip.Messages;

/// <summary>Writes responses from the octets of their requests, RFC 3261 §8.2.6.</summary>
internal static class ResponseWriter
{
    public static SipResponse Write(SipRequest request, int status, string? reason, string? toTag, bool isLocal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        var frame = request.Frame;
        var builder = new MessageBuilder(stackalloc byte[1024], stackalloc HeaderSlot[32]);
        builder.StartResponse(status, Grammar.RequireOneLine(reason ?? SipStatus.ReasonPhrase(status), nameof(reason)));
        foreach (ref readonly var slot in frame.Slots)
        {
            if (slot.Id is HeaderId.Via or HeaderId.From or HeaderId.CallId or HeaderId.CSeq
                || (slot.Id == HeaderId.RecordRoute && status is > 100 and < 300))
                builder.Copy(frame, slot);
            else if (slot.Id == HeaderId.To)
                CopyTo(ref builder, frame, slot, status > 100 ? toTag : null);
        }
        return builder.FinishResponse([], isLocal);
    }

    private static void CopyTo(ref MessageBuilder builder, MessageFrame frame, in HeaderSlot slot, string? tag)
    {
        var value = frame.ValueOf(slot);
        if (tag is null || HasTag(value))
        {
            builder.Copy(frame, slot);
            return;
        }
        builder.BeginHeader(HeaderId.To);
        builder.Append(value);
        builder.Append(";tag="u8);
        builder.Append(tag);
        builder.EndHeader();
    }

    /// <summary>Whether the value of a To has a tag: whether the request belongs to a dialog (RFC 3261 §12.2).</summary>
    public static bool HasTag(ReadOnlySpan<byte> to) =>
        AddressParts.TryRead(to, out var parts) && ParameterReader.TryFind(parts.Parameters, "tag"u8, out _);
}
