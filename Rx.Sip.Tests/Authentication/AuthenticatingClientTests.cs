using System.Net;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Rx.Sip.Transactions;
using Xunit;
using static Rx.Sip.Tests.Authentication.Authenticating;
using CredentialCache = Rx.Sip.Authentication.CredentialCache;

namespace Rx.Sip.Tests.Authentication;

public class AuthenticatingClientTests
{

    private readonly CredentialCache _credentials = Credentials();
    private SipAuthenticationProtocols _allowed = SipAuthenticationProtocols.Digest;

    [Fact]
    public void An_answer_that_is_no_challenge_passes_as_it_is()
    {
        var server = new PretendServer(request => new[] { request.Answer(100), request.Answer(200) }.ToObservable());
        var (client, request) = (Client(server), Say.Register());
        var seen = Run(client, request);

        Assert.Equal([100, 200], seen.Select(response => response.StatusCode));
        Assert.Same(request, Assert.Single(server.Requests));
        Assert.False(client.WasChallenged);
        Assert.Equal("not authenticated", client.Outcome.ToString());
    }

    [Theory]
    [InlineData(401, "WWW-Authenticate", "Authorization")]
    [InlineData(407, "Proxy-Authenticate", "Proxy-Authorization")]
    public void A_challenge_is_answered_by_the_same_request_with_the_next_CSeq(int status, string challenge, string credentials)
    {
        var server = new PretendServer(request =>
            request.Headers.Contains(credentials) ? request.Answer(200) : request.Answer(status).WithHeader(challenge, Sha256));
        var client = Client(server);
        var request = Say.Register(sequence: 41).WithBody("text/plain", "hello"u8.ToArray());

        Assert.Equal([200], RunForStatus(client, request));
        var again = server.Requests[1];
        Assert.Equal(new CSeq(42, SipMethod.Register), again.CSeq);
        Assert.Equal((request.CallId, request.From, request.To, request.RequestUri), (again.CallId, again.From, again.To, again.RequestUri));
        Assert.Equal("hello", again.BodyText);
        Assert.Equal(request.Headers.Count + 1, again.Headers.Count);
        Assert.StartsWith("Digest username=\"alice\", realm=\"example.test\", nonce=\"n1\", uri=\"sip:example.test\"", again.Headers.Get(credentials), StringComparison.Ordinal);
        Assert.Contains("qop=auth, nc=00000001", again.Headers.Get(credentials), StringComparison.Ordinal);
        Assert.True(client.WasChallenged);
        Assert.Equal("authenticated with SHA-256", client.Outcome.ToString());
    }

    [Fact]
    public void Provisional_answers_of_both_transactions_pass_and_the_challenge_does_not()
    {
        var server = new PretendServer(request => new[]
        {
            request.Answer(100), request.Headers.Contains("Authorization") ? request.Answer(200) : request.Challenge(Md5),
        }.ToObservable());
        Assert.Equal([100, 100, 200], RunForStatus(Client(server), Say.Register()));
    }

    [Fact]
    public void The_strongest_algorithm_wins_whatever_the_order()
    {
        var server = Demanding(Md5, Sha256, "Digest realm=\"example.test\", nonce=\"n2\", algorithm=SHA-3, qop=\"auth\"");
        var client = Client(server);
        Run(client, Say.Register());
        Assert.Contains("algorithm=SHA-256", server.Requests[1].Headers.Get("Authorization"), StringComparison.Ordinal);
        Assert.Equal("SHA-256", client.Outcome.Mechanism);
    }

