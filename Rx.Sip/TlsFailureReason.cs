namespace Rx.Sip;

/// <summary>Why a TLS connection could not be had (UCMA's reasons).</summary>
public enum TlsFailureReason
{
    /// <summary>Something else; the inner exception says what.</summary>
    Other,

    /// <summary>We have no certificate, or none with its private key, and need one.</summary>
    LocalCertificateNotFound,

    /// <summary>The peer's certificate does not lead to a root that we trust, or the peer has shown none where one is needed.</summary>
    UntrustedRemoteCertificate,

    /// <summary>The peer's certificate is for another domain (RFC 5922 §7).</summary>
    IncorrectNameInRemoteCertificate,

    /// <summary>The peer's certificate is not valid any more, or not yet.</summary>
    CertificateExpired,

    /// <summary>Both sides could not agree, or the peer refused our certificate.</summary>
    TlsNegotiationFailure,

    /// <summary>The peer closed the connection during the handshake.</summary>
    RemoteDisconnected,

    /// <summary>The issuer has revoked the peer's certificate.</summary>
    RemoteCertificateRevoked,

    /// <summary>The peer's certificate is not for this use (RFC 5924).</summary>
    RemoteCertificateInvalidUsage,
}
