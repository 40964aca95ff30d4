using System.Net;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Messages;
using Rx.Sip.Tests.Transports.Tls;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>What we make of <c>openssl s_server</c> and its certificates.</summary>
public sealed class OpenSslServerTests : IAsyncDisposable
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    private readonly TlsPeers _peers = new();
    private readonly CertificateFiles _files = new();
    private readonly RevocationListServer _lists = new();

    public async ValueTask DisposeAsync()
    {
        await _peers.DisposeAsync();
        _files.Dispose();
        _lists.Dispose();
    }

    [InteropTheory(Peers.OpenSsl)]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_message_goes_through_it_and_its_answer_comes_back(string version)
    {
        await using var server = await ListenAsync(Issue("good"), version);
        var alice = _peers.Silent("alice", _peers.Settings());

        await AnswerAsync(server, TlsPeers.AskAsync(alice, UriOf(server)));
    }

    [InteropTheory(Peers.OpenSsl)]
    [InlineData("expired", TlsFailureReason.CertificateExpired)]
    [InlineData("not valid yet", TlsFailureReason.CertificateExpired)]
    [InlineData("self-signed", TlsFailureReason.UntrustedRemoteCertificate)]
    [InlineData("of a stranger", TlsFailureReason.UntrustedRemoteCertificate)]
    [InlineData("for another name", TlsFailureReason.IncorrectNameInRemoteCertificate)]
    [InlineData("for another use", TlsFailureReason.RemoteCertificateInvalidUsage)]
    [InlineData("revoked", TlsFailureReason.RemoteCertificateRevoked)]
    public async Task A_certificate_that_is_wrong_is_refused_for_its_reason(string wrong, TlsFailureReason reason)
    {
        await using var server = await ListenAsync(Issue(wrong));

        var failure = await FailAsync(server, _peers.Settings() with { RevocationMode = wrong == "revoked" ? X509RevocationMode.Online : X509RevocationMode.NoCheck });

        Assert.Equal(reason, failure.Reason);
        Assert.Equal(server.EndPoint, failure.RemoteEndPoint);
        Assert.NotNull(failure.RemoteCertificate);
    }

    [InteropTheory(Peers.OpenSsl)]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task It_is_told_the_name_that_we_want_and_shows_the_certificate_of_that_name(string version)
    {
        var other = _files.Write(_peers.Authority.Issue("two.test"));
        await using var server = await ListenAsync(_peers.Authority.Issue("one.test"), version, "-servername", "two.test", "-servername_fatal", "-cert2", other, "-key2", other);
        var alice = _peers.Silent("alice", new ConnectionManagerSettings
        {
            Tls = _peers.Settings(),
            Resolver = new FixedResolver(new Dictionary<string, IReadOnlyList<IPAddress>> { ["two.test"] = [IPAddress.Loopback] }),
        });

        await AnswerAsync(server, TlsPeers.AskAsync(alice, $"sips:bob@two.test:{server.EndPoint.Port}"));
    }

    [InteropFact(Peers.OpenSsl)]
    public async Task A_version_that_is_too_old_is_no_negotiation()
    {
        await using var server = await ListenAsync(Issue("good"), "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0");

        var failure = await FailAsync(server, _peers.Settings());

        Assert.Equal(TlsFailureReason.TlsNegotiationFailure, failure.Reason);
    }

    [InteropTheory(Peers.OpenSsl)]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Asked_for_a_certificate_we_show_ours(string version)
    {
        await using var server = await ListenAsync(Issue("good"), [version, .. Demanding()]);
        var alice = _peers.Silent("alice", _peers.Settings("alice.test"));

        await AnswerAsync(server, TlsPeers.AskAsync(alice, UriOf(server)));
    }

    [InteropFact(Peers.OpenSsl)]
    public async Task Asked_for_a_certificate_that_we_do_not_have_there_is_no_negotiation_in_TLS_1_2()
    {
        await using var server = await ListenAsync(Issue("good"), ["-tls1_2", .. Demanding()]);

        var failure = await FailAsync(server, _peers.Settings());

        Assert.Equal(TlsFailureReason.TlsNegotiationFailure, failure.Reason);
    }

    [InteropFact(Peers.OpenSsl)]
    public async Task Asked_for_a_certificate_that_we_do_not_have_the_connection_breaks_in_TLS_1_3()
    {
        await using var server = await ListenAsync(Issue("good"), ["-tls1_3", .. Demanding()]);
        var alice = _peers.Silent("alice", _peers.Settings());

        Assert.Equal(503, (await TlsPeers.AskAsync(alice, UriOf(server))).StatusCode);
        await server.EndAsync();
        Assert.Equal("", server.Output);
    }

    // Takes the message out of the connection and writes its answer into it.
    private static async Task AnswerAsync(OpenSslPeer server, Task<SipResponse> asked)
    {
        await Eventually.IsTrueAsync(() => server.Output.EndsWith("hello", StringComparison.Ordinal));
        Assert.True(SipRequest.TryParse(server.Output, out var request), server.Output);
        await server.WriteAsync(SipResponse.For(request, 202, "Heard", "openssl").ToWireString());

        Assert.Equal((202, "Heard"), ((await asked).StatusCode, (await asked).ReasonPhrase));
    }

    private async Task<TlsFailureException> FailAsync(OpenSslPeer server, TlsSettings settings)
    {
        var alice = _peers.Silent("alice", settings);
        var failure = alice.Manager.TlsFailures.FirstAsync().ToTask(TestContext.Current.CancellationToken);
        Assert.Equal(503, (await TlsPeers.AskAsync(alice, UriOf(server))).StatusCode);
        return await failure.WaitAsync(TlsPeers.Patience, TestContext.Current.CancellationToken);
    }

    private Task<OpenSslPeer> ListenAsync(X509Certificate2 certificate, params IEnumerable<string> options) =>
        OpenSslPeer.ListenAsync(["-cert", _files.Write(certificate), .. options]);

    private string[] Demanding() => ["-Verify", "1", "-verify_return_error", "-CAfile", _files.Write(_peers.Authority.Root)];

    private X509Certificate2 Issue(string what)
    {
        var good = new CertificateWish { Hosts = ["127.0.0.1"] };
        switch (what)
        {
            case "of a stranger":
                using (var stranger = new TestAuthority())
                    return stranger.Issue(good);
            case "revoked":
                var revoked = _peers.Authority.Issue(good with { RevocationList = _lists.Address });
                _lists.Serve(_peers.Authority.Revoke(revoked));
                return revoked;
            default:
                return _peers.Authority.Issue(what switch
                {
                    "expired" => good with { Until = TimeSpan.FromDays(-1) },
                    "not valid yet" => good with { From = TimeSpan.FromDays(1) },
                    "self-signed" => good with { IsSelfSigned = true },
                    "for another name" => good with { Hosts = ["other.test"] },
                    "for another use" => good with { Uses = [CodeSigning] },
                    _ => good,
                });
        }
    }

    private static string UriOf(OpenSslPeer server) => $"sips:bob@{server.EndPoint}";
}
