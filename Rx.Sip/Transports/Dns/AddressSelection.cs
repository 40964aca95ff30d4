using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Transports.Dns;

/// <summary>
/// The order in which the addresses of one host are tried (RFC 7984 §3, RFC 6724 §6): those we have a way to, whose scope and kind are those of
/// our own address toward them, the preferred kind, the smaller scope; else as they came, since servers take turns that way.
/// </summary>
internal static class AddressSelection
{
    /// <summary>Orders addresses.</summary>
    /// <param name="addresses">The addresses, of both families.</param>
    /// <param name="source">Our address toward another; null when there is no way.</param>
    public static IEnumerable<IPAddress> Order(IEnumerable<IPAddress> addresses, Func<IPAddress, IPAddress?> source) => addresses
        .Select(address => (Address: address, Source: source(address)))
        .OrderBy(one => one.Source is null)
        .ThenBy(one => one.Source is null || ScopeOf(one.Address) != ScopeOf(one.Source))
        .ThenBy(one => one.Source is null || PolicyOf(one.Address).Label != PolicyOf(one.Source).Label)
        .ThenByDescending(one => PolicyOf(one.Address).Precedence)
        .ThenBy(one => ScopeOf(one.Address))
        .Select(one => one.Address);

    // RFC 6724 §2.1, as numbers of RFC 4291 §2.7; IPv4 by §3.2.
    private static int ScopeOf(IPAddress address)
    {
        const int link = 2, site = 5, global = 14;
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return IPAddress.IsLoopback(address) || address.GetAddressBytes() is [169, 254, ..] ? link : global;
        return address.IsIPv6LinkLocal || IPAddress.IsLoopback(address) ? link : address.IsIPv6SiteLocal ? site : global;
    }

    // RFC 6724 §2.1's table.
    private static Policy PolicyOf(IPAddress address) => address.MapToIPv6().GetAddressBytes() switch
    {
        _ when address.Equals(IPAddress.IPv6Loopback) => new(50, 0),
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, ..] => new(35, 4),
        [0x20, 0x02, ..] => new(30, 2),
        [0x20, 0x01, 0, 0, ..] => new(5, 5),
        [0xFC or 0xFD, ..] => new(3, 13),
        [0xFE, >= 0xC0, ..] => new(1, 11),
        [0x3F, 0xFE, ..] => new(1, 12),
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ..] => new(1, 3),
        _ => new(40, 1),
    };

    private readonly record struct Policy(int Precedence, int Label);
}
