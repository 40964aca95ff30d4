using System.Net;
using System.Reactive.Concurrency;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Xunit;
using static Rx.Sip.Tests.Authentication.Authenticating;

namespace Rx.Sip.Tests.Authentication;

public class DigestProperties
{
    private static readonly Gen<string> Text =
        from length in Gen.Choose(1, 24)
        from characters in Gen.ArrayOf(Gen.Elements("abcXYZ019 \"\\:;,=<>@%äßπ€漢\ud83d\ude00'".EnumerateRunes().ToArray()), length)
        select string.Concat(characters);

    private static readonly Gen<Case> Cases =
        from hash in Gen.Elements(DigestHash.Md5, DigestHash.Sha256, DigestHash.Sha512Over256)
        from isSession in Gen.Elements(false, true)
        from qop in Gen.Elements(DigestQop.None, DigestQop.Auth, DigestQop.AuthInt)
        from isProxy in Gen.Elements(false, true)
        from handsOut in Gen.Elements(false, true)
        from user in Text
        from password in Text
        from realm in Text
        from body in Text
        select new Case(new DigestAlgorithm(hash, isSession), qop, isProxy, handsOut, user, password, realm, body);

    [Fact]
    public void Client_and_server_agree_whatever_is_chosen() =>
        Prop.ForAll(Arb.From(Cases), one => one.Run(one.Password).SequenceEqual([200, 200, 200])).QuickCheckThrowOnFailure();

    [Fact]
    public void Client_and_server_never_agree_on_another_password() =>
        Prop.ForAll(Arb.From(Cases), one => one.Run(one.Password + "x").SequenceEqual(Enumerable.Repeat(one.IsProxy ? 407 : 401, 3))).QuickCheckThrowOnFailure();

    /// <summary>However servers hand out nonces (new ones, old ones again, by challenge or ahead), no pair of nonce and count is sent twice.</summary>
    [Fact]
    public void No_count_of_a_nonce_is_ever_sent_twice() =>
        Prop.ForAll(
            Arb.From(Gen.ListOf(Gen.Choose(0, 11), 40)),
            moves =>
            {
                var (script, seen) = (new Queue<int>(moves), new HashSet<(string?, string?)>());
                var server = new PretendServer(request =>
                {
                    var move = script.TryDequeue(out var next) ? next : 11;
                    return move switch
                    {
                        < 4 => request.Challenge($"Digest realm=\"example.test\", nonce=\"n{move}\", qop=\"auth\", stale=true"),
                        < 8 => request.ProxyChallenge($"Digest realm=\"example.test\", nonce=\"n{move - 4}\", algorithm=SHA-256, qop=\"auth\", stale=true"),
                        < 11 => request.Answer(200).WithHeader("Authentication-Info", $"nextnonce=\"n{move - 8}\""),
                        _ => request.Answer(200),
                    };
                });
                var client = new AuthenticatingClient(server, Associations(Credentials()));
                for (var i = 0u; i < 20; i++)
                    client.Request(Say.Register(i * 10)).Subscribe();
                var sent = server.Requests.SelectMany(request => request.Authorization.Concat(request.ProxyAuthorization)).ToList();
                return sent.All(credentials => seen.Add((credentials.Get("nonce"), credentials.Get("nc"))));
            }).QuickCheckThrowOnFailure();

    private sealed record Case(
        DigestAlgorithm Algorithm, DigestQop Qop, bool IsProxy, bool HandsOutNextNonce, string User, string Password, string Realm, string Body)
    {
        /// <summary>Sends three requests with that password; the server's proofs have to be right.</summary>
        public List<int> Run(string password)
        {
            var settings = new DigestVerifierSettings
            {
                Realm = Realm,
                Algorithms = [Algorithm],
                Protections = Qop == DigestQop.None ? [] : [Qop],
                HandsOutNextNonce = HandsOutNextNonce,
            };
            var verifier = new DigestVerifier(
                settings, user => user == User ? Password : null, new HistoricalScheduler(DateTimeOffset.UnixEpoch), new SipIdentifiers(1));
            var credentials = new Rx.Sip.Authentication.CredentialCache();
            credentials.Add(Realm, new NetworkCredential(User, password));
            var client = new AuthenticatingClient(new PretendServer(request => Answer(verifier, request)), Associations(credentials));
            var statuses = new List<int>();
            for (var i = 0u; i < 3; i++)
            {
                statuses.AddRange(RunForStatus(client, Say.Register(i * 10).WithBody("text/plain", Encoding.UTF8.GetBytes(Body))));
                Assert.Equal(statuses[^1] == 200 ? ServerProof.Verified : ServerProof.NotGiven, client.Outcome.Proof);
            }
            return statuses;
        }

        private SipResponse Answer(DigestVerifier verifier, SipRequest request) => verifier.Verify(request, IsProxy) switch
        {
            DigestVerdict.Accepted accepted => request.Answer(200).WithHeader(IsProxy ? "Proxy-Authentication-Info" : "Authentication-Info", accepted.Information),
            var verdict when IsProxy => request.ProxyChallenge(verifier.Challenge(verdict is DigestVerdict.Stale)),
            var verdict => request.Challenge(verifier.Challenge(verdict is DigestVerdict.Stale)),
        };
    }
}
