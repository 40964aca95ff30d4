using System.Net;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Tool;
using Rx.Sip.Tests.Transports.Tls;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>What the tool shows over TLS and whom it trusts, against an embedded server on loopback.</summary>
public sealed class ToolTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new("rxsip-tls-");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("tls", SipTransportType.Tls)]
    [InlineData("ws", SipTransportType.WebSocket)]
    [InlineData("wss", SipTransportType.SecureWebSocket)]
    public async Task A_message_goes_over_every_transport_that_can_be_named(string name, SipTransportType transport)
    {
        await using var server = Server(transport, Settings(_authority));

        var sent = await SendAsync(server, transport, "--transport", name, "--ca", Write("ca.pem", _authority.Root.ExportCertificatePem()));

        Assert.Equal((0, ""), (sent.ExitCode, sent.Errors));
        Assert.Contains("200 OK", sent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_trusted_is_a_sentence_and_ends_with_1()
    {
        await using var server = Server(SipTransportType.Tls, Settings(_authority));

        var sent = await SendAsync(server, SipTransportType.Tls, "--transport", "tls");

        Assert.Equal((1, ""), (sent.ExitCode, sent.Output));
        Assert.StartsWith("rxsip: 503 No TLS connection with 127.0.0.1: the peer's certificate is refused: ", sent.Errors, StringComparison.Ordinal);
        Assert.EndsWith("or trust it blindly with --insecure.\n", sent.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_insecure_anybody_is_trusted_and_a_warning_says_so()
    {
        using var stranger = new TestAuthority();
        await using var server = Server(SipTransportType.Tls, Settings(stranger));

        var sent = await SendAsync(server, SipTransportType.Tls, "--transport", "tls", "--insecure");

        Assert.Equal((0, "rxsip: Warning: with --insecure anybody on the way can pose as the other side.\n"), (sent.ExitCode, sent.Errors));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Our_certificate_is_shown_to_a_server_that_needs_one(bool isKeyApart)
    {
        await using var server = Server(SipTransportType.Tls, Settings(_authority) with { NeedMutualTls = true });
        var mine = _authority.Issue("alice.test");
        var (certificate, key) = (mine.ExportCertificatePem(), mine.GetECDsaPrivateKey()!.ExportECPrivateKeyPem());
        string[] shown = isKeyApart
            ? ["--cert", Write("me.pem", certificate), "--key", Write("me.key", key)]
            : ["--cert", Write("me.pem", $"{certificate}\n{key}")];
        string[] way = ["--transport", "tls", "--ca", Write("ca.pem", _authority.Root.ExportCertificatePem())];

        Assert.Equal((0, ""), await EndAsync(server, [.. way, .. shown]));
        Assert.Equal(1, (await EndAsync(server, way)).ExitCode);
    }

    [Theory]
    [InlineData("--cert")]
    [InlineData("--ca")]
    public async Task A_file_that_can_not_be_used_is_named_and_ends_with_2(string option)
    {
        foreach (var file in new[] { _folder["absent.pem"], Write("no.pem", "nothing of the kind") })
        {
            var prompt = await Prompt.RunAsync("send", "sip:alice@localhost", "sip:bob@localhost", "hello", "--server", "127.0.0.1:5061", "--transport", "tls", option, file);

            Assert.Equal((2, ""), (prompt.ExitCode, prompt.Output));
            Assert.StartsWith($"rxsip: {file} can't be used: ", prompt.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Serving_over_TLS_without_a_certificate_ends_with_1_and_says_what_is_missing()
    {
        var prompt = await Prompt.RunAsync("serve", "--listen", "tls:127.0.0.1:0");

        Assert.Equal((1, ""), (prompt.ExitCode, prompt.Output));
        Assert.EndsWith("Name it with --cert, its key with --key.\n", prompt.Errors, StringComparison.Ordinal);
    }

    private static TlsSettings Settings(TestAuthority authority) => new() { Certificate = authority.Issue("127.0.0.1"), TrustedRoots = [authority.Root] };

    private static EmbeddedServer Server(SipTransportType transport, TlsSettings tls) => EmbeddedServer.Start(
        new EmbeddedServerSettings("localhost") { Tls = tls }.WithUser("alice", "secret").WithUser("bob", "secret").WithAddress(transport, new IPEndPoint(IPAddress.Loopback, 0)));

    private static async Task<(int ExitCode, string Errors)> EndAsync(EmbeddedServer server, string[] way)
    {
        var sent = await SendAsync(server, SipTransportType.Tls, way);
        return (sent.ExitCode, sent.Errors);
    }

    // Bob has to be there for somebody to be reached.
    private static async Task<Prompt> SendAsync(EmbeddedServer server, SipTransportType transport, params string[] way)
    {
        string[] common = ["--server", $"{server.EndPoint(transport)}", "--password", "secret", .. way];
        var listening = Prompt.RunAsync(["listen", "sip:bob@localhost", "--count", "1", "--for", "30", .. common]);
        await Eventually.IsTrueAsync(() => listening.IsCompleted || server.BindingsOf("bob").Count == 1);
        var sent = await Prompt.RunAsync(["send", "sip:alice@localhost", "sip:bob@localhost", "hello", .. common]);
        await listening;
        return sent;
    }

    private string Write(string name, string text)
    {
        var path = _folder[name];
        File.WriteAllText(path, text);
        return path;
    }
}
