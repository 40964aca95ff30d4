using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Testing;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class NameTableTests
{
    private readonly NameTable _names = new();

    [Theory]
    [InlineData("192.0.2.1", 0, SipTransportType.Udp, "udp:192.0.2.1:5060")]
    [InlineData("192.0.2.1", 5070, SipTransportType.Tcp, "tcp:192.0.2.1:5070")]
    [InlineData("[2001:db8::1]", 0, SipTransportType.Tls, "tls:[2001:db8::1]:5061")]
    [InlineData("SIP.example.test", 0, SipTransportType.Tcp, "tcp:10.0.0.1:5080 tcp:10.0.0.2:5060")]
    [InlineData("sip.example.test", 5070, SipTransportType.Tcp, "tcp:10.0.0.1:5070 tcp:10.0.0.2:5070")]
    [InlineData("elsewhere.test", 0, SipTransportType.Tcp, "")]
    public void Addresses_and_names_are_found_in_the_order_of_the_table(string host, int port, SipTransportType transport, string targets)
    {
        _names.Set("sip.example.test", IPEndPoint.Parse("10.0.0.1:5080"), IPEndPoint.Parse("10.0.0.2:0"));

        Assert.Equal(targets, Found(host, port, transport));
    }

    [Fact]
    public void A_name_service_that_is_down_knows_no_names()
    {
        _names.Set("sip.example.test", IPEndPoint.Parse("10.0.0.1:5080"));
        _names.IsUp = false;

        Assert.Equal("", Found("sip.example.test", 0, SipTransportType.Udp));
        Assert.Equal("udp:10.0.0.1:5060", Found("10.0.0.1", 0, SipTransportType.Udp));
    }

    [Fact]
    public void Every_host_of_a_network_is_known_by_its_name_and_names_can_be_forgotten()
    {
        var network = new SimulatedNetwork(1);
        network.Host("alice");
        network.AddHost("bob", IPAddress.Parse("2001:db8::7"));

        Assert.Equal("10.0.0.1", network.Host("alice").Address.ToString());
        Assert.Equal("udp:[2001:db8::7]:5060", Found(network.Names, "bob"));
        network.Names.Remove("bob");
        Assert.Equal("", Found(network.Names, "bob"));
        Assert.Throws<ArgumentException>(() => network.AddHost("carol", IPAddress.Parse("10.0.0.1")));
    }

    private string Found(string host, int port, SipTransportType transport) => string.Join(' ', _names.Resolve(new SipTargetQuery(host) { Port = port, Transport = transport }).Wait().Targets);

    private static string Found(NameTable names, string host) => string.Join(' ', names.Resolve(new SipTargetQuery(host)).Wait().Targets);
}