    [Theory]
    [InlineData("SHA-256", "SHA-512-256")]
    [InlineData("SHA-512-256", "SHA-256")]
    public void Between_equally_strong_algorithms_the_order_of_the_server_counts(string first, string second)
    {
        var server = Demanding(new[] { first, second }.Select(name => $"Digest realm=\"example.test\", nonce=\"n\", algorithm={name}, qop=\"auth\"").ToArray());
        Run(Client(server), Say.Register());
        Assert.Contains($"algorithm={first},", server.Requests[1].Headers.Get("Authorization"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Digest realm=\"example.test\", nonce=\"n\", qop=\"auth-int\"", "qop=auth-int")]
    [InlineData("Digest realm=\"example.test\", nonce=\"n\", qop=\"auth-int, auth\"", "qop=auth, ")]
    [InlineData("Digest realm=\"example.test\", nonce=\"n\", qop=auth", "qop=auth, ")]
    [InlineData("digest Realm = \"example.test\", Nonce=\"n\", opaque=\"a\\\"b\"", "opaque=\"a\\\"b\"")]
    public void Challenges_are_read_as_servers_write_them(string challenge, string expected)
    {
        var server = Demanding(challenge);
        Assert.Equal([200], RunForStatus(Client(server), Say.Register()));
        Assert.Contains(expected, server.Requests[1].Headers.Get("Authorization") + ", ", StringComparison.Ordinal);
    }

    [Fact]
    public void Without_qop_neither_count_nor_client_nonce_are_sent()
    {
        var server = Demanding("Digest realm=\"example.test\", nonce=\"n\"");
        Run(Client(server), Say.Register());
        var sent = Assert.Single(server.Requests[1].Authorization);
        Assert.Equal(["username", "realm", "nonce", "uri", "response"], sent.Parameters.Select(parameter => parameter.Key));
    }

    [Fact]
    public void A_session_algorithm_without_qop_sends_the_client_nonce_it_needs()
    {
        var server = Demanding("Digest realm=\"example.test\", nonce=\"n\", algorithm=MD5-sess");
        Run(Client(server), Say.Register());
        Assert.NotNull(Assert.Single(server.Requests[1].Authorization).Get("cnonce"));
    }

    [Fact]
    public void Several_realms_are_answered_at_once()
    {
        _credentials.Add("proxy.test", new NetworkCredential("alice2", "secret2"));
        var server = new PretendServer(request => request.Headers.Contains("Authorization") && request.Headers.Contains("Proxy-Authorization")
            ? request.Answer(200)
            : request.Answer(407).WithAddedHeader("Proxy-Authenticate", Md5.Replace("example", "proxy", StringComparison.Ordinal)).WithAddedHeader("WWW-Authenticate", Sha256));
        Assert.Equal([200], RunForStatus(Client(server), Say.Register()));
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal("alice2", Assert.Single(server.Requests[1].ProxyAuthorization).Get("username"));
        Assert.Equal("alice", Assert.Single(server.Requests[1].Authorization).Get("username"));
    }

    [Fact]
    public void Proxies_in_a_row_are_answered_one_after_the_other()
    {
        _credentials.Add(CredentialCache.DefaultRealm, new NetworkCredential("alice", "secret"));
        var server = new PretendServer(request => request.ProxyAuthorization.Count switch
        {
            < 3 and var count => request.ProxyChallenge($"Digest realm=\"p{count}\", nonce=\"n{count}\", qop=\"auth\""),
            _ => request.Answer(200),
        });
        Assert.Equal([200], RunForStatus(Client(server), Say.Register()));
        Assert.Equal([1u, 2, 3, 4], server.Requests.Select(request => request.CSeq!.Value.Number));
        Assert.Equal(
            ["p0 00000003", "p1 00000002", "p2 00000001"],
            server.Requests[3].ProxyAuthorization.Select(sent => $"{sent.Realm} {sent.Get("nc")}").Order());
    }

    [Fact]
    public void The_same_challenge_again_means_wrong_credentials()
    {
        var server = new PretendServer(request => request.Challenge(Sha256));
        var client = Client(server);
        Assert.Equal([401], RunForStatus(client, Say.Register()));
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(AuthenticationFailureReason.InvalidCredentials, client.Outcome.Failure);
        Assert.Equal("example.test refused the credentials", client.Outcome.ToString());
    }

    [Theory]
    [InlineData("", new[] { null, "n1" })]
    [InlineData(", stale=true", new[] { null, "n1", "n2" })]
    public void A_server_with_a_new_nonce_each_time_is_answered_once_and_again_only_where_it_says_stale(string stale, string?[] nonces)
    {
        var made = 0;
        var server = new PretendServer(request => request.Challenge($"Digest realm=\"example.test\", nonce=\"n{++made}\", qop=\"auth\"{stale}"));
        var client = Client(server);
        Assert.Equal([401], RunForStatus(client, Say.Register()));
        Assert.Equal(nonces, server.Requests.Select(Nonce));
        Assert.Equal(AuthenticationFailureReason.InvalidCredentials, client.Outcome.Failure);
    }

    [Fact]
    public void A_server_with_a_new_realm_each_time_is_not_followed_for_ever()
    {
        _credentials.Add(CredentialCache.DefaultRealm, new NetworkCredential("alice", "secret"));
        var made = 0;
        var server = new PretendServer(request => request.Challenge($"Digest realm=\"r{++made}\", nonce=\"n\", qop=\"auth\""));
        Assert.Equal([401], RunForStatus(Client(server), Say.Register()));
        Assert.Equal(7, server.Requests.Count);
    }

    [Fact]
    public void A_realm_without_credentials_gets_no_answer()
    {
        var server = Demanding("Digest realm=\"elsewhere\", nonce=\"n\", qop=\"auth\"");
        var client = Client(server);
        Assert.Equal([401], RunForStatus(client, Say.Register()));
        Assert.Single(server.Requests);
        Assert.Equal((AuthenticationFailureReason.MissingCredentials, "elsewhere"), (client.Outcome.Failure, client.Outcome.Realm));
    }

    [Theory]
    [InlineData("NTLM realm=\"example.test\", targetname=\"s\", version=4")]
    [InlineData("Basic realm=\"example.test\"")]
    [InlineData("Digest realm=\"example.test\", nonce=\"n\", algorithm=AKAv1-MD5")]
    [InlineData("Digest realm=\"example.test\", nonce=\"n\", qop=\"auth-conf\"")]
    [InlineData("Digest nonce=\"n\"")]
    [InlineData("Digest realm=\"example.test\"")]
    [InlineData(null)]
    public void What_is_not_understood_gets_no_answer(string? challenge)
    {
        var server = challenge is null ? new PretendServer(request => request.Answer(401)) : Demanding(challenge);
        var client = Client(server);
        Assert.Equal([401], RunForStatus(client, Say.Register()));
        Assert.Single(server.Requests);
        Assert.Equal(AuthenticationFailureReason.NoCommonProtocols, client.Outcome.Failure);
    }

    [Fact]
    public void A_protocol_that_is_not_allowed_is_not_used()
    {
        _allowed = SipAuthenticationProtocols.Ntlm | SipAuthenticationProtocols.Kerberos;
        var client = Client(Demanding(Sha256));
        Assert.Equal([401], RunForStatus(client, Say.Register()));
        Assert.Equal(AuthenticationFailureReason.NoCommonProtocols, client.Outcome.Failure);
    }

    [Fact]
    public void Disposing_between_the_challenge_and_the_answer_abandons_the_answer()
    {
        var second = new Subject<SipResponse>();
        var server = new PretendServer(request => request.Authorization.Count == 0 ? Observable.Return(request.Challenge(Sha256)) : second);
        var seen = new List<SipResponse>();
        var exchange = Client(server).Request(Say.Register()).Subscribe(seen.Add);
        Assert.True(second.HasObservers);
        exchange.Dispose();
        Assert.False(second.HasObservers);
        Assert.Equal(0, server.Open);
        Assert.Empty(seen);
    }

    [Fact]
    public void Nothing_is_sent_after_disposing_between_the_challenge_and_its_completion()
    {
        var server = new LateServer();
        var exchange = new AuthenticatingClient(server, Associations(_credentials)).Request(Say.Register()).Subscribe();
        server.Observer!.OnNext(Say.Register().Challenge(Sha256));
        exchange.Dispose();
        server.Observer.OnCompleted();
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public void Nothing_is_sent_before_subscribing_and_each_subscription_is_a_request_of_its_own()
    {
        var server = new PretendServer(request => request.Answer(200));
        var request = Client(server).Request(Say.Register());
        Assert.Empty(server.Requests);
        request.Subscribe().Dispose();
        request.Subscribe().Dispose();
        Assert.Equal(2, server.Requests.Count);
    }

    private AuthenticatingClient Client(PretendServer server) =>
        new(server, new SecurityAssociations(_credentials, _allowed, new SipIdentifiers(1)));

    /// <summary>Goes on speaking although nobody listens any more, as a thread on its way may.</summary>
    private sealed class LateServer : IRequestClient, IObservable<SipResponse>
    {
        public int Requests { get; private set; }

        public IObserver<SipResponse>? Observer { get; private set; }

        public IObservable<SipResponse> Request(SipRequest request)
        {
            Requests++;
            return this;
        }

        public IDisposable Subscribe(IObserver<SipResponse> observer)
        {
            Observer = observer;
            return System.Reactive.Disposables.Disposable.Empty;
        }
    }
}
