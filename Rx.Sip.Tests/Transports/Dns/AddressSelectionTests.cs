using System.Net;
using Rx.Sip.Transports.Dns;
using Xunit;

namespace Rx.Sip.Tests.Transports.Dns;

/// <summary>RFC 6724 §10.2's examples of choosing among destinations, and what RFC 7984 makes of it.</summary>
public class AddressSelectionTests
{
    [Theory]
    [InlineData("2001:db8:1::1 198.51.100.121", "2001:db8:1::2 fe80::1 169.254.13.78", "2001:db8:1::1 198.51.100.121")]
    [InlineData("2001:db8:1::1 198.51.100.121", "fe80::1 198.51.100.117", "198.51.100.121 2001:db8:1::1")]
    [InlineData("198.51.100.121 2001:db8:1::1", "2001:db8:1::2 198.51.100.117", "2001:db8:1::1 198.51.100.121")]
    [InlineData("2002:c633:6401::1 2001:db8:1::1", "2002:c633:6401::2 2001:db8:1::2", "2001:db8:1::1 2002:c633:6401::1")]
    [InlineData("2001:db8:1::1 192.0.2.1 192.0.2.2", "192.0.2.9", "192.0.2.1 192.0.2.2 2001:db8:1::1")]
    [InlineData("192.0.2.2 192.0.2.1 192.0.2.3", "192.0.2.9", "192.0.2.2 192.0.2.1 192.0.2.3")]
    [InlineData("127.0.0.1 ::1", "127.0.0.1 ::1", "::1 127.0.0.1")]
    public void The_order_is_that_of_the_rules(string destinations, string sources, string expected)
    {
        var ours = sources.Split(' ').Select(IPAddress.Parse).ToList();

        var ordered = AddressSelection.Order(destinations.Split(' ').Select(IPAddress.Parse), SourceToward);

        Assert.Equal(expected, string.Join(' ', ordered));

        // As the system chooses: the same first two octets, else one of the family that is not just for the link.
        IPAddress? SourceToward(IPAddress destination) => ours
            .Where(one => one.AddressFamily == destination.AddressFamily)
            .OrderBy(one => !one.GetAddressBytes().Take(2).SequenceEqual(destination.GetAddressBytes().Take(2)))
            .FirstOrDefault();
    }
}
