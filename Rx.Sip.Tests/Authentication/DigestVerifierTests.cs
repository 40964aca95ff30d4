using System.Net;
using System.Reactive.Concurrency;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Xunit;
using static Rx.Sip.Tests.Authentication.Authenticating;

namespace Rx.Sip.Tests.Authentication;

public class DigestVerifierTests
{
    private readonly HistoricalScheduler _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Challenges_name_every_algorithm_in_the_order_of_preference() =>
        Assert.Equal(
            ["SHA-256", "MD5"],
            Verifier(new() { Realm = "example.test" }).Challenge(isStale: false).Select(text => Parsed(text).Get("algorithm")));

    [Fact]
    public void Right_credentials_are_accepted_and_the_server_proves_itself()
    {
        var (client, _) = Connected(new() { Realm = "example.test" });
        Assert.Equal([200], RunForStatus(client, Say.Register()));
        Assert.Equal(ServerProof.Verified, client.Outcome.Proof);
    }

    [Theory]
    [InlineData("secret", "alice", 200)]
    [InlineData("Secret", "alice", 401)]
    [InlineData("secret", "bob", 401)]
    public void Wrong_passwords_and_unknown_users_are_refused(string password, string user, int expected)
    {
        var credentials = new Rx.Sip.Authentication.CredentialCache();
        credentials.Add("example.test", new NetworkCredential(user, password));
        var client = new AuthenticatingClient(Server(Verifier(new() { Realm = "example.test" })), Associations(credentials));
        Assert.Equal([expected], RunForStatus(client, Say.Register()));
    }

    [Fact]
    public void An_expired_nonce_is_stale_to_the_tick()
    {
        var verifier = Verifier(new() { Realm = "example.test", NonceLifetime = TimeSpan.FromMinutes(5) });
        var association = Answering(verifier);
        _time.AdvanceBy(TimeSpan.FromMinutes(5));
        Assert.IsType<DigestVerdict.Accepted>(verifier.Verify(Authorized(association), isProxy: false));
        _time.AdvanceBy(TimeSpan.FromTicks(1));
        Assert.IsType<DigestVerdict.Stale>(verifier.Verify(Authorized(association), isProxy: false));
        Assert.Equal(0, verifier.RememberedNonces);
    }

