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
    public ImmutableArray<X509Certificate2> TrustedRoots
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Whether peers that connect to us must show a certificate that we trust. Default: false.</summary>
    public bool NeedMutualTls { get; init; }

    /// <summary>
    /// Whether peers that connect to us are asked for a certificate without having to have one (RFC 5922 §7.4): one that we don't trust is
    /// refused, and who shows none is nobody. <see cref="NeedMutualTls"/> asks as well. Default: false, since browsers ask their users in turn.
    /// </summary>
    public bool AsksForCertificate { get; init; }

    /// <summary>
    /// The domains that peers may connect from: one of those in a peer's certificate has to be among them. Only with
    /// <see cref="NeedMutualTls"/>. Default, when empty: any.
    /// </summary>
    public ImmutableArray<string> AllowedDomains
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>
    /// The domains whose connections need no leave where <see cref="ConnectionManagerSettings.NeedsConnectionAuthorization"/>: a peer whose
    /// certificate proves one of them is let in without asking. Names match whole. Default: none.
    /// </summary>
    public ImmutableArray<string> TrustedDomains
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>
    /// The enhanced key usages, as object identifiers, of which a peer's certificate has to have one; a certificate without any is refused then.
    /// Default, when empty: a certificate that limits its usage has to be for a server, of peers that connect for a client, or for SIP
    /// domains (1.3.6.1.5.5.7.3.20, RFC 5924), or for any.
    /// </summary>
    public ImmutableArray<string> EnhancedKeyUsages
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Whether and how certificates are checked for having been revoked. Default: not.</summary>
    public X509RevocationMode RevocationMode { get; init; } = X509RevocationMode.NoCheck;

    /// <summary>
    /// Whether peers are verified at all. Without, anybody can pose as the server: for trials on a machine of one's own. Default: true.
    /// </summary>
    public bool VerifiesPeers { get; init; } = true;

    /// <summary>Equal when all settings are; certificates compare by their octets.</summary>
    public bool Equals(TlsSettings? other) =>
        other is not null && Equals(Certificate, other.Certificate) && TrustedRoots.SequenceEqual(other.TrustedRoots)
        && NeedMutualTls == other.NeedMutualTls && AsksForCertificate == other.AsksForCertificate
        && AllowedDomains.SequenceEqual(other.AllowedDomains) && TrustedDomains.SequenceEqual(other.TrustedDomains)
        && EnhancedKeyUsages.SequenceEqual(other.EnhancedKeyUsages)
        && RevocationMode == other.RevocationMode && VerifiesPeers == other.VerifiesPeers;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Certificate, NeedMutualTls, RevocationMode, VerifiesPeers, TrustedRoots.Length, AllowedDomains.Length);
}
