using System.Net;
using Rx.Sip.Transports.Dns;
using Xunit;

namespace Rx.Sip.Tests.Transports.Dns;

public class NameFilesTests
{
    [Fact]
    public void A_hosts_file_gives_every_name_its_addresses_in_the_order_of_the_lines()
    {
        var hosts = NameFiles.ReadHosts("127.0.0.1 localhost\n::1\tlocalhost ip6-localhost # both\n\n# 192.0.2.9 nobody\n192.0.2.1 Sip.Example.Test. sip\r\nrubbish here\n192.0.2.1\n192.0.2.1 sip");

        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], hosts["localhost"]);
        Assert.Equal([IPAddress.Parse("192.0.2.1")], hosts["sip.example.test"]);
        Assert.Equal([IPAddress.Parse("192.0.2.1")], hosts["sip"]);
        Assert.Equal(["ip6-localhost", "localhost", "sip", "sip.example.test"], hosts.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_resolv_conf_gives_servers_search_domains_and_dots()
    {
        var names = NameFiles.ReadResolvConf("; made by hand\ndomain old.test\nnameserver 192.0.2.53\nnameserver fe80::1%1\nnameserver nonsense\nsearch A.test b.test.\noptions edns0 ndots:2 timeout:1\nsortlist 1\n");

        Assert.Equal(["192.0.2.53:53", "[fe80::1%1]:53"], names.Servers.Select(server => server.ToString()));
        Assert.Equal(["a.test", "b.test"], names.SearchDomains);
        Assert.Equal(2, names.Dots);
    }

    [Theory]
    [InlineData("sip", "sip.a.test sip.b.test sip")]
    [InlineData("sip.", "sip")]
    [InlineData("sip.example.test", "sip.example.test")]
    public void Short_names_are_looked_for_in_the_search_domains_first_and_others_nowhere_else(string host, string expected)
    {
        var names = NameConfiguration.Empty with { SearchDomains = ["a.test", "b.test"] };

        Assert.Equal(expected, string.Join(' ', names.Candidates(host, host.TrimEnd('.'))));
    }

    [Fact]
    public void Localhost_is_this_host_and_invalid_is_nobody_whatever_the_files_say()
    {
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], NameConfiguration.Empty.Find("localhost"));
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], NameConfiguration.Empty.Find("sip.localhost"));
        Assert.Equal([], NameConfiguration.Empty.Find("no.invalid"));
        Assert.Null(NameConfiguration.Empty.Find("notlocalhost"));
    }

    [Fact]
    public void Files_are_read_again_when_they_change_and_may_be_missing()
    {
        var folder = Directory.CreateTempSubdirectory("names-");
        try
        {
            var (hosts, servers) = (Path.Combine(folder.FullName, "hosts"), Path.Combine(folder.FullName, "resolv.conf"));
            var names = new SystemNames(hosts, servers);
            var now = DateTimeOffset.UnixEpoch;
            Assert.Empty(names.At(now).Hosts);

            File.WriteAllText(hosts, "192.0.2.1 sip");
            File.WriteAllText(servers, "nameserver 192.0.2.53");
            Assert.Empty(names.At(now).Hosts);
            now += TimeSpan.FromSeconds(10);
            var first = names.At(now);
            Assert.Equal("192.0.2.53:53", Assert.Single(first.Servers).ToString());
            Assert.Equal([IPAddress.Parse("192.0.2.1")], first.Hosts["sip"]);
            now += TimeSpan.FromSeconds(1);
            Assert.Same(first, names.At(now));

            File.WriteAllText(hosts, "192.0.2.2 sip");
            File.SetLastWriteTimeUtc(hosts, DateTime.UnixEpoch);
            Assert.Equal([IPAddress.Parse("192.0.2.2")], names.At(now + TimeSpan.FromSeconds(1)).Hosts["sip"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
