using Rx.Sip.Transports.Tls;
using Xunit;

namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>RFC 5922 §7.</summary>
public sealed class CertificateDomainsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void The_hosts_of_sip_uris_hide_dns_names() =>
        Assert.Equal(["example.test"], Of(new CertificateWish { Uris = ["sip:example.test"], Hosts = ["host.example.test"] }));

    [Fact]
    public void A_uri_with_a_user_speaks_for_no_domain() =>
        Assert.Equal(["host.example.test"], Of(new CertificateWish { Uris = ["sip:alice@example.test"], Hosts = ["host.example.test"] }));

    [Fact]
    public void Uris_of_other_schemes_count_for_nothing() =>
        Assert.Equal(["host.example.test"], Of(new CertificateWish { Uris = ["https://example.test"], Hosts = ["host.example.test"] }));

    [Fact]
    public void Without_uris_dns_names_and_addresses_count() =>
        Assert.Equal(["a.test", "b.test", "192.0.2.1", "2001:db8::1"], Of(new CertificateWish { Hosts = ["a.test", "192.0.2.1", "b.test", "2001:db8::1"] }));

    [Fact]
    public void The_common_name_counts_only_without_alternative_names()
    {
        Assert.Equal(["cn.test"], Of(new CertificateWish { CommonName = "cn.test" }));
        Assert.Equal(["a.test"], Of(new CertificateWish { CommonName = "cn.test", Hosts = ["a.test"] }));
    }

    [Theory]
    [InlineData("a.test", true)]
    [InlineData("A.TEST.", true)]
    [InlineData("b.a.test", false)]
    [InlineData("x.wild.test", false)]
    [InlineData("192.0.2.1", true)]
    [InlineData("192.0.2.2", false)]
    [InlineData("[2001:DB8:0::1]", true)]
    public void Names_match_whole_and_wildcards_match_nothing(string host, bool matches) =>
        Assert.Equal(matches, CertificateDomains.Match(["a.test", "*.wild.test", "192.0.2.1", "2001:db8::1"], host));

    private System.Collections.Immutable.ImmutableArray<string> Of(CertificateWish wish)
    {
        using var certificate = _authority.Issue(wish);
        return CertificateDomains.Of(certificate);
    }
}
