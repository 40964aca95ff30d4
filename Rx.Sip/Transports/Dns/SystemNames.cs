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

    private volatile Reading _latest = new(default, default, NameConfiguration.Empty);

    public static SystemNames OfThisHost() => OperatingSystem.IsWindows()
        ? new SystemNames(Path.Combine(Environment.SystemDirectory, "drivers", "etc", "hosts"), "")
        : new SystemNames("/etc/hosts", "/etc/resolv.conf");

    public NameConfiguration Current
    {
        get
        {
            var (hosts, servers) = (ChangeOf(hostsFile), ChangeOf(resolvConf));
            var latest = _latest;
            // Without a file nothing tells of a change.
            if (latest.Hosts == hosts && latest.Servers == servers && servers is not null)
                return latest.Configuration;
            var read = servers is null ? OfInterfaces() : NameFiles.ReadResolvConf(Text(resolvConf));
            _latest = new Reading(hosts, servers, read with { Hosts = NameFiles.ReadHosts(Text(hostsFile)) });
            return _latest.Configuration;
        }
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

    private sealed record Reading(DateTime? Hosts, DateTime? Servers, NameConfiguration Configuration);
}
