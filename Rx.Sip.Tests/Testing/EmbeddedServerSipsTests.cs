using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

/// <summary>RFC 5630 §5.2 and §5.3 at the embedded server.</summary>
public class EmbeddedServerSipsTests
{
    [Fact]
    public void A_message_for_a_sips_address_reaches_devices_that_registered_so_and_no_others() => SimulatedNetwork.Check(1, world =>
    {
        Start(world);
        var (alice, bob, carol) = (User(world, "alice", "sips", SipTransportType.Tls), User(world, "bob", "sip", SipTransportType.Udp), User(world, "carol", "sips", SipTransportType.Tls));
        var atCarol = carol.Messages.Record(world.Scheduler);

        var refusal = Send(world, alice, "sips:bob@example.test");
        Assert.Equal((480, 380, "SIPS Not Allowed"), (refusal.StatusCode, refusal.Warnings[0].Code, refusal.Warnings[0].Text));
        Assert.Equal(200, Send(world, alice, "sip:bob@example.test").StatusCode);
        Assert.Equal(200, Send(world, alice, "sips:carol@example.test").StatusCode);

        var heard = Assert.Single(atCarol.Values).Request;
        Assert.Equal(("sips", "TLS"), (heard.RequestUri!.Scheme, heard.TopVia!.Transport));
        Assert.IsType<EndpointState.Established>(bob.CurrentState);
        world.AssertNothingLeft();
    });

    [Fact]
    public void A_message_for_a_sip_address_does_not_look_secure_to_a_device_that_registered_so_but_comes_over_TLS() => SimulatedNetwork.Check(1, world =>
    {
        Start(world);
        var (bob, carol) = (User(world, "bob", "sip", SipTransportType.Udp), User(world, "carol", "sips", SipTransportType.Tls));
        var atCarol = carol.Messages.Record(world.Scheduler);

        Assert.Equal(200, Send(world, bob, "sip:carol@example.test").StatusCode);

        var heard = Assert.Single(atCarol.Values).Request;
        Assert.Equal(("sip", "TLS"), (heard.RequestUri!.Scheme, heard.TopVia!.Transport));
        world.AssertNothingLeft();
    });

    [Theory]
    [InlineData("sip", "<sips:carol@carol;transport=tcp>", 400)]
    [InlineData("sips", "<sips:carol@carol;transport=tcp>", 200)]
    [InlineData("sips", "<sip:carol@carol>", 200)]
    [InlineData("sip", "<sip:carol@carol>", 200)]
    public void A_sips_contact_is_taken_from_a_sips_Request_URI_alone(string scheme, string contact, int status)
    {
        var rig = new ServerRig();
        var carol = rig.Device("carol");
        var request = carol.Register(contact).WithRequestUri(SipUri.Parse($"{scheme}:example.test"));

        var answer = scheme == "sips" ? Securely(rig, request) : carol.Send(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, rig.Server.Bindings.Count);
    }

    [Fact]
    public void A_sips_contact_is_not_taken_over_a_Path_that_is_none() =>
        Assert.Equal(400, Securely(new ServerRig(), Registration("<sips:carol@carol>").WithHeader("Path", "<sip:edge.test;lr>")).StatusCode);

    private static SipRequest Registration(string contact) =>
        SipRequest.Create(SipMethod.Register, SipUri.Parse("sips:example.test"), NameAddress.Parse("<sip:carol@example.test>;tag=1"), NameAddress.Parse("<sip:carol@example.test>"), "call", 1)
            .WithHeader("Contact", contact);

    // As a proxy in front of the server would that has ended TLS: our own would not send it in the open.
    private static SipResponse Securely(ServerRig rig, SipRequest request)
    {
        var answers = new List<SipResponse>();
        var transport = rig.Network.Host("front").Transport(SipTransportType.Udp);
        var sink = new AnswerSink(answers);
        transport.Connect(rig.Server.EndPoint(SipTransportType.Udp), sink).Send(request.WithHeader("Via", $"SIP/2.0/UDP {rig.Network.Host("front").Address};rport;branch=z9hG4bK1").Bytes);
        rig.Run(1);
        return Assert.Single(answers);
    }

    private static void Start(SimulatedNetwork world) => world.StartServer(
        new EmbeddedServerSettings("example.test").WithUser("alice").WithUser("bob").WithUser("carol")
            .WithAddress(SipTransportType.Udp, new IPEndPoint(IPAddress.Any, 5060)).WithAddress(SipTransportType.Tls, new IPEndPoint(IPAddress.Any, 5061)));

    private static UserEndpoint User(SimulatedNetwork world, string name, string scheme, SipTransportType transport)
    {
        var platform = world.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", transport) { Connections = world.Connections(name) }));
        var user = new UserEndpoint(platform, new UserEndpointSettings($"{scheme}:{name}@example.test", "example.test", 0) { AllowNoAuthentication = true });
        user.Messages.Subscribe(_ => { });
        world.Await(user.EstablishAsync());
        return user;
    }

    private static SipResponse Send(SimulatedNetwork world, UserEndpoint from, string to)
    {
        using var answer = from.SendMessage(to, "hello").Record(world.Scheduler);
        world.RunFor(TimeSpan.FromSeconds(5));
        return Assert.Single(answer.Values);
    }
}
