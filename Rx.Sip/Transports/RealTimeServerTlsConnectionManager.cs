using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Transports.Tls;

namespace Rx.Sip.Transports;

/// <summary>
/// A manager whose <see cref="RealTimeConnectionManager.StartListening(System.Net.IPEndPoint)"/> listens over TLS (UCMA's class of that name). It
/// shows the same certificate to peers that it calls. It can open flows and listen over all its other transports too.
/// </summary>
public sealed class RealTimeServerTlsConnectionManager : RealTimeConnectionManager
{
    /// <summary>
    /// A manager with the certificate of that issuer and serial number (hexadecimal) out of the platform's stores, the machine's before the
    /// user's. Throws <see cref="TlsFailureException"/> when there is none with its private key.
    /// </summary>
    public RealTimeServerTlsConnectionManager(string issuerName, string serialNumber) : this(CertificateStores.Find(issuerName, serialNumber))
    {
    }

    /// <summary>A manager with that certificate, which needs its private key. It is not disposed with the manager.</summary>
    public RealTimeServerTlsConnectionManager(X509Certificate2 certificate)
        : this(new ConnectionManagerSettings { Tls = new TlsSettings { Certificate = certificate } })
    {
    }

    /// <summary>A manager with those settings, the certificate among them.</summary>
    public RealTimeServerTlsConnectionManager(ConnectionManagerSettings settings) : base(settings, SipTransportType.Tls)
    {
    }

    /// <summary>Whether peers that connect must show a certificate that we trust. Setting it holds for connections from then on.</summary>
    public bool NeedMutualTls
    {
        get => Tls.NeedMutualTls;
        set => Tls = Tls with { NeedMutualTls = value };
    }

    /// <summary>The domains that peers may connect from, with <see cref="NeedMutualTls"/>; empty: any. Setting it holds for connections from then on.</summary>
    public ImmutableArray<string> AllowedDomains
    {
        get => Tls.AllowedDomains;
        set => Tls = Tls with { AllowedDomains = value };
    }

    /// <summary>
    /// The domains whose connections need no leave where connections do: see <see cref="TlsSettings.TrustedDomains"/>. Setting it holds for
    /// connections from then on.
    /// </summary>
    public ImmutableArray<string> TrustedDomains
    {
        get => Tls.TrustedDomains;
        set => Tls = Tls with { TrustedDomains = value };
    }

    /// <summary>
    /// The usages of which a peer's certificate has to have one: see <see cref="TlsSettings.EnhancedKeyUsages"/>. Setting it holds for
    /// connections from then on.
    /// </summary>
    public ImmutableArray<string> EnhancedKeyUsages
    {
        get => Tls.EnhancedKeyUsages;
        set => Tls = Tls with { EnhancedKeyUsages = value };
    }

    /// <summary>Shows another certificate from now on, one that was renewed for example. Established connections stay.</summary>
    public void ChangeCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Tls = Tls with { Certificate = certificate };
    }
}
