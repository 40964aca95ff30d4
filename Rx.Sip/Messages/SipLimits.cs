namespace Rx.Sip.Messages;

/// <summary>How much of a message is accepted. What exceeds this is refused, so a peer can't make memory grow.</summary>
public sealed record SipLimits
{
    /// <summary>The default limits.</summary>
    public static SipLimits Default { get; } = new();

    /// <summary>Octets of the start line and all headers together. Default 64 KiB.</summary>
    public int MaxHeaderOctets { get; init; } = 64 * 1024;

    /// <summary>Octets of the body. Default 1 MiB.</summary>
    public int MaxBodyOctets { get; init; } = 1024 * 1024;

    /// <summary>Octets of the Request-URI; a request with a longer one is told so (414). Default 8 KiB.</summary>
    public int MaxRequestUriOctets { get; init; } = 8 * 1024;

    /// <summary>Header fields in one message. Default 1,000.</summary>
    public int MaxHeaders { get; init; } = 1000;

    /// <summary>
    /// Parameters and list elements in one header field: as many commas and semicolons as it may hold, those in quoted strings included. It is asked
    /// before anybody reads the value, so that the limit holds for every header there is. Default 1,000.
    /// </summary>
    public int MaxParameters { get; init; } = 1000;
}