    [Fact]
    public void A_client_gets_over_an_expired_nonce_without_a_new_password()
    {
        var (client, server) = Connected(new() { Realm = "example.test", NonceLifetime = TimeSpan.FromMinutes(5) });
        RunForStatus(client, Say.Register());
        _time.AdvanceBy(TimeSpan.FromMinutes(6));
        Assert.Equal([200], RunForStatus(client, Say.Register(5)));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public void A_replay_is_noticed_and_a_request_that_was_overtaken_is_not_one()
    {
        var verifier = Verifier(new() { Realm = "example.test" });
        var association = Answering(verifier);
        var (first, second) = (Authorized(association), Authorized(association));
        Assert.IsType<DigestVerdict.Accepted>(verifier.Verify(second, isProxy: false));
        Assert.IsType<DigestVerdict.Accepted>(verifier.Verify(first, isProxy: false));
        Assert.IsType<DigestVerdict.Stale>(verifier.Verify(first, isProxy: false));
        Assert.IsType<DigestVerdict.Stale>(verifier.Verify(second, isProxy: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void What_is_forgotten_to_save_memory_can_not_be_replayed(int milliseconds)
    {
        var verifier = Verifier(new() { Realm = "example.test", MaximumNonces = 10 });
        var used = new List<SipRequest>();
        for (var i = 0; i < 1000; i++)
        {
            _time.AdvanceBy(TimeSpan.FromMilliseconds(milliseconds));
            used.Add(Authorized(Answering(verifier)));
            // Made in the same instant as one that had to be forgotten, a nonce can't be told from it.
            Assert.Equal(milliseconds > 0 || i <= 10, verifier.Verify(used[^1], isProxy: false) is DigestVerdict.Accepted);
        }
        Assert.Equal(10, verifier.RememberedNonces);
        Assert.All(used, request => Assert.IsType<DigestVerdict.Stale>(verifier.Verify(request, isProxy: false)));
    }

    [Fact]
    public void Requests_without_a_secret_cost_no_memory()
    {
        var verifier = Verifier(new() { Realm = "example.test" });
        for (var i = 0; i < 1000; i++)
        {
            var association = Answering(verifier, password: "guess" + i);
            Assert.IsType<DigestVerdict.Refused>(verifier.Verify(Authorized(association), isProxy: false));
        }
        Assert.Equal(0, verifier.RememberedNonces);
    }

    [Fact]
    public void Nonces_of_somebody_else_are_refused()
    {
        var association = Answering(Verifier(new() { Realm = "example.test" }, seed: 1));
        Assert.IsType<DigestVerdict.Refused>(Verifier(new() { Realm = "example.test" }, seed: 2).Verify(Authorized(association), isProxy: false));
    }

    [Theory]
    [InlineData("response", "0000")]
    [InlineData("uri", "sip:other.test")]
    [InlineData("nc", "0")]
    [InlineData("nc", "0000000g")]
    [InlineData("nonce", "x")]
    [InlineData("nonce", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("algorithm", "SHA-512-256")]
    [InlineData("qop", "auth-int")]
    [InlineData("realm", "other")]
    [InlineData("username", "")]
    public void Tampered_credentials_are_refused(string name, string value)
    {
        var verifier = Verifier(new() { Realm = "example.test" });
        var request = Authorized(Answering(verifier));
        var sent = request.Authorization[0];
        var tampered = string.Join(", ", sent.Parameters.Select(parameter => $"{parameter.Key}=\"{(parameter.Key == name ? value : parameter.Value)}\""));
        Assert.IsType<DigestVerdict.Refused>(verifier.Verify(request.WithHeader("Authorization", $"Digest {tampered}"), isProxy: false));
        Assert.IsType<DigestVerdict.Accepted>(verifier.Verify(request, isProxy: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Digest")]
    [InlineData("Digest realm=\"example.test\"")]
    [InlineData("Digest realm=\"example.test\", nonce, username=, uri=\"\", response=")]
    [InlineData("Digest realm=\"example.test")]
    public void Garbage_is_refused(string credentials) =>
        Assert.IsType<DigestVerdict.Refused>(
            Verifier(new() { Realm = "example.test" }).Verify(Say.Register().WithHeader("Authorization", credentials), isProxy: false));

    [Fact]
    public void The_count_of_a_nonce_may_jump_but_not_come_back_from_afar()
    {
        var uses = new NonceUses();
        Assert.False(uses.TryUse(0));
        Assert.True(uses.TryUse(5));
        Assert.True(uses.TryUse(69));
        Assert.False(uses.TryUse(5));
        Assert.True(uses.TryUse(6));
        Assert.False(uses.TryUse(4));
        Assert.True(uses.TryUse(uint.MaxValue));
        Assert.True(uses.TryUse(uint.MaxValue - 64));
        Assert.False(uses.TryUse(uint.MaxValue - 65));
        Assert.False(uses.TryUse(uint.MaxValue));
    }

    private DigestVerifier Verifier(DigestVerifierSettings settings, long seed = 7) =>
        new(settings, user => user == "alice" ? "secret" : null, _time, new SipIdentifiers(seed));

    private static PretendServer Server(DigestVerifier verifier) => new(request => verifier.Verify(request, isProxy: false) switch
    {
        DigestVerdict.Accepted accepted => request.Answer(200).WithHeader("Authentication-Info", accepted.Information),
        var verdict => request.Challenge(verifier.Challenge(verdict is DigestVerdict.Stale)),
    });

    private (AuthenticatingClient Client, PretendServer Server) Connected(DigestVerifierSettings settings)
    {
        var server = Server(Verifier(settings));
        return (new AuthenticatingClient(server, Associations(Credentials())), server);
    }

    private static ISecurityAssociation Answering(DigestVerifier verifier, string password = "secret") =>
        new DigestAuthenticator(new SipIdentifiers(3)).Associate(Parsed(verifier.Challenge(isStale: false)[0]), new NetworkCredential("alice", password));

    private static SipRequest Authorized(ISecurityAssociation association)
    {
        var request = Say.Register();
        return request.WithHeader("Authorization", association.Authorize(request));
    }

    private static AuthenticationParameters Parsed(string text) =>
        AuthenticationParameters.TryParse(text, out var parameters) ? parameters : throw new FormatException(text);
}
