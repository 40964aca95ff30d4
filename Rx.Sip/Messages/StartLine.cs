using System.Buffers;

namespace Rx.Sip.Messages;

/// <summary>The first line of a message as offsets into it (RFC 3261 §7.1, §7.2).</summary>
internal readonly record struct StartLine
{
    private static readonly SearchValues<byte> NotInUri = SearchValues.Create(" \t<>\""u8);

    private SipMethod Method { get; init; }

    // The Request-URI of a request, the reason phrase of a response.
    private int Start { get; init; }

    private int Length { get; init; }

    // 0 for a request.
    private int Status { get; init; }

    /// <summary>What is wrong with the line; null when nothing is.</summary>
    public SipParseReason? Reason { get; private init; }

    /// <summary>Whether a message can be made of it at all.</summary>
    public bool IsReadable { get; private init; }

    public bool IsRequest => Status == 0;

    public SipRequest MakeRequest(MessageFrame frame, int replyPort) => new(frame, Method, Start, Length) { ReplyPort = replyPort };

    public SipResponse MakeResponse(MessageFrame frame) => new(frame, Status, Start, Length);

    public static StartLine Read(ReadOnlySpan<byte> line) =>
        line.IsEmpty ? new StartLine { Reason = SipParseReason.BadStartLine }
        : line.Length > 4 && Grammar.Same(line[..4], "SIP/"u8) ? ReadStatusLine(line)
        : ReadRequestLine(line);

    private static StartLine ReadStatusLine(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        if (space < 0)
            return new StartLine { Reason = SipParseReason.BadStartLine };
        if (!Grammar.Same(line[..space], "SIP/2.0"u8))
            return new StartLine { Reason = SipParseReason.UnsupportedVersion };
        var rest = line[(space + 1)..];
        if (rest.Length < 3 || (rest.Length > 3 && rest[3] != ' ') || !Grammar.TryNumber(rest[..3], 699, out var status) || status < 100)
            return new StartLine { Reason = SipParseReason.BadStatusCode };
        var start = Math.Min(line.Length, space + 5);
        return new StartLine { Status = (int)status, Start = start, Length = line.Length - start, IsReadable = true };
    }

    private static StartLine ReadRequestLine(ReadOnlySpan<byte> line)
    {
        // Nearly every request line is this one; whatever else there is, is looked at below.
        if (line.EndsWith(" SIP/2.0"u8) && line[..^8] is var front && front.IndexOf((byte)' ') is > 0 and var space
            && space + 1 < front.Length && !front[(space + 1)..].ContainsAny(NotInUri) && SipMethod.TryParse(front[..space], out var usual))
            return new StartLine { Method = usual, Start = space + 1, Length = front.Length - space - 1, IsReadable = true };

        // White space at the end is a defect, but what it is a request for is plain enough to refuse it.
        var isTrailed = Grammar.IsWhite(line[^1]);
        if (isTrailed)
            line = line.TrimEnd(" \t"u8);
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last == first || !SipMethod.TryParse(line[..first], out var method))
            return new StartLine { Reason = SipParseReason.BadStartLine };
        var uri = line[(first + 1)..last];
        var version = line[(last + 1)..];
        if (version.Length < 4 || !Grammar.Same(version[..4], "SIP/"u8))
            return new StartLine { Reason = SipParseReason.BadStartLine };
        SipParseReason? reason =
            !Grammar.Same(version, "SIP/2.0"u8) ? SipParseReason.UnsupportedVersion
            : uri.IsEmpty || uri.ContainsAny(NotInUri) ? SipParseReason.BadRequestUri
            : isTrailed ? SipParseReason.BadStartLine
            : null;
        return new StartLine { Method = method, Start = first + 1, Length = uri.Length, IsReadable = true, Reason = reason };
    }
}
