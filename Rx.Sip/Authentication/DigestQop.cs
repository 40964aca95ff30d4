namespace Rx.Sip.Authentication;

/// <summary>What a digest protects (RFC 7616 §3.4).</summary>
internal enum DigestQop
{
    /// <summary>No <c>qop</c> at all: a server from the days of RFC 2069. Neither client nonce nor nonce count.</summary>
    None,

    /// <summary><c>auth</c>: method and URI.</summary>
    Auth,

    /// <summary><c>auth-int</c>: method, URI and body.</summary>
    AuthInt,
}
