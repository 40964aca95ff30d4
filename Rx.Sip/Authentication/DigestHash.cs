namespace Rx.Sip.Authentication;

/// <summary>The hash functions of Digest (RFC 7616 §3.3, RFC 8760 §2.1).</summary>
internal enum DigestHash
{
    /// <summary>What every server understands, and what a challenge without an algorithm means.</summary>
    Md5,

    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-512/256.</summary>
    Sha512Over256,
}
