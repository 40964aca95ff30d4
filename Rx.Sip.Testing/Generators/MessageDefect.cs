namespace Rx.Sip.Testing.Generators;

/// <summary>The one thing that is wrong with an <see cref="AlmostValidMessage"/>.</summary>
public enum MessageDefect
{
    /// <summary>There is no Via: nobody knows where an answer would go.</summary>
    MissingVia,

    /// <summary>There is no From.</summary>
    MissingFrom,

    /// <summary>There is no To.</summary>
    MissingTo,

    /// <summary>There is no Call-ID.</summary>
    MissingCallId,

    /// <summary>There is no CSeq.</summary>
    MissingCSeq,

    /// <summary>There are two From.</summary>
    RepeatedFrom,

    /// <summary>There are two To.</summary>
    RepeatedTo,

    /// <summary>There are two Call-ID.</summary>
    RepeatedCallId,

    /// <summary>There are two CSeq.</summary>
    RepeatedCSeq,

    /// <summary>The topmost Via has no sent-by.</summary>
    ViaWithoutHost,

    /// <summary>The display name of From has no closing quote.</summary>
    UnclosedQuote,

    /// <summary>The URI of To has no closing bracket.</summary>
    UnclosedBracket,

    /// <summary>CSeq names another method than the request line.</summary>
    OtherMethodInCSeq,

    /// <summary>The number of CSeq is 2^32, beyond what RFC 3261 §8.1.1.5 allows.</summary>
    CSeqTooLarge,

    /// <summary>CSeq has no number.</summary>
    CSeqWithoutNumber,

    /// <summary>Max-Forwards is a word.</summary>
    MaxForwardsNoNumber,

    /// <summary>The version is SIP/7.0.</summary>
    UnknownVersion,

    /// <summary>The Request-URI has a scheme nobody knows.</summary>
    UnknownScheme,

    /// <summary>The Request-URI stands between brackets.</summary>
    BracketedRequestUri,

    /// <summary>The Request-URI holds a space.</summary>
    SpaceInRequestUri,

    /// <summary>The Request-URI holds a per cent sign without two digits.</summary>
    BrokenEscape,

    /// <summary>The port of the Request-URI is above 65535.</summary>
    PortTooLarge,

    /// <summary>White space stands behind the version of the request line.</summary>
    SpaceBehindRequestLine,

    /// <summary>A header line has no colon.</summary>
    LineWithoutColon,

    /// <summary>The name of a header holds a space.</summary>
    SpaceInHeaderName,

    /// <summary>A value holds NUL.</summary>
    NulInValue,

    /// <summary>A value holds CR without LF.</summary>
    LoneCarriageReturn,

    /// <summary>The empty line behind the headers is missing, and all that should follow.</summary>
    UnfinishedHeaders,

    /// <summary>Content-Length is negative.</summary>
    NegativeContentLength,

    /// <summary>Two Content-Length say different things.</summary>
    ContradictoryContentLength,

    /// <summary>Content-Length is larger than the body.</summary>
    TruncatedBody,

    /// <summary>The status code is 700.</summary>
    StatusCodeTooLarge,

    /// <summary>The status code has four digits.</summary>
    StatusCodeTooLong,
}
