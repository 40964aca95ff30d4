using System.Net;
using System.Net.Sockets;
using System.Reactive.Linq;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>Each reason, provoked over loopback by certificates made for it.</summary>
public sealed class TlsFailureTests : IAsyncDisposable
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    private readonly TlsWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Every_reason_stands_in_the_table_of_the_readme()
    {
        var rows = File.ReadLines(Repository.Path("Rx.Sip", "Transports", "README.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();

        Assert.All(Enum.GetNames<TlsFailureReason>(), reason => Assert.Single(rows, row => row.StartsWith($"| `{reason}` |", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_server_without_a_certificate_can_not_listen()
    {
        var peer = _world.Peer(TlsSettings.Default);
        Exception? error = null;

        using var listening = peer.Manager.StartListening(SipTransportType.Tls, new IPEndPoint(IPAddress.Loopback, 0)).Subscribe(_ => { }, e => error = e);

        Assert.Equal(TlsFailureReason.LocalCertificateNotFound, Assert.IsType<TlsFailureException>(error).Reason);
        Assert.Empty(peer.Manager.ListeningAddresses);
    }

    [Fact]
    public void A_certificate_that_is_not_in_the_stores_is_missed_by_name()
    {
        var error = Assert.Throws<TlsFailureException>(() => new RealTimeServerTlsConnectionManager("CN=Nobody", "0badcafe"));

        Assert.Equal(TlsFailureReason.LocalCertificateNotFound, error.Reason);
        Assert.Contains("CN=Nobody", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_of_a_stranger_is_not_trusted()
    {
        using var stranger = new TestAuthority();
        Expect(TlsFailureReason.UntrustedRemoteCertificate, stranger.Issue("localhost"));
    }

    [Fact]
    public void A_certificate_for_another_name_is_refused() =>
        Expect(TlsFailureReason.IncorrectNameInRemoteCertificate, _world.Authority.Issue("other.test"));

    [Fact]
    public void A_wildcard_matches_nothing()
    {
        var (_, bound) = _world.Server(_world.Settings("*.example.test"));
        var client = _world.Peer(_world.Settings());

        client.Send(new SipTarget(SipTransportType.Tls, bound, "a.example.test"), "1");

        Assert.Equal(TlsFailureReason.IncorrectNameInRemoteCertificate, Failure(client).Reason);
    }

    [Fact]
    public void A_sip_uri_in_a_certificate_speaks_for_its_domain_and_keeps_DNS_names_from_doing_so()
    {
        var (server, bound) = _world.Server(_world.Showing(_world.Authority.Issue(new CertificateWish { Uris = ["sip:example.test"], Hosts = ["edge.example.test"] })));
        var client = _world.Peer(_world.Settings());

        client.Send(new SipTarget(SipTransportType.Tls, bound, "edge.example.test"), "1");
        Assert.Equal(TlsFailureReason.IncorrectNameInRemoteCertificate, Failure(client).Reason);
        client.Send(new SipTarget(SipTransportType.Tls, bound, "example.test"), "2");

        Assert.Equal("2", server.NextRequest().Request.CallId);
    }

    [Fact]
    public void A_certificate_of_yesterday_is_refused() =>
        Expect(TlsFailureReason.CertificateExpired, _world.Authority.Issue(new CertificateWish { Hosts = ["localhost"], Until = TimeSpan.FromDays(-1) }));

    [Fact]
    public void A_certificate_of_tomorrow_is_refused() =>
        Expect(TlsFailureReason.CertificateExpired, _world.Authority.Issue(new CertificateWish { Hosts = ["localhost"], From = TimeSpan.FromDays(1) }));

    [Fact]
    public void A_certificate_for_another_use_is_refused() =>
        Expect(TlsFailureReason.RemoteCertificateInvalidUsage, _world.Authority.Issue(new CertificateWish { Hosts = ["localhost"], Uses = [CodeSigning] }));

    [Fact]
    public void A_revoked_certificate_is_refused_where_revocation_is_checked()
    {
        using var lists = new RevocationListServer();
        var good = _world.Authority.Issue(new CertificateWish { Hosts = ["localhost"], RevocationList = lists.Address });
        var revoked = _world.Authority.Issue(new CertificateWish { Hosts = ["localhost"], RevocationList = lists.Address });
        lists.Serve(_world.Authority.Revoke(revoked));
        var settings = _world.Settings() with { RevocationMode = X509RevocationMode.Online };

        Expect(TlsFailureReason.RemoteCertificateRevoked, revoked, settings);
        var (server, bound) = _world.Server(_world.Showing(good));
        _world.Peer(settings).Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");
        server.NextRequest();
    }

    [Fact]
    public void A_peer_that_speaks_no_tls_fails_the_negotiation()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = _world.Peer(_world.Settings());
        client.Send(new SipTarget(SipTransportType.Tls, (IPEndPoint)listener.LocalEndpoint, "localhost"), "1");
        using var accepted = listener.AcceptSocket();

        accepted.Send("SIP/2.0 400 This is no TLS\r\n\r\n"u8.ToArray());

        var failure = Failure(client);
        Assert.True(failure.Reason == TlsFailureReason.TlsNegotiationFailure, failure.ToString());
    }

    [Fact]
    public void A_peer_that_hangs_up_during_the_handshake_is_disconnected()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = _world.Peer(_world.Settings());
        client.Send(new SipTarget(SipTransportType.Tls, (IPEndPoint)listener.LocalEndpoint, "localhost"), "1");
        using (var accepted = listener.AcceptSocket())
            accepted.Receive(new byte[4096]);

        Assert.Equal(TlsFailureReason.RemoteDisconnected, Failure(client).Reason);
    }

    [Fact]
    public void A_caller_without_a_certificate_is_refused_where_one_is_needed()
    {
        var (server, bound) = _world.Server(_world.Settings("localhost") with { NeedMutualTls = true });

        _world.Peer(_world.Settings()).Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");

        Assert.Equal(TlsFailureReason.UntrustedRemoteCertificate, Failure(server).Reason);
    }

    [Fact]
    public void A_caller_of_a_domain_that_may_not_connect_is_refused()
    {
        var (server, bound) = _world.Server(_world.Settings("localhost") with { NeedMutualTls = true, AllowedDomains = ["good.test"] });

        _world.Peer(_world.Settings("bad.test")).Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");
        Assert.Equal(TlsFailureReason.IncorrectNameInRemoteCertificate, Failure(server).Reason);

        _world.Peer(_world.Settings("good.test")).Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "2");
        Assert.Equal("good.test", Assert.Single(server.NextRequest().Flow.RemoteDomains));
    }

    [Fact]
    public void A_certificate_of_ours_that_was_disposed_too_early_is_another_failure_that_names_its_cause()
    {
        var mine = _world.Authority.Issue("client.test");
        var client = _world.Peer(_world.Showing(mine));
        mine.Dispose();
        client.Send(new SipTarget(SipTransportType.Tls, _world.Server(_world.Settings("localhost")).EndPoint, "localhost"), "1");
        ExpectOther(client);

        var (server, bound) = _world.Server(_world.Settings("localhost"));
        server.Manager.Tls.Certificate!.Dispose();
        _world.Peer(_world.Settings()).Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "2");
        ExpectOther(server);

        static void ExpectOther(Peer peer)
        {
            var failure = Failure(peer);
            Assert.Equal(TlsFailureReason.Other, failure.Reason);
            Assert.NotNull(failure.InnerException);
        }
    }

    [Fact]
    public void Whoever_verifies_nobody_accepts_a_stranger()
    {
        using var stranger = new TestAuthority();
        var (server, bound) = _world.Server(_world.Showing(stranger.Issue("other.test")));

        _world.Peer(new TlsSettings { VerifiesPeers = false }).Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");

        server.NextRequest();
    }

    private void Expect(TlsFailureReason reason, X509Certificate2 certificate, TlsSettings? settings = null)
    {
        var (_, bound) = _world.Server(_world.Showing(certificate));
        var client = _world.Peer(settings ?? _world.Settings());

        client.Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");

        var failure = Failure(client);
        Assert.Equal(reason, failure.Reason);
        Assert.Equal(certificate.Thumbprint, failure.RemoteCertificate?.Thumbprint);
        Assert.Equal(bound, failure.RemoteEndPoint);
    }

    private static TlsFailureException Failure(Peer peer) => Assert.IsType<TlsFailureException>(peer.NextClosed().Error);
}
