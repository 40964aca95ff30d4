using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

public class ResolverTests
{
    private static readonly FixedResolver Table = new(new Dictionary<string, IReadOnlyList<IPAddress>>(StringComparer.OrdinalIgnoreCase)
    {
        ["example.test"] = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")],
    });

    [Theory]
    [InlineData("192.0.2.1", 5070, SipTransportType.Udp, "udp:192.0.2.1:5070")]
    [InlineData("192.0.2.1", 0, SipTransportType.Udp, "udp:192.0.2.1:5060")]
    [InlineData("192.0.2.1", 0, SipTransportType.Tls, "tls:192.0.2.1:5061")]
    [InlineData("[2001:db8::1]", 0, SipTransportType.Tcp, "tcp:[2001:db8::1]:5060")]
    [InlineData("2001:db8::1", 5070, SipTransportType.Tcp, "tcp:[2001:db8::1]:5070")]
    public void A_numeric_host_is_answered_before_Subscribe_returns(string host, int port, SipTransportType transport, string expected)
    {
        Assert.Equal(expected, Assert.Single(AtOnce(new SystemResolver(), host, port, transport)).ToString());
        Assert.Equal(expected, Assert.Single(AtOnce(Table, host, port, transport)).ToString());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("127.1")]
    [InlineData("256.1.1.1")]
    [InlineData("nobody.test")]
    [InlineData("")]
    public void What_is_neither_an_address_nor_in_the_table_leads_nowhere(string host) =>
        Assert.Empty(AtOnce(Table, host, 0, SipTransportType.Udp));

    [Fact]
    public void A_name_of_the_table_gives_its_addresses_in_order() =>
        Assert.Equal(["tcp:192.0.2.1:5070", "tcp:[2001:db8::1]:5070"], AtOnce(Table, "EXAMPLE.test", 5070, SipTransportType.Tcp).Select(target => target.ToString()));

    [Fact]
    public async Task The_system_knows_this_host()
    {
        var targets = await Found("localhost");

        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.True(IPAddress.IsLoopback(target.EndPoint.Address)));
        Assert.All(targets, target => Assert.Equal("localhost", target.Host));
    }

    [Theory]
    [InlineData("no-such-host.invalid")]
    [InlineData("a b")]
    public async Task A_name_that_can_not_be_looked_up_gives_no_target_and_no_error(string host) =>
        Assert.Empty(await Found(host));

    [Fact]
    public async Task A_name_too_long_to_be_one_gives_no_target_and_no_error() =>
        Assert.Empty(await Found(new string('a', 300)));

    private static async Task<IReadOnlyList<SipTarget>> Found(string host) => (await new SystemResolver().Resolve(new SipTargetQuery(host)).SingleAsync()).Targets;

    private static IReadOnlyList<SipTarget> AtOnce(ISipResolver resolver, string host, int port, SipTransportType transport)
    {
        IReadOnlyList<SipTarget>? targets = null;
        using var subscription = resolver.Resolve(new SipTargetQuery(host) { Port = port, Transport = transport }).Subscribe(answer => targets = answer.Targets);
        return targets ?? throw new InvalidOperationException("No answer before Subscribe returned.");
    }
}
