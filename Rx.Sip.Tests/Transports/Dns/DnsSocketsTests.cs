using System.Net;
using System.Net.Sockets;
using System.Reactive.Linq;
using Rx.Sip.Testing;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Dns;

/// <summary>The system's sockets, on the loopback address.</summary>
public class DnsSocketsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Targets_are_found_over_datagrams_and_streams(bool truncates)
    {
        await using var server = DnsServer.Start(DnsZone.Parse("_sip._tcp.x.test 60 SRV 0 0 5070 a.test\na.test 60 A 192.0.2.1"));
        server.Faults.Truncates = truncates;

        var list = await Resolver(server.EndPoint).Resolve(new SipTargetQuery("x.test") { Transport = SipTransportType.Tcp });

        Assert.Equal("tcp:192.0.2.1:5070", list.ToString());
        Assert.Equal(truncates ? 6 : 3, server.Questions.Count);
    }

    [Fact]
    public async Task A_port_on_which_nobody_listens_is_noticed_without_waiting()
    {
        int port;
        using (var free = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = ((IPEndPoint)free.LocalEndPoint!).Port;
        }
        await using var server = DnsServer.Start(DnsZone.Parse("a.test 60 A 192.0.2.1"));
        // Far more patience than the test has.
        var resolver = Resolver(TimeSpan.FromHours(1), new IPEndPoint(IPAddress.Loopback, port), server.EndPoint);

        Assert.Equal("udp:192.0.2.1:5060", (await resolver.Resolve(new SipTargetQuery("a.test") { Port = 5060 })).ToString());
    }

    [Fact]
    public async Task Giving_up_closes_the_socket()
    {
        await using var server = DnsServer.Start(DnsZone.Empty);
        server.Faults.IsSilent = true;
        var resolver = Resolver(TimeSpan.FromHours(1), server.EndPoint);
        var waiting = resolver.Resolve(new SipTargetQuery("a.test") { Port = 5060 }).Subscribe();
        Assert.Equal(2, resolver.Client.Pending);

        waiting.Dispose();

        Assert.Equal(0, resolver.Client.Pending);
    }

    [Fact]
    public async Task Without_being_told_anything_localhost_is_found_at_once_and_an_address_too()
    {
        var list = await new DnsResolver().Resolve(new SipTargetQuery("localhost"));

        Assert.All(list.Targets, target => Assert.True(IPAddress.IsLoopback(target.EndPoint.Address)));
        Assert.NotEmpty(list.Targets);
        Assert.Equal("udp:192.0.2.1:5060", (await new DnsResolver().Resolve(new SipTargetQuery("192.0.2.1"))).ToString());
        await using var manager = new RealTimeClientConnectionManager();
        Assert.IsType<DnsResolver>(manager.Resolver);
    }

    private static DnsResolver Resolver(params IPEndPoint[] servers) => Resolver(TimeSpan.FromSeconds(5), servers);

    private static DnsResolver Resolver(TimeSpan patience, params IPEndPoint[] servers) => new(new DnsSettings
    {
        Servers = servers,
        SearchDomains = [],
        Hosts = new Dictionary<string, IReadOnlyList<IPAddress>>(),
        Patience = patience,
    });
}
