namespace Rx.Sip.Messages;

/// <summary>
/// Whether a received message holds what every message must (RFC 3261 §8.1.1, §8.2): each mandatory header once and readable, and a
/// Request-URI. What of the valid is served is up to <see cref="SipRules"/>.
/// Looks at octets and makes no text, so a good message costs no memory.
/// </summary>
internal static class MessageCheck
{
    /// <summary>Null when the request can be handled; else the answer it deserves, if <see cref="IsAnswerable"/>.</summary>
    public static SipVerdict? Of(SipRequest request)
    {
        var headers = MandatoryHeaders.Of(request.Frame);
        if (headers.Defect(request.Frame) is { } defect)
            return new SipVerdict(SipStatus.BadRequest, defect);
        if (!CSeq.TrySplit(request.Frame.ValueOf(request.Slots[headers.CSeq]), out _, out var method))
            return new SipVerdict(SipStatus.BadRequest, "Malformed CSeq");
        if (!IsNameOf(request.Method, method))
            return new SipVerdict(SipStatus.BadRequest, "CSeq Names Another Method");
        // Too large a number is one all the same: RFC 4475 §3.1.2.4 lets it count as missing.
        if (headers.MaxForwards >= 0 && !Grammar.IsDigits(request.Frame.ValueOf(request.Slots[headers.MaxForwards])))
            return new SipVerdict(SipStatus.BadRequest, "Malformed Max-Forwards");
        return UriParts.TryRead(request.RequestUriOctets, out _) ? null : new SipVerdict(SipStatus.BadRequest, "Malformed Request-URI");
    }

    /// <summary>The answer to a request that could not be parsed. Too large a body is a 413, too large a message a 513 (RFC 3261 §21.4.11, §21.5.7).</summary>
    public static SipVerdict Of(SipParseError error, SipLimits limits) => error.Reason switch
    {
        SipParseReason.TooLarge when error.Readable?.ContentLength > limits.MaxBodyOctets =>
            SipVerdict.Of(SipStatus.RequestEntityTooLarge),
        SipParseReason.UnsupportedVersion => SipVerdict.Of(SipStatus.VersionNotSupported),
        SipParseReason.TooLarge or SipParseReason.TooManyHeaders or SipParseReason.TooManyParameters => SipVerdict.Of(SipStatus.MessageTooLarge),
        SipParseReason.BadStartLine => new(SipStatus.BadRequest, "Malformed Request-Line"),
        SipParseReason.BadRequestUri => new(SipStatus.BadRequest, "Malformed Request-URI"),
        SipParseReason.BadHeader => new(SipStatus.BadRequest, "Malformed Header Line"),
        SipParseReason.BadLineEnd => new(SipStatus.BadRequest, "Malformed Line End"),
        SipParseReason.UnfinishedHeaders => new(SipStatus.BadRequest, "Unfinished Headers"),
        SipParseReason.BadContentLength => new(SipStatus.BadRequest, "Malformed Content-Length"),
        SipParseReason.TruncatedBody => new(SipStatus.BadRequest, "Content-Length Larger Than Body"),
        SipParseReason.MissingContentLength => new(SipStatus.BadRequest, "Missing Content-Length"),
        _ => SipVerdict.Of(SipStatus.BadRequest),
    };

    /// <summary>Whether a response to the request may be sent and finds its way back: it is no ACK and its topmost Via can be read.</summary>
    public static bool IsAnswerable(SipRequest request) =>
        request.Method != SipMethod.Ack && ViaSyntax.TryReadTop(request.Frame, out var via) && HostPort.TryRead(via.SentBy, out _);

    /// <summary>Whether a response can be brought to its request; one that can't is dropped (RFC 3261 §18.1.2).</summary>
    public static bool IsUsable(SipResponse response)
    {
        var headers = MandatoryHeaders.Of(response.Frame);
        return headers.Defect(response.Frame) is null && CSeq.TrySplit(response.Frame.ValueOf(response.Slots[headers.CSeq]), out _, out _);
    }

    /// <summary>Whether each value of a Via field can be read.</summary>
    internal static bool AreVias(ReadOnlySpan<byte> list)
    {
        var any = false;
        while (Grammar.TryNext(ref list, out var via))
        {
            any = true;
            if (!ViaSyntax.IsReadable(via))
                return false;
        }
        return any;
    }

    private static bool IsNameOf(SipMethod method, ReadOnlySpan<byte> name) => System.Text.Ascii.Equals(name, method.Name);
}
