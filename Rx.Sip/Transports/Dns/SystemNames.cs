using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Rx.Sip.Transports.Dns;

/// <summary>
/// What this host's system says about names, read again when its files change: a laptop goes from one network to another. Where
/// there is no <c>resolv.conf</c>, the network interfaces are asked for their DNS servers. Safe from any thread.
/// </summary>
internal sealed class SystemNames(string hostsFile, string resolvConf)
{
    private const int DnsPort = 53;

    // To look whether a file has changed costs little, to ask all interfaces a lot.
    private static readonly TimeSpan FilesHold = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InterfacesHold = TimeSpan.FromSeconds(10);

    private volatile Reading? _latest;

    public static SystemNames OfThisHost() => OperatingSystem.IsWindows()
        ? new SystemNames(Path.Combine(Environment.SystemDirectory, "drivers", "etc", "hosts"), "")
        : new SystemNames("/etc/hosts", "/etc/resolv.conf");

    /// <summary>What holds at that instant.</summary>
    public NameConfiguration At(DateTimeOffset now)
    {
        if (_latest is { } known && now < known.Expires)
            return known.Configuration;
        var (hosts, servers) = (ChangeOf(hostsFile), ChangeOf(resolvConf));
        var configuration = _latest is { } latest && servers is not null && (latest.Hosts, latest.Servers) == (hosts, servers)
            ? latest.Configuration
            : (servers is null ? OfInterfaces() : NameFiles.ReadResolvConf(Text(resolvConf))) with { Hosts = NameFiles.ReadHosts(Text(hostsFile)) };
        _latest = new Reading(hosts, servers, configuration, now + (servers is null ? InterfacesHold : FilesHold));
        return configuration;
    }

    private static NameConfiguration OfInterfaces()
    {
        try
        {
            var active = NetworkInterface.GetAllNetworkInterfaces()
                .Where(one => one is { OperationalStatus: OperationalStatus.Up, NetworkInterfaceType: not NetworkInterfaceType.Loopback })
                .Select(one => one.GetIPProperties())
                .ToList();
            return NameConfiguration.Empty with
            {
                Servers = [.. active.SelectMany(one => one.DnsAddresses).Where(IsMeant).Distinct().Select(address => new IPEndPoint(address, DnsPort))],
                SearchDomains = [.. active.Select(one => one.DnsSuffix.Trim('.').ToLowerInvariant()).Where(suffix => suffix.Length > 0).Distinct()],
            };
        }
        catch (Exception error) when (error is NetworkInformationException or PlatformNotSupportedException)
        {
            return NameConfiguration.Empty;
        }
    }

    // Windows lists site-local addresses that nobody has set.
    private static bool IsMeant(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork || !address.IsIPv6SiteLocal;

    private static DateTime? ChangeOf(string file) => File.Exists(file) ? File.GetLastWriteTimeUtc(file) : null;

    private static string Text(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private sealed record Reading(DateTime? Hosts, DateTime? Servers, NameConfiguration Configuration, DateTimeOffset Expires);
}
