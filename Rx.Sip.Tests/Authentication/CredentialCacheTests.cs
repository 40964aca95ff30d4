using System.Net;
using Xunit;
using CredentialCache = Rx.Sip.Authentication.CredentialCache;

namespace Rx.Sip.Tests.Authentication;

public class CredentialCacheTests
{
    private readonly CredentialCache _cache = new();

    [Fact]
    public void A_realm_of_its_own_comes_before_the_default_one()
    {
        var (own, any) = (new NetworkCredential("own", "1"), new NetworkCredential("any", "2"));
        _cache.Add("example.test", own);
        _cache.Add(CredentialCache.DefaultRealm, any);

        Assert.True(_cache.TryGet("Example.Test", out var found));
        Assert.Same(own, found);
        Assert.True(_cache.TryGet("elsewhere", out found));
        Assert.Same(any, found);
    }

    [Fact]
    public void Without_a_default_realm_an_unknown_one_has_no_credential()
    {
        _cache.Add("example.test", new NetworkCredential("alice", "secret"));
        Assert.False(_cache.TryGet("elsewhere", out _));
    }

    [Fact]
    public void What_is_added_again_replaces_what_was_there_and_can_be_removed()
    {
        var newer = new NetworkCredential("alice", "newer");
        _cache.Add("example.test", new NetworkCredential("alice", "older"));
        _cache.Add("example.test", newer);
        Assert.True(_cache.TryGet("example.test", out var found));
        Assert.Same(newer, found);
        Assert.True(_cache.Remove("example.test"));
        Assert.False(_cache.Remove("example.test"));
        Assert.True(_cache.IsEmpty);
    }

    [Fact]
    public void Its_text_tells_no_secret()
    {
        _cache.Add("example.test", new NetworkCredential("alice", "secret"));
        Assert.Equal("realms with credentials: 1", _cache.ToString());
    }

    [Theory]
    [InlineData("alice\r\nVia: evil")]
    [InlineData("ali\0ce")]
    public void A_user_name_that_would_break_a_header_is_refused(string user) =>
        Assert.Throws<ArgumentException>(() => _cache.Add("example.test", new NetworkCredential(user, "secret")));
}
