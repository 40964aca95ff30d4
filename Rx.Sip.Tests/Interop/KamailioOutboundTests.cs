using System.Net;
using System.Net.Sockets;
using System.Reactive.Linq;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Transports.Stun;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>Flows, paths and GRUUs at a registrar and edge proxies that others wrote (RFC 5626, 3327, 5627).</summary>
public class KamailioOutboundTests
{
    [InteropFact(Peers.Kamailio)]
    public async Task A_registration_is_outbound_and_says_how_long_the_server_waits_for_signs_of_life()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.Of(server, SipTransportType.Tcp);
        var alice = users.Endpoint(users.Settings("alice"));
        using var registration = new Heard<RegistrationState>(alice.Registration);
        await alice.EstablishAsync();

        var terms = registration.Values.OfType<RegistrationState.Registered>().Last().Binding.Terms;
        Assert.True(terms is { IsOutbound: true, AnswersKeepAlives: true });
        Assert.Equal(TimeSpan.FromSeconds(25), terms.FlowTimer);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_public_GRUU_calls_one_of_two_devices()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var here = Users.Of(server, SipTransportType.Tcp);
        await using var there = Users.Of(server, SipTransportType.Tcp);
        var phone = await here.EstablishAsync("alice");
        var tablet = await there.EstablishAsync("alice");
        var bob = await there.EstablishAsync("bob");
        using var atPhone = new Heard<IncomingMessage>(phone.Messages);
        using var atTablet = new Heard<IncomingMessage>(tablet.Messages);
        var gruu = phone.InnerEndpoint.Contact!.Uri;

        Assert.Equal($"urn:uuid:{phone.InnerEndpoint.SipInstance}", gruu.Parameters.Get("gr"));
        Assert.Equal(200, (await bob.SendMessageAsync(gruu.ToString(), "to the phone alone")).StatusCode);
        Assert.Equal(200, (await bob.SendMessageAsync(phone.Address, "to both")).StatusCode);
        await Eventually.IsTrueAsync(() => atPhone.Values.Count == 2 && atTablet.Values.Count == 1);
        Assert.Equal(["to the phone alone", "to both"], atPhone.Values.Select(message => message.Text));
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_temporary_GRUU_calls_one_of_two_devices_and_does_not_say_whose_it_is()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var here = Users.Of(server, SipTransportType.Tcp);
        await using var there = Users.Of(server, SipTransportType.Tcp);
        var phone = here.Endpoint(here.Settings("alice"));
        using var registration = new Heard<RegistrationState>(phone.Registration);
        await phone.EstablishAsync();
        var tablet = await there.EstablishAsync("alice");
        var bob = await there.EstablishAsync("bob");
        using var atPhone = new Heard<IncomingMessage>(phone.Messages);
        using var atTablet = new Heard<IncomingMessage>(tablet.Messages);
        var gruu = registration.Values.OfType<RegistrationState.Registered>().Last().Binding.Terms.TemporaryGruu!;

        Assert.DoesNotContain("alice", gruu.ToString(), StringComparison.Ordinal);
        Assert.Equal(200, (await bob.SendMessageAsync(gruu.ToString(), "to whomever")).StatusCode);
        await Eventually.IsTrueAsync(() => atPhone.Values.Count == 1);
        Assert.Equal("to whomever", Assert.Single(atPhone.Values).Text);
        Assert.Empty(atTablet.Values);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task Two_flows_by_two_edge_proxies_survive_the_end_of_one_and_are_two_again()
    {
        await using var core = await KamailioServer.StartAsync();
        await using var edge1 = await KamailioServer.StartAsync($"core=sip:{core.Udp};transport=udp");
        await using var edge2 = await KamailioServer.StartAsync($"core=sip:{core.Udp};transport=udp");
        await using var users = Users.Of(core, SipTransportType.Tcp);
        var bob = await users.EstablishAsync("bob");
        var alice = users.Endpoint(new UserEndpointSettings(Users.AddressOf("alice"), "rxsip.test", 0)
        {
            Credential = Users.CredentialOf("alice"),
            OutboundProxies = [$"sip:{edge1.Tcp}", $"sip:{edge2.Tcp}"],
            Recovery = new RecoveryPolicy.Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1)),
        });
        using var outbound = new Heard<OutboundState>(alice.InnerEndpoint.Outbound);
        using var states = new Heard<EndpointState>(alice.State);
        using var atAlice = new Heard<IncomingMessage>(alice.Messages);
        using var atBob = new Heard<IncomingMessage>(bob.Messages);
        await alice.EstablishAsync();
        await Eventually.IsTrueAsync(() => outbound.Values[^1].Standing == 2);

        // The registrar says so only of what came along a path whose first hop keeps the flow.
        Assert.All(outbound.Values[^1].Flows, flow => Assert.True(Assert.IsType<RegistrationState.Registered>(flow.State).Binding.Terms.IsOutbound));
        Assert.Equal(200, (await bob.SendMessageAsync(alice.Address, "by both")).StatusCode);
        await edge1.KillAsync();
        await Eventually.IsTrueAsync(() => outbound.Values[^1].Standing == 1);
        await bob.SendMessageAsync(alice.Address, "by one");
        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, "still here")).StatusCode);
        await edge1.RestartAsync();
        await Eventually.IsTrueAsync(() => outbound.Values[^1].Standing == 2);
        Assert.Equal(200, (await bob.SendMessageAsync(alice.Address, "by both again")).StatusCode);

        Assert.Equal(["by both", "by one", "by both again"], atAlice.Values.Select(message => message.Text));
        Assert.DoesNotContain(states.Values, state => state is EndpointState.Reestablishing);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task Other_devices_are_seen_and_can_be_taken_away()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var here = Users.Of(server, SipTransportType.Tcp);
        await using var there = Users.Of(server, SipTransportType.Tcp);
        var phone = await here.EstablishAsync("alice");
        var tablet = await there.EstablishAsync("alice");

        var set = await tablet.InnerEndpoint.FetchBindings();
        var other = Assert.Single(set.Others);
        Assert.Equal($"<urn:uuid:{phone.InnerEndpoint.SipInstance}>", other.Instance);
        Assert.True(Assert.Single((await tablet.InnerEndpoint.RemoveBinding(other)).Bindings).IsOwn);
        await phone.InnerEndpoint.RegisterAsync();
        Assert.Empty((await tablet.InnerEndpoint.UnregisterAll()).Bindings);
        Assert.IsType<EndpointState.Idle>(tablet.CurrentState);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_STUN_request_at_the_SIP_port_is_answered_with_our_address()
    {
        await using var server = await KamailioServer.StartAsync();
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var id = new StunId(0x0102030405060708, 0x090A0B0C);
        await socket.SendAsync(StunMessage.Request(id), server.Udp, TestContext.Current.CancellationToken);
        var answer = StunMessage.Read((await socket.ReceiveAsync(TestContext.Current.CancellationToken)).Buffer);

        Assert.Equal((StunKind.Success, id, null), (answer.Kind, answer.Id, answer.Unknown));
        Assert.Equal(socket.Client.LocalEndPoint, answer.Mapped);
    }
}
