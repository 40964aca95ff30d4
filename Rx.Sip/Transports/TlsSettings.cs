using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace Rx.Sip.Transports;

/// <summary>
/// Whom we trust over TLS and what we show (RFC 3261 §26.3, RFC 5922). The defaults suit a client: the platform's roots, no certificate
/// of our own, the server's name verified.
/// </summary>
public sealed record TlsSettings
{
    /// <summary>The default settings.</summary>
    public static TlsSettings Default { get; } = new();

    /// <summary>Our certificate with its private key: a server needs one, a client shows it to servers that ask. It is not disposed.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Roots to trust in place of the platform's. Default, when empty: the platform's.</summary>
    public ImmutableArray<X509Certificate2> TrustedRoots { get; init; } = [];

    /// <summary>Whether peers that connect to us must show a certificate that we trust. Default: false.</summary>
    public bool NeedMutualTls { get; init; }

    /// <summary>
    /// The domains that peers may connect from: one of those in a peer's certificate has to be among them. Only with
    /// <see cref="NeedMutualTls"/>. Default, when empty: any.
    /// </summary>
    public ImmutableArray<string> AllowedDomains { get; init; } = [];

    /// <summary>Whether and how certificates are checked for having been revoked. Default: not.</summary>
    public X509RevocationMode RevocationMode { get; init; } = X509RevocationMode.NoCheck;

    /// <summary>
    /// Whether peers are verified at all. Without, anybody can pose as the server: for trials on a machine of one's own. Default: true.
    /// </summary>
    public bool VerifiesPeers { get; init; } = true;

    /// <summary>Equal when all settings are; certificates compare by their octets.</summary>
    public bool Equals(TlsSettings? other) =>
        other is not null && Equals(Certificate, other.Certificate) && TrustedRoots.SequenceEqual(other.TrustedRoots)
        && NeedMutualTls == other.NeedMutualTls && AllowedDomains.SequenceEqual(other.AllowedDomains)
        && RevocationMode == other.RevocationMode && VerifiesPeers == other.VerifiesPeers;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Certificate, NeedMutualTls, RevocationMode, VerifiesPeers, TrustedRoots.Length, AllowedDomains.Length);
}
