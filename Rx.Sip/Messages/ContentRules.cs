namespace Rx.Sip.Messages;

/// <summary>The verdict on a request's body, RFC 3261 §8.2.3: one that is not understood is refused unless it is optional.</summary>
internal static class ContentRules
{
    public static SipVerdict? Judge(SipRules rules, SipRequest request)
    {
        if (request.Body.IsEmpty)
            return null;
        if (request.Body.Length > rules.Limits.MaxBodyOctets)
            return SipVerdict.Of(SipStatus.RequestEntityTooLarge);
        if ((IsEncodingKnown(rules, request) ? OfType(rules, request) : OfEncoding(rules)) is not { } verdict)
            return null;
        return IsOptional(request) ? null : verdict;
    }

    private static SipVerdict? OfType(SipRules rules, SipRequest request)
    {
        if (rules.ContentTypes is not { } known)
            return null;
        if (request.ContentType is { } type)
            return known.Any(pattern => Covers(pattern, type)) ? null : Unsupported(known);
        return request.Frame.IndexOf(HeaderId.ContentType) < 0 ? Unsupported(known) : new SipVerdict(SipStatus.BadRequest, "Malformed Content-Type");
    }

    private static SipVerdict Unsupported(IReadOnlyCollection<string> known) =>
        SipVerdict.Of(SipStatus.UnsupportedMediaType, "Accept", string.Join(", ", known));

    private static SipVerdict OfEncoding(SipRules rules) =>
        SipVerdict.Of(SipStatus.UnsupportedMediaType, "Accept-Encoding", string.Join(", ", rules.ContentEncodings.Prepend("identity")));

    private static bool Covers(string pattern, MediaType type) =>
        pattern == "*/*" || type.Is(pattern)
        || (pattern.EndsWith("/*", StringComparison.Ordinal) && string.Equals(pattern[..^2], type.Type, StringComparison.OrdinalIgnoreCase));

    private static bool IsEncodingKnown(SipRules rules, SipRequest request)
    {
        var frame = request.Frame;
        for (var i = frame.IndexOf(HeaderId.ContentEncoding); i >= 0; i = frame.IndexOf(HeaderId.ContentEncoding, i + 1))
        {
            var list = frame.ValueOf(frame.Slots[i]);
            while (Grammar.TryNext(ref list, out var encoding))
                if (!Grammar.Same(encoding, "identity"u8) && !rules.ContentEncodings.Contains(Grammar.Text(encoding), StringComparer.OrdinalIgnoreCase))
                    return false;
        }
        return true;
    }

    // RFC 3261 §20.11.
    private static bool IsOptional(SipRequest request) =>
        request.Frame.TryFind(HeaderId.ContentDisposition, out var text)
        && Grammar.IndexOutside(text, (byte)';') is >= 0 and var semicolon
        && ParameterReader.TryFind(text[(semicolon + 1)..], "handling"u8, out var handling)
        && Grammar.Same(handling, "optional"u8);
}
