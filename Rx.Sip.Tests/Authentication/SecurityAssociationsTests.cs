using System.Net;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Tests.Doubles;
using Xunit;
using static Rx.Sip.Tests.Authentication.Authenticating;
using CredentialCache = Rx.Sip.Authentication.CredentialCache;

namespace Rx.Sip.Tests.Authentication;

/// <summary>What happens to the requests behind the first, for which an association exists.</summary>
public class SecurityAssociationsTests
{
    private readonly CredentialCache _credentials = Credentials();

    [Fact]
    public void Refused_credentials_are_not_sent_ahead_of_the_next_challenge()
    {
        var server = new PretendServer(request => request.Challenge(Sha256));
        var client = Client(server);
        Run(client, Say.Register());
        Run(client, Say.Register(5));
        Assert.Empty(server.Requests[2].Authorization);
    }

    [Fact]
    public void Later_requests_to_the_same_target_bring_their_answer_along_with_the_next_count()
    {
        var (client, server) = Settled();
        Run(client, Say.Register(3));
        Run(client, Say.Register(4));
        Assert.Equal(["00000001", "00000002", "00000003"], server.Requests.Skip(1).Select(request => request.Authorization[0].Get("nc")));
        Assert.Equal([3u, 4], server.Requests.Skip(2).Select(request => request.CSeq!.Value.Number));
        Assert.Equal("authenticated with MD5", client.Outcome.ToString());
    }

    [Fact]
    public void Somebody_else_than_who_challenged_does_not_see_the_answer_to_a_401()
    {
        var (client, server) = Settled();
        Run(client, Say.Request(SipMethod.Message, "sip:bob@example.test"));
        Assert.Empty(server.Requests[2].Authorization);
    }

    [Fact]
    public void A_proxy_sees_its_answer_whoever_the_request_is_for()
    {
        var server = new PretendServer(request => request.ProxyAuthorization.Count == 0 ? request.ProxyChallenge(Sha256) : request.Answer(200));
        var client = Client(server);
        Run(client, Say.Request(SipMethod.Message, "sip:bob@example.test"));
        Run(client, Say.Request(SipMethod.Message, "sip:carol@example.test"));
        Assert.Equal([null, "00000001", "00000002"], server.Requests.Select(request => request.ProxyAuthorization is [var sent] ? sent.Get("nc") : null));
    }

    [Fact]
    public void The_same_nonce_from_proxy_and_registrar_is_counted_once()
    {
        var server = new PretendServer(request => (request.Method == SipMethod.Register ? request.Authorization : request.ProxyAuthorization).Count > 0
            ? request.Answer(200)
            : request.Method == SipMethod.Register ? request.Challenge(Sha256) : request.ProxyChallenge(Sha256));
        var associations = Associations(_credentials);
        Run(new AuthenticatingClient(server, associations), Say.Register());
        Run(new AuthenticatingClient(server, associations), Say.Request(SipMethod.Message, "sip:bob@example.test"));
        Assert.Equal("00000001", server.Requests[1].Authorization[0].Get("nc"));
        Assert.Equal("00000002", server.Requests[^1].ProxyAuthorization[0].Get("nc"));
    }

    [Fact]
    public void A_changed_credential_is_used_from_the_next_challenge_on()
    {
        var (client, server) = Settled();
        _credentials.Add("example.test", new NetworkCredential("alice2", "changed"));
        server.Answer = request => request.Authorization.Count == 0 ? request.Challenge(Md5) : request.Answer(200);
        Assert.Equal([200], RunForStatus(client, Say.Register(9)));
        Assert.Empty(server.Requests[2].Authorization);
        Assert.Equal("alice2", Assert.Single(server.Requests[3].Authorization).Get("username"));
    }

