using System.Net;
using System.Reactive.Linq;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Tls;

public sealed class ConnectionAuthorizationTlsTests : IAsyncDisposable
{
    private readonly TlsWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Whom_to_let_in_is_decided_by_the_domains_its_certificate_proves()
    {
        var (server, bound) = Server(_world.Settings("localhost") with { NeedMutualTls = true });
        using var deciding = server.Manager.ConnectionAuthorizationRequests.Subscribe(request =>
        {
            if (request.Connection.RemoteDomains.Contains("good.test") && request.Connection.RemoteCertificate is { } shown && shown.Issuer == "CN=Test authority")
                request.Allow();
        });

        Call(bound, "bad.test");
        Assert.Contains("allowed by nobody", Assert.IsType<ConnectionFailureException>(server.NextClosed().Error).Message, StringComparison.Ordinal);
        Call(bound, "good.test");
        Assert.Equal(["good.test"], server.NextRequest().Flow.RemoteDomains);
        Assert.Equal(1, server.Manager.Traffic.RequestsReceived);
    }

    [Fact]
    public void Trusted_domains_are_let_in_without_asking()
    {
        var (server, bound) = Server(_world.Settings("localhost") with { AsksForCertificate = true, TrustedDomains = ["Good.test"] });

        Call(bound, "good.test");
        server.NextRequest();
        Call(bound, "not.good.test");
        Assert.IsType<ConnectionFailureException>(server.NextClosed().Error);
        Call(bound);
        Assert.IsType<ConnectionFailureException>(server.NextClosed().Error);
        Assert.Equal(1, server.Manager.Traffic.RequestsReceived);
    }

    [Fact]
    public void Who_has_no_certificate_is_nobody_where_one_is_only_asked_for_and_a_strangers_is_refused()
    {
        using var stranger = new TestAuthority();
        var (server, bound) = _world.Server(_world.Settings("localhost") with { AsksForCertificate = true });

        Call(bound);
        Assert.Empty(server.NextRequest().Flow.RemoteDomains);
        Call(bound, "client.test");
        Assert.Equal(["client.test"], server.NextRequest().Flow.RemoteDomains);
        _world.Peer(_world.Showing(stranger.Issue("client.test"))).Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");
        Assert.Equal(TlsFailureReason.UntrustedRemoteCertificate, Assert.IsType<TlsFailureException>(server.NextClosed().Error).Reason);
    }

    [Theory]
    [InlineData(SipTransportType.Tcp)]
    [InlineData(SipTransportType.Tls)]
    [InlineData(SipTransportType.WebSocket)]
    [InlineData(SipTransportType.SecureWebSocket)]
    public void Nothing_is_read_from_a_connection_until_it_is_allowed(SipTransportType transport)
    {
        var (server, bound) = Server(_world.Settings("localhost"), transport);
        using var asked = new System.Collections.Concurrent.BlockingCollection<ConnectionAuthorizationRequest>();
        using var deciding = server.Manager.ConnectionAuthorizationRequests.Subscribe(request =>
        {
            request.Defer();
            asked.Add(request);
        });
        var client = _world.Peer(_world.Settings());
        for (var number = 0; number < 10; number++)
            client.Send(new SipTarget(transport, bound, "localhost"), $"{number}");

        Assert.True(asked.TryTake(out var first, TimeSpan.FromSeconds(20)));
        Assert.Equal(0, server.Manager.Traffic.RequestsReceived);
        Assert.Equal(transport, first.Connection.Transport);
        first.Allow();

        Assert.Equal(Enumerable.Range(0, 10).Select(number => $"{number}"), Enumerable.Range(0, 10).Select(_ => server.NextRequest().Request.CallId));
    }

    [Theory]
    [InlineData("1.3.6.1.5.5.7.3.20", true)]
    [InlineData("1.3.6.1.5.5.7.3.2", false)]
    [InlineData("2.5.29.37.0", false)]
    public void A_usage_that_is_asked_for_has_to_be_there(string use, bool isAccepted)
    {
        var (server, bound) = _world.Server(_world.Settings("localhost") with { NeedMutualTls = true, EnhancedKeyUsages = ["1.3.6.1.5.5.7.3.20"] });

        _world.Peer(_world.Showing(_world.Authority.Issue(new CertificateWish { Hosts = ["client.test"], Uses = [use] }))).Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");

        if (isAccepted)
            server.NextRequest();
        else
            Assert.Equal(TlsFailureReason.RemoteCertificateInvalidUsage, Assert.IsType<TlsFailureException>(server.NextClosed().Error).Reason);
    }

    [Fact]
    public void A_certificate_that_does_not_limit_its_usage_is_good_for_all_but_a_usage_that_is_asked_for()
    {
        var unlimited = _world.Authority.Issue(new CertificateWish { Hosts = ["client.test"], Uses = [] });
        var (server, bound) = _world.Server(_world.Settings("localhost") with { NeedMutualTls = true });
        _world.Peer(_world.Showing(unlimited)).Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");
        server.NextRequest();

        server.Manager.Tls = server.Manager.Tls with { EnhancedKeyUsages = ["1.3.6.1.5.5.7.3.2"] };
        _world.Peer(_world.Showing(unlimited)).Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "2");

        Assert.Equal(TlsFailureReason.RemoteCertificateInvalidUsage, Assert.IsType<TlsFailureException>(server.NextClosed().Error).Reason);
    }

    [Fact]
    public async Task The_managers_own_properties_are_its_settings()
    {
        await using var manager = new RealTimeServerTlsConnectionManager(_world.Authority.Issue("a.test"));
        manager.NeedMutualTls = true;
        manager.AllowedDomains = ["a.test"];
        manager.TrustedDomains = ["b.test"];
        manager.EnhancedKeyUsages = ["1.3.6.1.5.5.7.3.20"];

        Assert.Equal(
            new TlsSettings { Certificate = manager.Tls.Certificate, NeedMutualTls = true, AllowedDomains = ["a.test"], TrustedDomains = ["b.test"], EnhancedKeyUsages = ["1.3.6.1.5.5.7.3.20"] },
            manager.Tls);
        Assert.True(manager.NeedMutualTls);
        Assert.Equal(["a.test", "b.test", "1.3.6.1.5.5.7.3.20"], [.. manager.AllowedDomains, .. manager.TrustedDomains, .. manager.EnhancedKeyUsages]);
        Assert.Equal(X509RevocationMode.NoCheck, manager.Tls.RevocationMode);
    }

    [Fact]
    public void Settings_that_are_given_no_list_have_an_empty_one() =>
        Assert.Equal(TlsSettings.Default, new TlsSettings { TrustedRoots = default, AllowedDomains = default, TrustedDomains = default, EnhancedKeyUsages = default });

    private (Peer Peer, IPEndPoint EndPoint) Server(TlsSettings settings, SipTransportType transport = SipTransportType.Tls)
    {
        var peer = _world.Peer(new ConnectionManagerSettings { Tls = settings, NeedsConnectionAuthorization = true });
        return (peer, peer.Listen(transport, "127.0.0.1"));
    }

    private void Call(IPEndPoint bound, params string[] names) => _world.Peer(_world.Settings(names)).Send(new SipTarget(SipTransportType.Tls, bound, "localhost"), "1");
}
