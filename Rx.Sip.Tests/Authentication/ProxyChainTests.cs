using System.Net;
using Rx.Sip.Authentication;
using Rx.Sip.Tests.Doubles;
using Xunit;
using static Rx.Sip.Tests.Authentication.Authenticating;
using CredentialCache = Rx.Sip.Authentication.CredentialCache;

namespace Rx.Sip.Tests.Authentication;

/// <summary>Several servers on the way of one request, each of which wants to know who sends it (RFC 3261 §22.3).</summary>
public class ProxyChainTests
{
    private readonly CredentialCache _credentials = Credentials();

    private AuthenticatingClient Client(PretendServer server) => new(server, Associations(_credentials));

    [Theory]
    [InlineData("example.test")]
    [InlineData("proxy.test")]
    public void A_proxy_and_the_server_behind_it_are_both_answered_be_they_of_one_realm_or_not(string realm)
    {
        _credentials.Add("proxy.test", new NetworkCredential("alice", "for the proxy"));
        var proxy = $"Digest realm=\"{realm}\", nonce=\"p1\", qop=\"auth\", algorithm=SHA-256";
        var server = new PretendServer(request =>
            !request.Headers.Contains("Proxy-Authorization") ? request.ProxyChallenge(proxy)
            : !request.Headers.Contains("Authorization") ? request.Challenge(Sha256)
            : request.Answer(200));
        var client = Client(server);

        Assert.Equal([200], RunForStatus(client, Say.Register()));
        var last = server.Requests[^1];
        Assert.Equal((3, 3u), (server.Requests.Count, last.CSeq!.Value.Number));
        Assert.Equal((realm, "p1", "n1"), (last.ProxyAuthorization.Single().Realm, last.ProxyAuthorization.Single().Get("nonce"), last.Authorization.Single().Get("nonce")));
        // The proxy sees a request of its own, and would take the same count for a replay.
        Assert.Equal("00000002", last.ProxyAuthorization.Single().Get("nc"));
        // From then on both are answered before they ask.
        Assert.Equal([200], RunForStatus(client, Say.Register(sequence: 4)));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public void Two_proxies_of_one_realm_that_share_their_nonces_are_one()
    {
        var proxy = "Digest realm=\"example.test\", nonce=\"p1\", qop=\"auth\", algorithm=SHA-256";
        var server = new PretendServer(request => request.ProxyAuthorization is [_] ? request.Answer(200) : request.ProxyChallenge(proxy));
        Assert.Equal([200], RunForStatus(Client(server), Say.Register()));
        Assert.Equal(2, server.Requests.Count);
    }

    /// <summary>A nonce of its own for the same realm can't be told from a refusal of the password, which is not to be tried twice (RFC 3261 §22.2).</summary>
    [Fact]
    public void Two_proxies_of_one_realm_with_nonces_of_their_own_are_taken_for_one_that_refuses()
    {
        var server = new PretendServer(request =>
            request.ProxyAuthorization is [var only] && only.Get("nonce") == "p1"
                ? request.ProxyChallenge("Digest realm=\"example.test\", nonce=\"p2\", qop=\"auth\", algorithm=SHA-256")
                : request.ProxyChallenge("Digest realm=\"example.test\", nonce=\"p1\", qop=\"auth\", algorithm=SHA-256"));
        Assert.Equal([407], RunForStatus(Client(server), Say.Register()));
        Assert.Equal(2, server.Requests.Count);
    }
}
