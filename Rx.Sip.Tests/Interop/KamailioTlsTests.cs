using System.Security.Cryptography.X509Certificates;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>Kamailio over TLS, mutual TLS, WebSocket and secure WebSocket, and what its wrong certificates come to.</summary>
public class KamailioTlsTests
{
    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Tls)]
    [InlineData(SipTransportType.WebSocket)]
    [InlineData(SipTransportType.SecureWebSocket)]
    public async Task Two_endpoints_register_and_exchange_messages(SipTransportType transport)
    {
        await using var server = await KamailioServer.StartAsync();
        await using var here = Users.Of(server, transport);
        await using var there = Users.Of(server, transport);
        var alice = await here.EstablishAsync("alice");
        var bob = await there.EstablishAsync("bob");
        using var atAlice = new Heard<IncomingMessage>(alice.Messages);
        using var atBob = new Heard<IncomingMessage>(bob.Messages);

        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, "hello")).StatusCode);
        Assert.Equal(200, (await bob.SendMessageAsync(alice.Address, "hello back")).StatusCode);

        Assert.Equal("hello", Assert.Single(atBob.Values).Text);
        Assert.Equal("hello back", Assert.Single(atAlice.Values).Text);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_message_crosses_from_tls_to_websocket_and_udp()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var tls = Users.Of(server, SipTransportType.Tls);
        await using var web = Users.Of(server, SipTransportType.SecureWebSocket);
        await using var udp = Users.Of(server, SipTransportType.Udp);
        var alice = await tls.EstablishAsync("alice");
        var bob = await web.EstablishAsync("bob");
        var carol = await udp.EstablishAsync("carol");
        using var atBob = new Heard<IncomingMessage>(bob.Messages);
        using var atCarol = new Heard<IncomingMessage>(carol.Messages);

        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, "to the browser")).StatusCode);
        Assert.Equal(200, (await bob.SendMessageAsync(carol.Address, "to the phone")).StatusCode);

        Assert.Equal("to the browser", Assert.Single(atBob.Values).Text);
        Assert.Equal("to the phone", Assert.Single(atCarol.Values).Text);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_server_that_needs_a_certificate_takes_ours()
    {
        await using var server = await KamailioServer.StartAsync();
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(server.Certificates, "client.pfx"), "rxsip");
        await using var users = Users.At(server.MutualTls, SipTransportType.Tls, TrustOf(server) with { Certificate = certificate });

        var alice = await users.EstablishAsync("alice");

        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    }

    [InteropTheory(Peers.Kamailio)]
    [InlineData("SIP_TLS_WRONGNAME", TlsFailureReason.IncorrectNameInRemoteCertificate)]
    [InlineData("SIP_TLS_EXPIRED", TlsFailureReason.CertificateExpired)]
    public async Task A_wrong_certificate_ends_the_endpoint_with_the_reason(string port, TlsFailureReason reason)
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.At(server.EndPoint(port), SipTransportType.Tls, TrustOf(server));

        await ExpectAsync(users, reason);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_server_of_an_authority_that_we_do_not_know_ends_the_endpoint()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.At(server.Tls, SipTransportType.Tls, TlsSettings.Default);

        await ExpectAsync(users, TlsFailureReason.UntrustedRemoteCertificate);
    }

    private static async Task ExpectAsync(Users users, TlsFailureReason reason)
    {
        var alice = users.Endpoint(users.Settings("alice"));

        var failure = await Assert.ThrowsAsync<TlsFailureException>(() => alice.EstablishAsync());

        Assert.Equal(reason, failure.Reason);
        Assert.IsType<EndpointState.Terminated>(alice.CurrentState);
    }

    private static TlsSettings TrustOf(KamailioServer server) => new() { TrustedRoots = [server.Authority] };
}
