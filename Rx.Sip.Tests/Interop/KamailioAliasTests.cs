using System.Net;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>Kamailio sends requests back over the TLS connection that we opened, if we say <c>alias</c> and it heeds that (RFC 5923).</summary>
public class KamailioAliasTests
{
    [InteropTheory(Peers.Kamailio)]
    [InlineData(ConnectionReuse.Verified, 1, 1)]
    [InlineData(ConnectionReuse.Never, 1, 2)]
    [InlineData(ConnectionReuse.Verified, 0, 2)]
    public async Task Requests_come_back_over_the_connection_that_we_opened_where_both_sides_want_it(ConnectionReuse reuse, int aliases, int connections)
    {
        await using var server = await KamailioServer.StartAsync($"aliases={aliases}");
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(server.Certificates, "client.pfx"), "rxsip");
        await using var platform = new CollaborationPlatform(new ServerPlatformSettings("Interop/1.0", SipTransportType.Tls, new IPEndPoint(IPAddress.Loopback, 0))
        {
            Connections = new ConnectionManagerSettings { Tls = new TlsSettings { Certificate = certificate, TrustedRoots = [server.Authority] }, ConnectionReuse = reuse },
        });
        await platform.StartupAsync(TestContext.Current.CancellationToken);
        var alice = new UserEndpoint(platform, new UserEndpointSettings(Users.AddressOf("alice"), "127.0.0.1", server.MutualTls.Port) { Credential = Users.CredentialOf("alice"), UsesOutbound = false });
        await alice.EstablishAsync(TestContext.Current.CancellationToken);
        await using var others = Users.Of(server, SipTransportType.Udp);
        var bob = await others.EstablishAsync("bob");
        using var atAlice = new Heard<IncomingMessage>(alice.Messages);

        Assert.Equal(200, (await bob.SendMessageAsync(alice.Address, "hello", TestContext.Current.CancellationToken)).StatusCode);

        Assert.Equal("hello", Assert.Single(atAlice.Values).Text);
        Assert.Equal(connections, platform.ConnectionManager.Traffic.ConnectionsOpened);
    }
}
