using System.Collections.Frozen;
using System.Net;

namespace Rx.Sip.Transports.Dns;

/// <summary>How this host finds names: what its files or its interfaces say.</summary>
/// <param name="Servers">The DNS servers, the first to be asked first.</param>
/// <param name="SearchDomains">The domains that short names may be in, in their order.</param>
/// <param name="Dots">From so many dots on a name is not short.</param>
/// <param name="Hosts">Names that are known here, in lower case.</param>
internal sealed record NameConfiguration(
    IReadOnlyList<IPEndPoint> Servers, IReadOnlyList<string> SearchDomains, int Dots, IReadOnlyDictionary<string, IReadOnlyList<IPAddress>> Hosts)
{
    public static NameConfiguration Empty { get; } = new([], [], 1, FrozenDictionary<string, IReadOnlyList<IPAddress>>.Empty);

    /// <summary>The names to look for, in their order. A name with dots is looked for as it is and nowhere else (RFC 1535 §4).</summary>
    public IEnumerable<string> Candidates(string host, string name) => host.EndsWith('.') || DnsName.Dots(name) >= Dots
        ? [name]
        : [.. SearchDomains.Select(domain => DnsName.Join(name, domain)).Where(full => DnsName.TryNormalize(full, out _)), name];

    /// <summary>What is known here of a name; <c>localhost</c> and what is below it is this host in any case, and <c>invalid</c> is nobody (RFC 6761 §6).</summary>
    public IReadOnlyList<IPAddress>? Find(string name)
    {
        if (Hosts.TryGetValue(name, out var addresses))
            return addresses;
        if (IsWithin(name, "localhost"))
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        return IsWithin(name, "invalid") ? [] : null;
    }

    private static bool IsWithin(string name, string domain) => name == domain || name.EndsWith($".{domain}", StringComparison.Ordinal);
}
