using System.Net;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Transports;

/// <summary>The embedded server over real sockets; what it does with each request is tested on the simulated network.</summary>
public class EmbeddedServerLoopbackTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static EmbeddedServerSettings Settings => new EmbeddedServerSettings("example.test").WithUser("alice", "secret").WithUser("bob", "secret");

    [Theory]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public async Task Two_users_exchange_a_message_over_loopback(SipTransportType transport)
    {
        await using var server = EmbeddedServer.Start(Settings);
        await using var platform = new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", transport));
        await using var alice = await EstablishedAsync(platform, server, "alice", transport);
        await using var bob = await EstablishedAsync(platform, server, "bob", transport);
        var arrived = bob.Messages.FirstAsync().Timeout(Patience, System.Reactive.Concurrency.TaskPoolScheduler.Default).ToTask(TestContext.Current.CancellationToken);

        var response = await alice.SendMessageAsync("sip:bob@example.test", "hello", TestContext.Current.CancellationToken);

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("hello", (await arrived).Text);
        Assert.Equal(["alice", "bob"], server.Bindings.Select(binding => binding.User).Order());
    }

    [Fact]
    public async Task A_server_that_crashed_comes_back_at_its_addresses_and_users_find_it()
    {
        await using var server = EmbeddedServer.Start(Settings);
        var addresses = server.Addresses.ToList();
        await using var platform = new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", SipTransportType.Tcp));
        await using var alice = await EstablishedAsync(platform, server, "alice", SipTransportType.Tcp);
        var lost = alice.State.FirstAsync(state => state is EndpointState.Reestablishing).ToTask(TestContext.Current.CancellationToken);

        server.Crash();
        await lost.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Empty(server.Bindings);
        server.Restart();

        Assert.Equal(addresses, server.Addresses);
        await using var bob = await EstablishedAsync(platform, server, "bob", SipTransportType.Tcp);
        Assert.Equal("bob", Assert.Single(server.Bindings).User);
    }

    [Fact]
    public async Task By_default_it_listens_over_both_transports_on_one_port()
    {
        await using var server = EmbeddedServer.Start(Settings);

        Assert.Equal(server.EndPoint(SipTransportType.Tcp), server.EndPoint(SipTransportType.Udp));
        Assert.Throws<InvalidOperationException>(() => server.EndPoint(SipTransportType.Tls));
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_so()
    {
        await using var server = EmbeddedServer.Start(Settings);

        var error = Assert.Throws<ConnectionFailureException>(() => EmbeddedServer.Start(Settings.WithAddress(SipTransportType.Tcp, server.EndPoint(SipTransportType.Tcp))));

        Assert.Contains(server.EndPoint(SipTransportType.Tcp).ToString(), error.Message, StringComparison.Ordinal);
    }

    private static async Task<UserEndpoint> EstablishedAsync(CollaborationPlatform platform, EmbeddedServer server, string user, SipTransportType transport)
    {
        var endpoint = new UserEndpoint(platform, new UserEndpointSettings($"sip:{user}@example.test", "127.0.0.1", server.EndPoint(transport).Port)
        {
            Credential = new NetworkCredential(user, "secret"),
        });
        await endpoint.EstablishAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return endpoint;
    }
}
