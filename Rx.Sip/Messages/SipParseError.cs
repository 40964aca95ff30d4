namespace Rx.Sip.Messages;

/// <summary>What is wrong with octets that are no SIP message, and where.</summary>
/// <param name="Reason">The kind of defect.</param>
/// <param name="Offset">The octet where it was noticed, from the start of what was given to the parser.</param>
public sealed record SipParseError(SipParseReason Reason, int Offset)
{
    /// <summary>
    /// What could be read in spite of the defect; null when that is too little. A request here can be answered with 400,
    /// 413 or 505; it must not be treated as received.
    /// </summary>
    public SipMessage? Readable { get; init; }

    /// <summary>The defect as a sentence.</summary>
    public override string ToString() => $"{Sentence} (at octet {Offset})";

    private string Sentence => Reason switch
    {
        SipParseReason.Empty => "There is no message",
        SipParseReason.BadStartLine => "The first line is neither a request line nor a status line",
        SipParseReason.UnsupportedVersion => "The version is not SIP/2.0",
        SipParseReason.BadRequestUri => "The Request-URI is malformed",
        SipParseReason.BadStatusCode => "The status code is not a number from 100 to 699",
        SipParseReason.BadHeader => "A header line has no name or no colon",
        SipParseReason.BadLineEnd => "A line holds a stray carriage return or NUL",
        SipParseReason.UnfinishedHeaders => "The empty line behind the headers is missing",
        SipParseReason.BadContentLength => "Content-Length is not one number",
        SipParseReason.TruncatedBody => "The body is shorter than Content-Length says",
        SipParseReason.MissingContentLength => "Content-Length is missing on a stream",
        SipParseReason.TooLarge => "The message is larger than allowed",
        SipParseReason.TooManyParameters => "A header field holds more parameters or elements than allowed",
        _ => "There are more header fields than allowed",
    };
}
