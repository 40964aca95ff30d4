namespace Rx.Sip.Messages;

/// <summary>The two schemes of one resource (RFC 5630 §4.1): <c>sips</c> is reached by TLS on every hop, or not at all.</summary>
internal static class SipsUri
{
    /// <summary>Whether that is a <c>sips</c> URI.</summary>
    public static bool Is(ReadOnlySpan<byte> uri) => uri.Length > 5 && Grammar.Same(uri[..5], "sips:"u8);

    /// <summary>The resource as <c>sips</c>. What the scheme says already is not said by a transport again (§5.1.1): TLS is TCP, and WSS is WS.</summary>
    public static SipUri Of(SipUri uri)
    {
        if (!uri.IsSip || uri.IsSecure)
            return uri;
        var parameters = uri.Transport?.ToLowerInvariant() switch
        {
            "tls" => uri.Parameters.Without("transport"),
            "wss" => uri.Parameters.With("transport", "ws"),
            _ => uri.Parameters,
        };
        return new SipUri("sips", uri.User, uri.Password, uri.Host, uri.Port, parameters, uri.Headers);
    }

    /// <summary>The resource as <c>sip</c>, by the same way: an address of ours that takes TLS goes on saying so. A GRUU names no way.</summary>
    public static SipUri Plain(SipUri uri)
    {
        if (!uri.IsSecure)
            return uri;
        var parameters = uri.Parameters.Contains("gr") ? uri.Parameters
            : uri.Parameters.With("transport", string.Equals(uri.Transport, "ws", StringComparison.OrdinalIgnoreCase) ? "wss" : "tls");
        return new SipUri("sip", uri.User, uri.Password, uri.Host, uri.Port, parameters, uri.Headers);
    }
}
