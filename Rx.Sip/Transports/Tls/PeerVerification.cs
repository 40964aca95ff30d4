using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Rx.Sip.Transports.Tls;

/// <summary>Judges the certificate of one peer (RFC 5922 §7) and keeps what came of it.</summary>
/// <param name="settings">Whom we trust.</param>
/// <param name="host">The name that the peer has to prove; null when it called us.</param>
internal sealed class PeerVerification(TlsSettings settings, string? host)
{
    private const X509ChainStatusFlags OutOfTime = X509ChainStatusFlags.NotTimeValid;
    private const X509ChainStatusFlags Revoked = X509ChainStatusFlags.Revoked;
    private const X509ChainStatusFlags Misused = X509ChainStatusFlags.NotValidForUsage;

    // id-kp-serverAuth, id-kp-clientAuth, anyExtendedKeyUsage, and id-kp-sipDomain of RFC 5924.
    private static readonly ImmutableArray<string> ServerUses = ["1.3.6.1.5.5.7.3.1", "2.5.29.37.0", "1.3.6.1.5.5.7.3.20"];
    private static readonly ImmutableArray<string> ClientUses = ["1.3.6.1.5.5.7.3.2", "2.5.29.37.0", "1.3.6.1.5.5.7.3.20"];

    /// <summary>Why the peer is not trusted; null when it is.</summary>
    public TlsFailureReason? Failure { get; private set; }

    /// <summary>The same for people.</summary>
    public string Message { get; private set; } = "";

    /// <summary>What the peer has shown.</summary>
    public X509Certificate2? Certificate { get; private set; }

    /// <summary>The domains that the peer has proven to speak for; none while it is not trusted.</summary>
    public ImmutableArray<string> Domains { get; private set; } = [];

    /// <summary>The signature that <see cref="SslStream"/> wants.</summary>
    public bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        // A copy: the stream disposes its own.
        Certificate = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        if (!settings.VerifiesPeers)
            return true;
        if (Certificate is null)
            return host is null && !settings.NeedMutualTls || Refuse(TlsFailureReason.UntrustedRemoteCertificate, "the peer shows no certificate");
        return IsTrusted(Certificate, chain) && IsForUse(Certificate) && IsNamed(Certificate);
    }

    private bool IsTrusted(X509Certificate2 certificate, X509Chain? shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = settings.RevocationMode;
        if (!settings.TrustedRoots.IsEmpty)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(settings.TrustedRoots.ToArray());
        }
        foreach (var element in shown?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        if (shown is not null)
            chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        if (chain.Build(certificate))
            return true;
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        var what = string.Join(", ", chain.ChainStatus.Select(one => one.StatusInformation.Trim()).Distinct());
        return Refuse(ReasonOf(status), $"the peer's certificate is refused: {what}");
    }

    // The worst comes first: nothing else a certificate says counts unless a trusted issuer says it.
    private static TlsFailureReason ReasonOf(X509ChainStatusFlags status) =>
        status.HasFlag(Revoked) ? TlsFailureReason.RemoteCertificateRevoked
        : (status & ~(OutOfTime | Misused)) != 0 ? TlsFailureReason.UntrustedRemoteCertificate
        : status.HasFlag(OutOfTime) ? TlsFailureReason.CertificateExpired
        : TlsFailureReason.RemoteCertificateInvalidUsage;

    private bool IsForUse(X509Certificate2 certificate)
    {
        var isSettled = !settings.EnhancedKeyUsages.IsEmpty;
        var permitted = isSettled ? settings.EnhancedKeyUsages : host is null ? ClientUses : ServerUses;
        var uses = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(one => one.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>()).ToList();
        return (uses.Count == 0 && !isSettled) || uses.Any(use => use.Value is { } value && permitted.Contains(value))
            || Refuse(TlsFailureReason.RemoteCertificateInvalidUsage, "the peer's certificate is for another use");
    }

    private bool IsNamed(X509Certificate2 certificate)
    {
        var domains = CertificateDomains.Of(certificate);
        if (host is not null && !CertificateDomains.Match(domains, host))
            return Refuse(TlsFailureReason.IncorrectNameInRemoteCertificate, $"the peer's certificate is for {List(domains)}, not for {host}");
        if (host is null && settings.NeedMutualTls && !settings.AllowedDomains.IsEmpty && !settings.AllowedDomains.Any(allowed => CertificateDomains.Match(domains, allowed)))
            return Refuse(TlsFailureReason.IncorrectNameInRemoteCertificate, $"the peer's certificate is for {List(domains)}, which may not connect");
        Domains = domains;
        return true;
    }

    private bool Refuse(TlsFailureReason reason, string message)
    {
        (Failure, Message) = (reason, message);
        return false;
    }

    private static string List(ImmutableArray<string> domains) => domains.IsEmpty ? "no domain" : string.Join(", ", domains);
}
