namespace Rx.Sip.Messages;

/// <summary>Why octets are no SIP message.</summary>
public enum SipParseReason
{
    /// <summary>There is nothing but line ends.</summary>
    Empty,

    /// <summary>The first line is neither a request line nor a status line (RFC 3261 §7.1, §7.2).</summary>
    BadStartLine,

    /// <summary>The version is not SIP/2.0.</summary>
    UnsupportedVersion,

    /// <summary>The Request-URI holds white space or brackets (RFC 3261 §7.1).</summary>
    BadRequestUri,

    /// <summary>The status code is not three digits from 100 to 699.</summary>
    BadStatusCode,

    /// <summary>A header line has no colon, or its name is no token (RFC 3261 §7.3.1).</summary>
    BadHeader,

    /// <summary>A line is ended by CR alone, or holds NUL.</summary>
    BadLineEnd,

    /// <summary>The empty line behind the headers is missing.</summary>
    UnfinishedHeaders,

    /// <summary>Content-Length is no number, or two of them differ (RFC 3261 §20.14).</summary>
    BadContentLength,

    /// <summary>The body is shorter than Content-Length says (RFC 3261 §18.3).</summary>
    TruncatedBody,

    /// <summary>On a stream Content-Length is missing, so the end of the body can't be known (RFC 3261 §18.3).</summary>
    MissingContentLength,

    /// <summary>More octets than <see cref="SipLimits"/> allow.</summary>
    TooLarge,

    /// <summary>More header fields than <see cref="SipLimits"/> allow.</summary>
    TooManyHeaders,

    /// <summary>More parameters or elements in one header field than <see cref="SipLimits"/> allow.</summary>
    TooManyParameters,
}
