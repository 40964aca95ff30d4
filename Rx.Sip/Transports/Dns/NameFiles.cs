using System.Collections.Frozen;
using System.Net;

namespace Rx.Sip.Transports.Dns;

/// <summary>Reads <c>hosts</c> and <c>resolv.conf</c>, forgiving whatever they hold.</summary>
internal static class NameFiles
{
    private const int DnsPort = 53;
    private const int MaxDots = 15;

    /// <summary>The names of a hosts file, each with its addresses in the order of the lines.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<IPAddress>> ReadHosts(string text) => (
        from line in Lines(text)
        where line.Length > 1 && IPAddress.TryParse(line[0], out _)
        from name in line.Skip(1)
        group IPAddress.Parse(line[0]) by name.TrimEnd('.').ToLowerInvariant())
        .ToFrozenDictionary(host => host.Key, IReadOnlyList<IPAddress> (host) => [.. host.Distinct()]);

    /// <summary>Servers, search domains and dots of a resolv.conf (its manual page); the last of <c>domain</c> and <c>search</c> counts.</summary>
    public static NameConfiguration ReadResolvConf(string text) => Lines(text).Aggregate(NameConfiguration.Empty, static (so, line) => line switch
    {
        ["nameserver", var server, ..] when IPAddress.TryParse(server, out var address) => so with { Servers = [.. so.Servers, new IPEndPoint(address, DnsPort)] },
        ["domain" or "search", .. var domains] => so with { SearchDomains = [.. domains.Select(domain => domain.Trim('.').ToLowerInvariant()).Where(domain => domain.Length > 0)] },
        ["options", .. var options] => so with { Dots = options.Aggregate(so.Dots, static (dots, option) => DotsOf(option) ?? dots) },
        _ => so,
    });

    private static int? DotsOf(string option) =>
        option.StartsWith("ndots:", StringComparison.Ordinal) && int.TryParse(option.AsSpan("ndots:".Length), out var dots) ? Math.Clamp(dots, 0, MaxDots) : null;

    private static IEnumerable<string[]> Lines(string text) =>
        from line in text.Split('\n')
        let words = line.Split('#', ';')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)
        where words.Length > 0
        select words;
}
