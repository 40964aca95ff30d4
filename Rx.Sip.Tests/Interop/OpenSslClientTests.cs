using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Rx.Sip.Messages;
using Rx.Sip.Tests.Transports.Tls;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>What <c>openssl s_client</c> meets where we listen over TLS.</summary>
public sealed class OpenSslClientTests : IAsyncDisposable
{
    private readonly TlsPeers _peers = new();
    private readonly CertificateFiles _files = new();

    public async ValueTask DisposeAsync()
    {
        await _peers.DisposeAsync();
        _files.Dispose();
    }

    [InteropTheory(Peers.OpenSsl)]
    [InlineData("-tls1_2", "TLSv1.2")]
    [InlineData("-tls1_3", "TLSv1.3")]
    public async Task It_verifies_our_certificate_and_its_options_are_answered(string option, string version)
    {
        var bob = await ListenAsync(_peers.Settings("127.0.0.1"));
        await using var client = Call(bob, option, "-verify_return_error", "-verify_ip", "127.0.0.1");

        await client.WriteAsync(OptionsTo(bob));

        await Eventually.IsTrueAsync(() => client.Output.EndsWith("\r\n\r\n", StringComparison.Ordinal));
        Assert.True(SipResponse.TryParse(client.Output, out var response), client.Output);
        Assert.Equal((200, "1@openssl", SipMethod.Options), (response.StatusCode, response.CallId, response.CSeq?.Method));
        Assert.Contains($"Protocol version: {version}", client.Log, StringComparison.Ordinal);
        Assert.Contains("Verification: OK", client.Log, StringComparison.Ordinal);
    }

    [InteropTheory(Peers.OpenSsl)]
    [InlineData("-tls1")]
    [InlineData("-tls1_1")]
    public async Task Versions_that_are_too_old_are_refused(string option)
    {
        var bob = await ListenAsync(_peers.Settings("127.0.0.1"));
        var failure = FailureOf(bob);
        await using var client = Call(bob, option, "-cipher", "DEFAULT@SECLEVEL=0");

        await client.EndAsync();

        Assert.Contains("alert protocol version", client.Log, StringComparison.Ordinal);
        Assert.Equal(TlsFailureReason.TlsNegotiationFailure, (await failure).Reason);
    }

    [InteropFact(Peers.OpenSsl)]
    public async Task Its_ping_is_answered_by_a_pong()
    {
        var bob = await ListenAsync(_peers.Settings("127.0.0.1"));
        await using var client = Call(bob);

        await client.WriteAsync("\r\n\r\n");
        await Eventually.IsTrueAsync(() => client.Output.Length > 0);

        Assert.Equal("\r\n", client.Output);
    }

    [InteropTheory(Peers.OpenSsl)]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Where_a_certificate_is_needed_it_is_answered_with_one(string option)
    {
        var bob = await ListenAsync(_peers.Mutual("127.0.0.1") with { AllowedDomains = ["good.test"] });
        await using var client = Call(bob, option, "-cert", _files.Write(_peers.Authority.Issue("good.test")));

        await client.WriteAsync(OptionsTo(bob));

        await Eventually.IsTrueAsync(() => client.Output.StartsWith("SIP/2.0 200 OK\r\n", StringComparison.Ordinal));
    }

    [InteropTheory(Peers.OpenSsl)]
    [InlineData("-tls1_2", null, TlsFailureReason.UntrustedRemoteCertificate)]
    [InlineData("-tls1_3", null, TlsFailureReason.UntrustedRemoteCertificate)]
    [InlineData("-tls1_2", "bad.test", TlsFailureReason.IncorrectNameInRemoteCertificate)]
    [InlineData("-tls1_3", "bad.test", TlsFailureReason.IncorrectNameInRemoteCertificate)]
    public async Task Without_it_or_with_that_of_another_domain_it_is_turned_away(string option, string? host, TlsFailureReason reason)
    {
        var bob = await ListenAsync(_peers.Mutual("127.0.0.1") with { AllowedDomains = ["good.test"] });
        var failure = FailureOf(bob);
        await using var client = Call(bob, [option, .. host is null ? Array.Empty<string>() : ["-cert", _files.Write(_peers.Authority.Issue(host))]]);

        await client.EndAsync();

        Assert.Equal("", client.Output);
        Assert.Equal(reason, (await failure).Reason);
    }

    [InteropTheory(Peers.OpenSsl)]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_session_that_it_resumes_is_judged_as_if_it_were_new(string option)
    {
        var bob = await ListenAsync(_peers.Mutual("127.0.0.1") with { AllowedDomains = ["good.test"] });
        var (session, certificate) = (Path.Combine(_files.Folder, "session"), _files.Write(_peers.Authority.Issue("good.test")));
        await using (var first = Call(bob, option, "-cert", certificate, "-sess_out", session))
        {
            await first.WriteAsync(OptionsTo(bob));
            await Eventually.IsTrueAsync(() => first.Output.Length > 0 && File.Exists(session));
        }

        bob.Manager.Tls = bob.Manager.Tls with { AllowedDomains = ["other.test"] };
        var failure = FailureOf(bob);
        await using var second = Call(bob, option, "-cert", certificate, "-sess_in", session);
        await second.EndAsync();

        Assert.Equal("", second.Output);
        Assert.Equal(TlsFailureReason.IncorrectNameInRemoteCertificate, (await failure).Reason);
    }

    private async Task<TlsPeer> ListenAsync(Rx.Sip.Transports.TlsSettings settings)
    {
        var bob = _peers.Listening("bob", settings);
        await bob.Endpoint.EstablishAsync(TestContext.Current.CancellationToken);
        return bob;
    }

    private OpenSslPeer Call(TlsPeer bob, params IEnumerable<string> options) =>
        OpenSslPeer.Call(bob.Address!, ["-CAfile", _files.Write(_peers.Authority.Root), .. options]);

    private static Task<TlsFailureException> FailureOf(TlsPeer peer) =>
        peer.Manager.TlsFailures.FirstAsync().ToTask(TestContext.Current.CancellationToken).WaitAsync(TlsPeers.Patience);

    private static string OptionsTo(TlsPeer peer) =>
        $"OPTIONS {peer.Uri} SIP/2.0\r\nVia: SIP/2.0/TLS openssl.invalid;rport;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:openssl@example.test>;tag=1\r\n" +
        $"To: <{peer.Uri}>\r\nCall-ID: 1@openssl\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
}