    [Fact]
    public void A_credential_changed_while_the_old_one_is_on_its_way_is_tried_too()
    {
        var server = new PretendServer(request =>
        {
            if (request.Authorization is [var sent] && sent.Get("username") == "alice2")
                return request.Answer(200);
            if (request.Authorization.Count > 0)
                _credentials.Add("example.test", new NetworkCredential("alice2", "changed"));
            return request.Challenge(Md5);
        });
        Assert.Equal([200], RunForStatus(Client(server), Say.Register()));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public void A_server_that_changes_its_algorithm_gets_the_right_answer()
    {
        var (client, server) = Settled();
        server.Answer = request => Nonce(request) == "n2" ? request.Answer(200) : request.Challenge("Digest realm=\"example.test\", nonce=\"n2\", algorithm=SHA-256");
        Run(client, Say.Register(7));
        var algorithm = new DigestAlgorithm(DigestHash.Sha256, IsSession: false);
        var formula = new DigestFormula(algorithm, DigestQop.None, "n2", "", "", "sip:example.test");
        Assert.Equal(
            formula.Response(DigestFormula.SecretHash(algorithm, "alice", "example.test", "secret"), "REGISTER", []),
            server.Requests[^1].Authorization[0].Get("response"));
        Assert.Equal("SHA-256", client.Outcome.Mechanism);
    }

    [Fact]
    public void The_next_nonce_is_used_for_the_next_request()
    {
        var (client, server) = Settled();
        server.Answer = request => request.Answer(200).WithHeader("Authentication-Info", "nextnonce=\"n7\"");
        Run(client, Say.Register(3));
        Run(client, Say.Register(4));
        Assert.Equal(["n1", "n7"], server.Requests.Skip(2).Select(Nonce));
        Assert.Equal("00000001", server.Requests[^1].Authorization[0].Get("nc"));
    }

    [Fact]
    public void A_wrong_proof_of_the_server_is_told_and_its_next_nonce_is_not_used()
    {
        var (client, server) = Settled();
        server.Answer = request => request.Answer(200).WithHeader("Authentication-Info", "rspauth=\"00\", nextnonce=\"n7\"");
        Assert.Equal([200], RunForStatus(client, Say.Register(3)));
        Assert.Equal(ServerProof.Mismatch, client.Outcome.Proof);
        Assert.Contains("proof is wrong", client.Outcome.ToString(), StringComparison.Ordinal);
        Run(client, Say.Register(4));
        Assert.Equal("n1", Nonce(server.Requests[^1]));
    }

    [Fact]
    public void A_stale_nonce_is_replaced_without_asking_again()
    {
        var (client, server) = Settled();
        server.Answer = request => Nonce(request) == "n2" ? request.Answer(200) : request.Challenge("Digest realm=\"example.test\", nonce=\"n2\", stale=TRUE, qop=\"auth\"");
        Assert.Equal([200], RunForStatus(client, Say.Register(7)));
        Assert.Equal(["n1", "n2"], server.Requests.Skip(2).Select(Nonce));
    }

    [Fact]
    public void A_new_nonce_counts_as_stale_when_the_server_forgets_to_say_so()
    {
        var (client, server) = Settled();
        server.Answer = request => Nonce(request) == "n2" ? request.Answer(200) : request.Challenge("Digest realm=\"example.test\", nonce=\"n2\", qop=\"auth\"");
        Assert.Equal([200], RunForStatus(client, Say.Register(7)));
        Assert.Equal(["n1", "n2"], server.Requests.Skip(2).Select(Nonce));
    }

    private AuthenticatingClient Client(PretendServer server) => new(server, Associations(_credentials));

    /// <summary>A client that has answered nonce n1 of a server, which from now on answers as <see cref="Changing.Answer"/> says.</summary>
    private (AuthenticatingClient Client, Changing Server) Settled()
    {
        var changing = new Changing { Answer = request => request.Authorization.Count == 0 ? request.Challenge(Md5) : request.Answer(200) };
        var client = Client(changing.Server);
        Run(client, Say.Register());
        return (client, changing);
    }

    private sealed class Changing
    {
        public Changing() => Server = new PretendServer(request => Answer(request));

        public Func<SipRequest, SipResponse> Answer { get; set; } = request => request.Answer(200);

        public PretendServer Server { get; }

        public List<SipRequest> Requests => Server.Requests;
    }
}
