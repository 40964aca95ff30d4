namespace Rx.Sip.Transports.Tls;

/// <summary>The TLS settings of the moment: a handshake takes those there are when it begins.</summary>
internal sealed class TlsContext(TlsSettings settings)
{
    private volatile TlsSettings _settings = settings;

    public TlsSettings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    /// <summary>A server needs a certificate; better known when it begins to listen than when the first peer calls.</summary>
    public void RequireCertificate()
    {
        if (Settings.Certificate is not { HasPrivateKey: true })
            throw new TlsFailureException(TlsFailureReason.LocalCertificateNotFound, "Listening over TLS needs a certificate with its private key.", null);
    }
}
