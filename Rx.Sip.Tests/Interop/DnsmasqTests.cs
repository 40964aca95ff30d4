using System.Net;
using System.Reactive.Linq;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Tool;
using Rx.Sip.Tests.Transports.Tls;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>The DNS client, the search of RFC 3263, an endpoint and the tool against a real DNS server.</summary>
public class DnsmasqTests
{
    private static readonly string[] Records =
    [
        "naptr-record=example.test,50,50,s,SIPS+D2T,,_sips._tcp.example.test",
        "naptr-record=example.test,90,50,s,SIP+D2T,,_sip._tcp.example.test",
        "srv-host=_sips._tcp.example.test,a.example.test,5061,0,1",
        "srv-host=_sip._tcp.example.test,alias.example.test,5070,10,1",
        "srv-host=_sip._tcp.example.test,a.example.test,5060,0,1",
        "host-record=a.example.test,192.0.2.1",
        "host-record=b.example.test,192.0.2.2,2001:db8::2",
        "cname=alias.example.test,b.example.test",
    ];

    [InteropTheory(Peers.Dnsmasq)]
    [InlineData("sip:example.test", "tls:192.0.2.1:5061, tcp:192.0.2.1:5060, tcp:192.0.2.2:5070, tcp:[2001:db8::2]:5070")]
    [InlineData("sips:example.test", "tls:192.0.2.1:5061")]
    [InlineData("sip:alias.example.test:5080", "udp:192.0.2.2:5080, udp:[2001:db8::2]:5080")]
    [InlineData("sip:nobody.example.test", "there is no nobody.example.test")]
    public async Task Its_records_lead_to_the_targets_of_RFC_3263(string uri, string expected)
    {
        await using var server = await DnsmasqServer.StartAsync(Records);

        var list = await Resolver(server).Resolve(SipTargetQuery.Of(SipUri.Parse(uri))!);

        // Whether this machine has a way by IPv6 decides which of the two families goes first.
        Assert.Equal(Sorted(expected), Sorted(list.ToString()));
    }

    [InteropFact(Peers.Dnsmasq)]
    public async Task What_does_not_fit_into_its_datagrams_comes_over_TCP()
    {
        var many = Enumerable.Range(1, 200).Select(i => $"srv-host=_sip._udp.many.test,a-rather-long-name-of-a-server-{i}.many.test,5060,0,1");
        var hosts = Enumerable.Range(1, 200).Select(i => $"host-record=a-rather-long-name-of-a-server-{i}.many.test,192.0.2.{i}");
        await using var server = await DnsmasqServer.StartAsync([.. many, .. hosts]);

        var list = await Resolver(server).Resolve(new SipTargetQuery("many.test") { Transport = SipTransportType.Udp });

        Assert.Equal(16, list.Targets.Count);
    }

    [InteropFact(Peers.Dnsmasq)]
    public async Task An_endpoint_registers_by_the_name_of_its_domain_and_passes_over_the_server_that_is_dead()
    {
        await using var registrar = EmbeddedServer.Start(new EmbeddedServerSettings("example.test").WithUser("alice", "secret"));
        await using var dns = await DnsmasqServer.StartAsync(
            $"srv-host=_sip._tcp.example.test,dead.test,{LoopbackPort.Free()},0,1",
            $"srv-host=_sip._tcp.example.test,live.test,{registrar.EndPoint(SipTransportType.Tcp).Port},1,1",
            "host-record=dead.test,127.0.0.1", "host-record=live.test,127.0.0.1");
        await using var manager = new RealTimeClientConnectionManager(new ConnectionManagerSettings { Resolver = Resolver(dns) });
        await using var alice = new SipEndpoint(new SipEndpointSettings("sip:alice@example.test", "example.test"), manager);
        alice.CredentialCache.Add(SipEndpoint.DefaultRtcRealm, new NetworkCredential("alice", "secret"));

        await alice.EstablishAsync(TestContext.Current.CancellationToken);

        Assert.Single(registrar.BindingsOf("alice"));
    }

    [InteropTheory(Peers.Dnsmasq)]
    [InlineData("example.test", 200)]
    [InlineData("host.test", 503)]
    public async Task A_peer_that_is_called_by_its_domain_proves_the_domain_and_not_the_host_that_DNS_led_to(string proven, int status)
    {
        await using var peers = new TlsPeers();
        var bob = peers.Listening("bob", peers.Settings(proven));
        using var heard = new Heard<IncomingMessage>(bob.Endpoint.Messages);
        await using var dns = await DnsmasqServer.StartAsync($"srv-host=_sips._tcp.example.test,host.test,{bob.Address!.Port},0,1", "host-record=host.test,127.0.0.1");
        var alice = peers.Silent("alice", new ConnectionManagerSettings { Tls = peers.Settings(), Resolver = Resolver(dns) });

        var response = await TlsPeers.AskAsync(alice, "sips:bob@example.test");

        Assert.Equal((status, status == 200 ? 1 : 0), (response.StatusCode, heard.Values.Count));
    }

    [InteropFact(Peers.Dnsmasq)]
    public async Task The_tool_prints_the_targets_in_sentences_and_as_JSON()
    {
        await using var server = await DnsmasqServer.StartAsync(Records);

        var sentences = await Prompt.RunAsync("resolve", "sip:bob@example.test;transport=tcp", "--dns", $"{server.EndPoint}");
        var json = await Prompt.RunAsync("resolve", "sips:example.test", "--dns", $"{server.EndPoint}", "--json");

        Assert.Equal((0, ""), (sentences.ExitCode, sentences.Errors));
        Assert.Equal("First 192.0.2.1:5060 over TCP (known for 60 s).", sentences.Lines[0]);
        Assert.Contains("Then 192.0.2.2:5070 over TCP.", sentences.Lines);
        var target = Assert.Single(json.Values);
        Assert.Equal(("targets", "tls", "192.0.2.1", 5061, "example.test"), (
            target.GetProperty("stream").GetString(), target.GetProperty("transport").GetString(), target.GetProperty("address").GetString(),
            target.GetProperty("port").GetInt32(), target.GetProperty("host").GetString()));
    }

    private static string Sorted(string list) => string.Join(' ', list.Split(", ").Order(StringComparer.Ordinal));

    private static DnsResolver Resolver(DnsmasqServer server) => new(new DnsSettings
    {
        Servers = [server.EndPoint],
        SearchDomains = [],
        Hosts = new Dictionary<string, IReadOnlyList<IPAddress>>(),
    });
}
