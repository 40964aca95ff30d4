using System.Net;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>An authority, and a peer on each side that trusts it.</summary>
internal sealed class TlsWorld : IAsyncDisposable
{
    private readonly List<Peer> _peers = [];

    public TestAuthority Authority { get; } = new();

    /// <summary>Settings that trust the authority and show a certificate for some hosts; none without.</summary>
    public TlsSettings Settings(params string[] hosts) => Showing(hosts.Length == 0 ? null : Authority.Issue(hosts));

    public TlsSettings Showing(X509Certificate2? certificate) => new() { Certificate = certificate, TrustedRoots = [Authority.Root] };

    public Peer Peer(TlsSettings settings) => Peer(new ConnectionManagerSettings { Tls = settings });

    public Peer Peer(ConnectionManagerSettings settings)
    {
        var peer = new Peer(settings);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>A server at a loopback address, and where it is.</summary>
    public (Peer Peer, IPEndPoint EndPoint) Server(TlsSettings settings, SipTransportType transport = SipTransportType.Tls)
    {
        var peer = Peer(settings);
        return (peer, peer.Listen(transport, "127.0.0.1"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
            await peer.DisposeAsync();
        Authority.Dispose();
    }
}
