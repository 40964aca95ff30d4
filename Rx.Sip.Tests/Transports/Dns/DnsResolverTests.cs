using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Dns;

/// <summary>RFC 3263 §4 on zones: which targets, in which order, and what was asked for them.</summary>
public class DnsResolverTests
{
    private const string Hosts = """
        a.test 60 A 192.0.2.1
        b.test 60 A 192.0.2.2
        b.test 60 AAAA 2001:db8::2
        """;

    private const string Full = Hosts + """

        full.test 300 NAPTR 50 50 "s" "SIPS+D2T" "" _sips._tcp.full.test
        full.test 300 NAPTR 90 50 "s" "SIP+D2T" "" _sip._tcp.full.test
        full.test 300 NAPTR 100 50 "s" "SIP+D2U" "" _sip._udp.full.test
        _sips._tcp.full.test 300 SRV 0 1 5061 a.test
        _sip._tcp.full.test 300 SRV 10 1 5070 b.test
        _sip._tcp.full.test 300 SRV 0 1 5060 a.test
        _sip._udp.full.test 300 SRV 0 1 5060 b.test
        full.test 60 A 192.0.2.99
        """;

    private const string SrvOnly = Hosts + """

        srv.test 60 A 192.0.2.99
        _sip._udp.srv.test 300 SRV 0 1 5080 a.test
        _sip._tcp.srv.test 300 SRV 0 1 5081 b.test
        """;

    [Theory]
    [InlineData("sip:full.test", "tls:192.0.2.1:5061, tcp:192.0.2.1:5060, tcp:192.0.2.2:5070, tcp:[2001:db8::2]:5070, udp:192.0.2.2:5060, udp:[2001:db8::2]:5060")]
    [InlineData("sips:full.test", "tls:192.0.2.1:5061")]
    [InlineData("sip:full.test;transport=tcp", "tcp:192.0.2.1:5060, tcp:192.0.2.2:5070, tcp:[2001:db8::2]:5070")]
    [InlineData("sip:full.test;transport=udp", "udp:192.0.2.2:5060, udp:[2001:db8::2]:5060")]
    [InlineData("sips:full.test;transport=tcp", "tls:192.0.2.1:5061")]
    [InlineData("sip:full.test:5099", "udp:192.0.2.99:5099")]
    [InlineData("sip:full.test:5099;transport=tcp", "tcp:192.0.2.99:5099")]
    [InlineData("sips:full.test:5099", "tls:192.0.2.99:5099")]
    [InlineData("sip:other.test;maddr=full.test;transport=udp", "udp:192.0.2.2:5060, udp:[2001:db8::2]:5060")]
    [InlineData("sip:full.test;maddr=192.0.2.7", "udp:192.0.2.7:5060")]
    [InlineData("sip:192.0.2.7", "udp:192.0.2.7:5060")]
    [InlineData("sips:192.0.2.7", "tls:192.0.2.7:5061")]
    [InlineData("sip:[2001:db8::7]:5070;transport=tcp", "tcp:[2001:db8::7]:5070")]
    [InlineData("sip:full.test;transport=ws", "ws:192.0.2.99:80")]
    [InlineData("sip:FULL.test.;transport=udp", "udp:192.0.2.2:5060, udp:[2001:db8::2]:5060")]
    public void With_NAPTR_and_SRV_the_records_say_where(string uri, string expected) => Assert.Equal(expected, Find(Full, uri));

    [Theory]
    [InlineData("sip:srv.test", "udp:192.0.2.1:5080, tcp:192.0.2.2:5081, tcp:[2001:db8::2]:5081")]
    [InlineData("sip:srv.test;transport=tcp", "tcp:192.0.2.2:5081, tcp:[2001:db8::2]:5081")]
    [InlineData("sips:srv.test", "tls:192.0.2.99:5061")]
    [InlineData("sip:srv.test;transport=tls", "tls:192.0.2.99:5061")]
    public void With_SRV_alone_each_transport_is_asked_for(string uri, string expected) => Assert.Equal(expected, Find(SrvOnly, uri));

    [Theory]
    [InlineData("sip:b.test", "udp:192.0.2.2:5060, udp:[2001:db8::2]:5060")]
    [InlineData("sips:b.test", "tls:192.0.2.2:5061, tls:[2001:db8::2]:5061")]
    [InlineData("sip:b.test;transport=tcp", "tcp:192.0.2.2:5060, tcp:[2001:db8::2]:5060")]
    public void With_addresses_alone_the_host_is_the_server(string uri, string expected) => Assert.Equal(expected, Find(Hosts, uri));

    [Fact]
    public void A_host_with_IPv6_tries_that_first()
    {
        var dns = new DnsWorld(Hosts);
        dns.World.AddHost("alice", IPAddress.Parse("2001:db8::a"));

        Assert.Equal("udp:[2001:db8::2]:5060, udp:192.0.2.2:5060", dns.Find(new SipTargetQuery("b.test")));
    }

