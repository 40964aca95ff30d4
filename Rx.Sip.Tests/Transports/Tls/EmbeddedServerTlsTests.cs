using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Testing;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>Endpoints at the embedded server over the transports that shake hands.</summary>
public sealed class EmbeddedServerTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(SipTransportType.Tls)]
    [InlineData(SipTransportType.WebSocket)]
    [InlineData(SipTransportType.SecureWebSocket)]
    public async Task Two_endpoints_exchange_a_message_through_it(SipTransportType transport)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = EmbeddedServer.Start(
            new EmbeddedServerSettings("example.test") { Tls = new TlsSettings { Certificate = _authority.Issue("127.0.0.1") } }
                .WithUser("alice", "secret").WithUser("bob", "secret").WithAddress(transport, new IPEndPoint(IPAddress.Loopback, 0)));
        await using var platform = new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", transport)
        {
            Connections = new ConnectionManagerSettings { Tls = new TlsSettings { TrustedRoots = [_authority.Root] } },
        });
        await using var elsewhere = new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", transport)
        {
            Connections = new ConnectionManagerSettings { Tls = new TlsSettings { TrustedRoots = [_authority.Root] } },
        });
        await using var alice = Endpoint(platform, server, "alice", transport);
        await using var bob = Endpoint(elsewhere, server, "bob", transport);
        await alice.EstablishAsync(cancellation);
        await bob.EstablishAsync(cancellation);
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var messages = bob.Messages.Subscribe(message => heard.TrySetResult(message.Text));

        var response = await alice.SendMessageAsync(bob.Address, "hello", cancellation);

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("hello", await heard.Task.WaitAsync(TimeSpan.FromSeconds(20), cancellation));
    }

    private static UserEndpoint Endpoint(CollaborationPlatform platform, EmbeddedServer server, string user, SipTransportType transport) =>
        new(platform, new UserEndpointSettings($"sip:{user}@example.test", "127.0.0.1", server.EndPoint(transport).Port) { Credential = new NetworkCredential(user, "secret") });
}
