using System.Net;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Transports.Tls;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>A phone that is not ours, at the embedded server and with an endpoint of ours there.</summary>
public sealed class BaresipTests : IAsyncDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly CertificateFiles _files = new();
    private readonly EmbeddedServer _server;

    // It knows MD5 only.
    public BaresipTests() => _server = EmbeddedServer.Start(
        new EmbeddedServerSettings("rxsip.test") { Algorithms = ["MD5"], Tls = new TlsSettings { Certificate = _authority.Issue("127.0.0.1") } }
            .WithUser("alice", "alice-secret").WithUser("bob", "bob-secret")
            .WithAddress(SipTransportType.Udp, new IPEndPoint(IPAddress.Loopback, 0))
            .WithAddress(SipTransportType.Tcp, new IPEndPoint(IPAddress.Loopback, 0))
            .WithAddress(SipTransportType.Tls, new IPEndPoint(IPAddress.Loopback, 0)));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _files.Dispose();
        _authority.Dispose();
    }

    [InteropTheory(Peers.Baresip)]
    [InlineData("udp", SipTransportType.Udp)]
    [InlineData("tcp", SipTransportType.Tcp)]
    [InlineData("tls", SipTransportType.Tls)]
    public async Task It_registers_and_takes_our_message_and_our_options(string transport, SipTransportType type)
    {
        await using var bob = await RegisterAsync(transport, type);
        await using var users = Users.At(_server.EndPoint(type), type, new TlsSettings { TrustedRoots = [_authority.Root] });
        var alice = await users.EstablishAsync("alice");

        var message = await alice.SendMessageAsync(Users.AddressOf("bob"), "hello, phone");
        var options = await alice.SendAsync(SipRequest.Create(
            SipMethod.Options, SipUri.Parse(Users.AddressOf("bob")), NameAddress.Parse("<sip:alice@rxsip.test>;tag=1"), NameAddress.Parse("<sip:bob@rxsip.test>"), "1@test", 1));

        Assert.Equal((200, 200), (message.StatusCode, options.StatusCode));
        Assert.Contains("MESSAGE", options.Headers.Get("Allow"), StringComparison.Ordinal);
        Assert.Contains("hello, phone", bob.Output, StringComparison.Ordinal);
        Assert.Equal(transport, Assert.Single(_server.BindingsOf("bob")).Contact.Uri.Transport ?? "udp", ignoreCase: true);
    }

    [InteropTheory(Peers.Baresip)]
    [InlineData("udp", SipTransportType.Udp)]
    [InlineData("tcp", SipTransportType.Tcp)]
    [InlineData("tls", SipTransportType.Tls)]
    public async Task Its_message_and_its_options_reach_us_and_are_answered(string transport, SipTransportType type)
    {
        await using var users = Users.At(_server.EndPoint(type), type, new TlsSettings { TrustedRoots = [_authority.Root] });
        var alice = await users.EstablishAsync("alice");
        using var messages = new Heard<IncomingMessage>(alice.Messages);
        using var requests = new Heard<IncomingRequest>(alice.Requests);
        await using var bob = await RegisterAsync(transport, type);

        await bob.SendMessageAsync("hello from the phone");
        await Eventually.IsTrueAsync(() => messages.Values.Count == 1);
        await bob.SendOptionsAsync(Users.AddressOf("alice"));
        await Eventually.IsTrueAsync(() => bob.Output.Contains("OPTIONS of sip:alice@rxsip.test", StringComparison.Ordinal));

        Assert.Equal(("hello from the phone", "bob@rxsip.test"), (messages.Values[0].Text, messages.Values[0].From.UserAtHost));
        Assert.Equal(SipMethod.Options, Assert.Single(requests.Values).Request.Method);
        Assert.Contains("OPTIONS of sip:alice@rxsip.test -----\nSIP/2.0 200 OK", bob.Output, StringComparison.Ordinal);
    }

    private Task<BaresipPhone> RegisterAsync(string transport, SipTransportType type)
    {
        _files.Write("ca.pem", _authority.Root);
        _files.Write("client-both.pem", _authority.Issue("127.0.0.1"));
        return BaresipPhone.RegisterAsync("bob", _server.EndPoint(type), transport, certificates: _files.Folder);
    }
}