    [Fact]
    public void What_is_asked_follows_from_what_is_known()
    {
        Assert.Equal(["NAPTR of full.test", "SRV of _sips._tcp.full.test", "SRV of _sip._tcp.full.test", "SRV of _sip._udp.full.test", "AAAA of a.test", "A of a.test", "AAAA of b.test", "A of b.test"], Asked(Full, "sip:full.test"));
        Assert.Equal(["SRV of _sip._udp.full.test", "AAAA of b.test", "A of b.test"], Asked(Full, "sip:full.test;transport=udp"));
        Assert.Equal(["AAAA of full.test", "A of full.test"], Asked(Full, "sip:full.test:5060"));
        Assert.Equal(["NAPTR of srv.test", "SRV of _sip._udp.srv.test", "SRV of _sip._tcp.srv.test", "AAAA of a.test", "A of a.test", "AAAA of b.test", "A of b.test"], Asked(SrvOnly, "sip:srv.test"));
        Assert.Empty(Asked(Full, "sip:192.0.2.1"));
        Assert.Empty(Asked(Full, "sip:localhost"));
        Assert.Empty(Asked(Full, "sip:nobody.invalid"));
    }

    [Fact]
    public void Transports_that_can_not_be_used_are_not_looked_for()
    {
        var dns = new DnsWorld(Full);

        Assert.Equal("udp:192.0.2.2:5060, udp:[2001:db8::2]:5060", dns.Find(new SipTargetQuery("full.test") { Supported = [SipTransportType.Udp] }));
        Assert.Equal("no transport that can be used will do for full.test, secure", dns.Find(new SipTargetQuery("full.test") { Supported = [SipTransportType.Udp], IsSecure = true }));
    }

    [Fact]
    public void A_service_that_is_decidedly_not_there_is_not_looked_for_at_the_domain()
    {
        var dns = new DnsWorld("none.test 60 A 192.0.2.1\n_sip._udp.none.test 60 SRV 0 0 0 .");

        Assert.Equal("_sip._udp.none.test says that there is no server", dns.Find(new SipTargetQuery("none.test")));
    }

    [Fact]
    public void Each_target_keeps_the_name_that_was_asked_for() =>
        Assert.All(new DnsWorld(Full).FindList(new SipTargetQuery("full.test")).Targets, target => Assert.Equal("full.test", target.Host));

    [Fact]
    public void A_list_holds_as_long_as_the_shortest_of_its_records_and_denials()
    {
        var dns = new DnsWorld(Full);
        Assert.Equal(TimeSpan.FromSeconds(60), dns.FindList(new SipTargetQuery("full.test")).TimeToLive);
        dns.World.RunFor(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(40), dns.FindList(new SipTargetQuery("full.test")).TimeToLive);
        Assert.Equal(TimeSpan.MaxValue, dns.FindList(new SipTargetQuery("192.0.2.1")).TimeToLive);

        dns = new DnsWorld("x.test 3600 A 192.0.2.1");
        Assert.Equal(TimeSpan.FromSeconds(60) - TimeSpan.FromMilliseconds(40), dns.FindList(new SipTargetQuery("x.test")).TimeToLive);
    }

    [Fact]
    public void No_list_is_ever_served_beyond_the_time_of_its_records() => SimulatedNetwork.CheckSeeds(10, world =>
    {
        var chance = new Random((int)world.Seed);
        world.Conditions.Latency = TimeSpan.FromMilliseconds(5);
        var server = world.StartDnsServer("dns", DnsZone.Empty);
        var resolver = world.DnsResolver("alice");
        for (var step = 0; step < 200; step++)
        {
            // The address is the second in which it was true.
            var second = (int)world.Scheduler.Elapsed.TotalSeconds;
            server.Zone = DnsZone.Parse($"x.test 7 A 10.1.{second / 256}.{second % 256}").WithDenial(TimeSpan.FromSeconds(3));
            using var found = resolver.Resolve(new SipTargetQuery("x.test") { Port = 5060 }).Record(world.Scheduler);
            if (!found.IsCompleted)
                world.RunUntil(() => found.IsCompleted, TimeSpan.FromSeconds(30));
            var list = found.Values.Single();
            var octets = list.Targets.Single().EndPoint.Address.GetAddressBytes();
            var until = VirtualTime.Beginning + TimeSpan.FromSeconds(octets[2] * 256 + octets[3] + 1 + 7.01);
            Assert.True(world.Now < until, $"an address of {octets[2] * 256 + octets[3]} s was served at {world.Scheduler.Elapsed}");
            Assert.True(world.Now + list.TimeToLive <= until);
            world.RunFor(TimeSpan.FromMilliseconds(chance.Next(0, 4000)));
        }
        world.AssertNothingLeft();
    });

