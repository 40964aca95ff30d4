using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>The rules of <c>sips</c> (RFC 5630): TLS on every hop that we know of, or not at all.</summary>
public class SecureUriTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void Who_has_a_sips_address_registers_a_sips_contact_that_does_not_say_TLS_twice()
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice", SipTransportType.Tls, new UserEndpointSettings("sips:alice@example.test", "example.test", 0));

        _stage.Ask(alice.Establish());

        var register = Assert.Single(_stage.Heard).Request;
        Assert.Equal("TLS", register.TopVia!.Transport);
        Assert.Equal(("sips:example.test", "sips:alice@example.test"), (register.RequestUriText, register.To!.Uri.ToString()));
        var contact = Assert.Single(register.Contacts).Uri;
        Assert.Equal(("sips", null), (contact.Scheme, contact.Transport));
    }

    [Theory]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    [InlineData(SipTransportType.WebSocket)]
    public void A_sips_address_over_a_transport_without_TLS_is_refused(SipTransportType transport) =>
        Assert.Throws<ArgumentException>(() => new SipEndpoint(new SipEndpointSettings("sips:alice@example.test", "example.test") { Transport = transport }, null));

    [Fact]
    public void A_user_with_a_sips_address_on_a_platform_without_TLS_is_refused_and_leaves_nothing_on_it()
    {
        var platform = _stage.ServerPlatform("alice");

        Assert.Throws<ArgumentException>(() => new UserEndpoint(platform, new UserEndpointSettings("sips:alice@example.test", "example.test", 0)));

        Assert.Empty(platform.Endpoints);
    }

    [Theory]
    [InlineData(SipTransportType.Udp, "sips:example.test", "503 sips:example.test can't be reached over udp (local)")]
    [InlineData(SipTransportType.Tcp, "SIPS:example.test", "503 sips:example.test can't be reached over tcp (local)")]
    [InlineData(SipTransportType.Udp, "sip:example.test", "200 OK")]
    [InlineData(SipTransportType.Tls, "sips:example.test", "200 OK")]
    public void A_request_for_a_sips_uri_leaves_over_TLS_or_not_at_all_whatever_the_server(SipTransportType transport, string to, string expected)
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice", transport);
        _stage.Ask(alice.Establish());
        var before = _stage.Heard.Count;

        var response = Assert.Single(_stage.Ask(alice.Send(Stage.Request("OPTIONS", to))).Values);

        Assert.Equal(expected, $"{response.StatusCode} {response.ReasonPhrase}{(response.IsLocal ? " (local)" : "")}");
        Assert.Equal(response.IsLocal ? 0 : 1, _stage.Heard.Count - before);
        Assert.Equal(response.IsLocal ? SipLocalCause.TransportFailed : null, response.LocalCause);
    }

    [Fact]
    public void A_proxy_without_TLS_gets_nothing_for_a_sips_uri()
    {
        _stage.Peer("proxy");
        var alice = _stage.Peer("alice", new SipPeerToPeerEndpointSettings("sip:alice@alice") { Transport = SipTransportType.Udp, ProxyHost = "proxy" }).Endpoint;

        Assert.Equal(503, _stage.StatusOf(alice.SendMessage("sips:bob@bob", "hello")));
        Assert.DoesNotContain(_stage.World.Traffic.Entries, entry => entry.From == "alice");
    }

    [Theory]
    [InlineData("sips:bob@bob", "sip:bob;lr", "TLS")]
    [InlineData("sip:bob@bob", "sips:bob;lr", "TLS")]
    [InlineData("sip:bob@bob", "sip:bob;lr", "UDP")]
    public void A_route_leads_over_TLS_if_it_or_the_uri_says_so(string uri, string route, string transport)
    {
        var (heard, alice) = Hear("bob");

        _stage.Ask(alice.Send(Stage.Request("MESSAGE", uri, ("Route", $"<{route}>"))));

        Assert.Equal(transport, Assert.Single(heard).TopVia!.Transport);
    }

    [Theory]
    [InlineData("sips:example.test", "<sip:edge.test;transport=tls;lr>, <sip:core.test;lr>", "<sips:edge.test;lr>, <sips:core.test;lr>", "sips")]
    [InlineData("sip:example.test", "<sip:edge.test;lr>", "<sip:edge.test;lr>", "sip")]
    [InlineData("sip:example.test", "<sips:edge.test;lr>", "<sips:edge.test;lr>", "sips")]
    public void Route_and_contact_that_we_add_are_as_secure_as_the_uri(string uri, string serviceRoute, string route, string contact)
    {
        _stage.StartRegistrar();
        _stage.Answer = request => request.Request.Method == SipMethod.Register ? Stage.Grant(request).WithHeader("Service-Route", serviceRoute) : Stage.Grant(request);
        var alice = _stage.User("alice", SipTransportType.Tls);
        _stage.Ask(alice.Establish());

        _stage.Ask(alice.Send(Stage.Request("SUBSCRIBE", uri)));

        var request = _stage.Heard[^1].Request;
        Assert.Equal("SUBSCRIBE", request.Method.Name);
        Assert.Equal(route, string.Join(", ", request.Routes));
        Assert.Equal(contact, Assert.Single(request.Contacts).Uri.Scheme);
    }

    [Theory]
    [InlineData("sips:bob@bob", "<sip:alice@alice>", 400)]
    [InlineData("sips:bob@bob", "<sips:alice@alice>", 200)]
    [InlineData("sips:bob@bob", "<sips:alice@alice>, <sip:alice@alice>", 400)]
    [InlineData("sip:bob@bob", "<sip:alice@alice>", 200)]
    [InlineData("sip:bob@bob", "<sips:alice@alice>", 200)]
    public void Who_calls_securely_has_to_be_reachable_so(string uri, string contact, int status)
    {
        var (_, alice) = Hear("bob");

        var response = Assert.Single(_stage.Ask(alice.Send(Stage.Request("OPTIONS", uri, ("Contact", contact)))).Values);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == 400 ? "Contact Is Not Secure" : "OK", response.ReasonPhrase);
    }

    private (List<SipRequest> Heard, SipPeerToPeerEndpoint Alice) Hear(string host)
    {
        var heard = new List<SipRequest>();
        var bob = _stage.Peer(host);
        bob.Messages.Subscribe(message => heard.Add(message.Request));
        return (heard, _stage.Peer("alice"));
    }
}
