using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Rx.Sip.Transports.Tls;

/// <summary>The TLS handshake of one connection: TLS 1.2 or 1.3, the peer verified.</summary>
/// <param name="settings">Whom we trust and what we show.</param>
/// <param name="host">The name that the peer has to prove; null when it called us.</param>
/// <param name="remote">The peer's address.</param>
internal sealed class TlsHandshake(TlsSettings settings, string? host, IPEndPoint remote)
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    private readonly PeerVerification _peer = new(settings, host);

    /// <summary>What the peer has shown; null when nothing.</summary>
    public X509Certificate2? RemoteCertificate => _peer.Certificate;

    /// <summary>The domains that the peer has proven to speak for.</summary>
    public ImmutableArray<string> RemoteDomains => _peer.Domains;

    /// <summary>Gives the stream that encrypts; throws <see cref="TlsFailureException"/>.</summary>
    public async Task<SslStream> RunAsync(Stream plain)
    {
        var stream = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await (host is null ? AcceptAsync(stream) : CallAsync(stream, host)).ConfigureAwait(false);
            return stream;
        }
        catch (Exception error)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw Explain(error);
        }
    }

    private Task CallAsync(SslStream stream, string name) => stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
    {
        // A name is sent so that the peer can choose its certificate (RFC 6066 §3); addresses are none.
        TargetHost = NumericHost.TryParse(name, out _) ? "" : name.TrimEnd('.'),
        EnabledSslProtocols = Versions,
        AllowRenegotiation = false,
        ClientCertificates = settings.Certificate is { HasPrivateKey: true } mine ? [mine] : null,
        LocalCertificateSelectionCallback = settings.Certificate is { HasPrivateKey: true } ? (_, _, mine, _, _) => mine[0] : null,
        RemoteCertificateValidationCallback = _peer.Verify,
    });

    private Task AcceptAsync(SslStream stream) => stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
    {
        ServerCertificate = settings.Certificate,
        EnabledSslProtocols = Versions,
        AllowRenegotiation = false,
        // Who shows none is judged by the callback.
        ClientCertificateRequired = settings.NeedMutualTls || settings.AsksForCertificate,
        RemoteCertificateValidationCallback = _peer.Verify,
    });

    private TlsFailureException Explain(Exception error)
    {
        var (reason, message) = (_peer.Failure, error) switch
        {
            ({ } refused, _) => (refused, _peer.Message),
            (_, System.Security.Authentication.AuthenticationException) => (TlsFailureReason.TlsNegotiationFailure, error.InnerException?.Message ?? error.Message),
            (_, IOException or ObjectDisposedException) => (TlsFailureReason.RemoteDisconnected, "the connection was closed during the handshake"),
            (_, NotSupportedException or ArgumentException) when settings.Certificate is not { HasPrivateKey: true } =>
                (TlsFailureReason.LocalCertificateNotFound, "we have no certificate with its private key"),
            _ => (TlsFailureReason.Other, error.Message),
        };
        return new TlsFailureException(reason, $"No TLS connection with {host ?? remote.ToString()}: {message}.", error)
        {
            RemoteCertificate = _peer.Certificate,
            RemoteEndPoint = remote,
        };
    }
}