    [Fact]
    public void Short_names_are_found_in_the_search_domains()
    {
        var dns = new DnsWorld("sip.b.test 60 A 192.0.2.5");
        var resolver = new DnsResolver(
            new DnsSettings { Scheduler = dns.World.Scheduler, Servers = [dns.Server.EndPoint], SearchDomains = ["a.test", "b.test"], Hosts = new Dictionary<string, IReadOnlyList<IPAddress>>() },
            dns.Client.Network);
        using var found = resolver.Resolve(new SipTargetQuery("sip") { Port = 5060 }).Record(dns.World.Scheduler);
        dns.World.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal("udp:192.0.2.5:5060", found.Values.Single().ToString());
    }

    [Fact]
    public void A_name_of_the_hosts_file_is_asked_of_nobody_and_answered_before_Subscribe_returns()
    {
        var dns = new DnsWorld("_sip._udp.x.test 60 SRV 0 0 5070 pbx\n_sip._udp.sip.test 60 SRV 0 0 5070 x.test");
        var hosts = new Dictionary<string, IReadOnlyList<IPAddress>> { ["sip.test"] = [IPAddress.Parse("192.0.2.8")], ["pbx"] = [IPAddress.Parse("192.0.2.9")] };
        var resolver = new DnsResolver(new DnsSettings { Scheduler = dns.World.Scheduler, Servers = [dns.Server.EndPoint], SearchDomains = [], Hosts = hosts }, dns.Client.Network);

        Assert.Equal("udp:192.0.2.8:5060", resolver.Resolve(new SipTargetQuery("SIP.test")).Wait().ToString());
        Assert.Empty(dns.Server.Questions);

        // So is a server that records name.
        using var found = resolver.Resolve(new SipTargetQuery("x.test") { Transport = SipTransportType.Udp }).Record(dns.World.Scheduler);
        dns.World.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal("udp:192.0.2.9:5070", found.Values.Single().ToString());
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("a..test")]
    public void What_is_no_name_leads_nowhere_at_once(string host) =>
        Assert.Equal($"'{host}' is not a name", new DnsWorld(Hosts).Resolver.Resolve(new SipTargetQuery(host)).Wait().ToString());

    [Fact]
    public void Why_nothing_was_found_is_said_in_words()
    {
        var dns = new DnsWorld(Hosts);
        Assert.Equal("there is no nobody.test", dns.Find(new SipTargetQuery("nobody.test")));
        dns.Server.Faults.Fails = true;
        Assert.Equal("A of other.test could not be looked up: 10.0.0.1:53 says ServerFailure", dns.Find(new SipTargetQuery("other.test")));
        var alone = new DnsResolver(new DnsSettings { Scheduler = dns.World.Scheduler, Servers = [], SearchDomains = [], Hosts = new Dictionary<string, IReadOnlyList<IPAddress>>() });
        Assert.Equal("A of x.test could not be looked up: no DNS server is configured", alone.Resolve(new SipTargetQuery("x.test")).Wait().ToString());
    }

    [Fact]
    public void Giving_up_midway_leaves_nothing_open()
    {
        var dns = new DnsWorld(Full);
        var targets = dns.Resolver.Resolve(new SipTargetQuery("full.test")).Subscribe();
        dns.World.RunFor(TimeSpan.FromMilliseconds(25));
        Assert.NotEqual(0, dns.Client.Pending);

        targets.Dispose();

        Assert.Empty(dns.World.Host("alice").OpenPorts);
        dns.AssertNothingLeft();
    }

    [Fact]
    public void Equal_servers_take_turns_by_lot_from_the_cache_as_well()
    {
        var dns = new DnsWorld("_sip._udp.x.test 60 SRV 0 1 5060 a.test\n_sip._udp.x.test 60 SRV 0 1 5060 b.test\n" + Hosts);
        var query = new SipTargetQuery("x.test") { Transport = SipTransportType.Udp };

        var first = Enumerable.Range(0, 200).Select(_ => dns.FindList(query).Targets[0].EndPoint.Address.ToString()).CountBy(address => address).ToDictionary();

        Assert.InRange(first["192.0.2.1"], 70, 130);
        Assert.Equal(5, dns.Server.Questions.Count);
    }

    private static string Find(string zone, string uri) => new DnsWorld(zone).Find(SipTargetQuery.Of(SipUri.Parse(uri))!).Replace("websocket", "ws", StringComparison.Ordinal);

    private static IReadOnlyList<string> Asked(string zone, string uri)
    {
        var dns = new DnsWorld(zone);
        dns.Find(SipTargetQuery.Of(SipUri.Parse(uri))!);
        return dns.Server.Questions;
    }
}
