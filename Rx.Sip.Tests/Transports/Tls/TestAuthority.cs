using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>A certificate authority of a test's own.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private byte _serial = 1;

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Root = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    public X509Certificate2 Root { get; }

    /// <summary>A certificate for some hosts, names or addresses, good for both sides of a connection.</summary>
    public X509Certificate2 Issue(params string[] hosts) => Issue(new CertificateWish { Hosts = hosts });

    public X509Certificate2 Issue(CertificateWish wish)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={wish.CommonName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in wish.Hosts)
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        foreach (var uri in wish.Uris)
            names.AddUri(new Uri(uri));
        if (wish.Hosts.Count + wish.Uris.Count > 0)
            request.CertificateExtensions.Add(names.Build());
        var uses = new OidCollection();
        foreach (var use in wish.Uses ?? [ServerUse, ClientUse])
            uses.Add(new Oid(use));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses, false));
        if (wish.RevocationList is { } list)
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([list]));
        using var certificate = wish.IsSelfSigned ? null : request.Create(Root, Now + wish.From, Now + wish.Until, [_serial++]);
        using var withKey = certificate?.CopyWithPrivateKey(key) ?? request.CreateSelfSigned(Now + wish.From, Now + wish.Until);
        // Some platforms can't use a key that lives in memory alone.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A list that says these certificates are revoked.</summary>
    public byte[] Revoke(params X509Certificate2[] certificates)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in certificates)
            list.AddEntry(certificate, Now.AddDays(-1));
        return list.Build(Root, 1, Now.AddDays(7), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, Now.AddDays(-2));
    }

    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
    }
}
