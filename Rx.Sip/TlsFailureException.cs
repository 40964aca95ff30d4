using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Rx.Sip;

/// <summary>A TLS connection could not be had, or a peer's could not be accepted.</summary>
public sealed class TlsFailureException : SipException
{
    internal TlsFailureException(TlsFailureReason reason, string message, Exception? inner) : base(message, inner) => Reason = reason;

    /// <summary>What kind of failure it is.</summary>
    public TlsFailureReason Reason { get; }

    /// <summary>The certificate that the peer has shown; null when it came to none.</summary>
    public X509Certificate2? RemoteCertificate { get; internal init; }

    /// <summary>The peer's address; null before there is a peer.</summary>
    public IPEndPoint? RemoteEndPoint { get; internal init; }
}
