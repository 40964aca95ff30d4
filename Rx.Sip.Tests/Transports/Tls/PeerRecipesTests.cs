using System.Net;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Rx.Sip.Messages;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>The recipes for peers without a registrar (README.md of Rx.Sip/Transports), each between real sockets.</summary>
public sealed class PeerRecipesTests : IAsyncDisposable
{
    private readonly TlsPeers _peers = new();

    public ValueTask DisposeAsync() => _peers.DisposeAsync();

    [Fact]
    public async Task Peers_in_and_out_reach_each_other()
    {
        var alice = _peers.Listening("alice", _peers.Mutual("127.0.0.1"));
        var bob = _peers.Listening("bob", _peers.Mutual("127.0.0.1"));

        Assert.Equal("hello", await TlsPeers.SendAsync(alice, bob.Uri, bob));
        Assert.Equal("hello", await TlsPeers.SendAsync(bob, alice.Uri, alice));
    }

    [Fact]
    public async Task A_peer_that_is_only_called_hears_those_of_its_domains_alone()
    {
        var bob = _peers.Listening("bob", _peers.Mutual("127.0.0.1") with { AllowedDomains = ["good.test"] });
        var failures = bob.Manager.TlsFailures.Take(2).ToArray().ToTask(TestContext.Current.CancellationToken);
        var good = _peers.Silent("alice", _peers.Mutual("good.test"));
        var bad = _peers.Silent("mallory", _peers.Mutual("bad.test"));
        var nobody = _peers.Silent("nobody", _peers.Mutual());
        var heard = bob.Endpoint.Messages.FirstAsync().ToTask(TestContext.Current.CancellationToken);

        Assert.Equal("hello", await TlsPeers.SendAsync(good, bob.Uri, bob));
        Assert.Equal(["good.test"], (await heard.WaitAsync(TlsPeers.Patience, TestContext.Current.CancellationToken)).Connection.RemoteDomains);
        Assert.Equal(503, (await TlsPeers.AskAsync(bad, bob.Uri)).StatusCode);
        Assert.Equal(503, (await TlsPeers.AskAsync(nobody, bob.Uri)).StatusCode);

        Assert.Equal(
            [TlsFailureReason.UntrustedRemoteCertificate, TlsFailureReason.IncorrectNameInRemoteCertificate],
            (await failures.WaitAsync(TlsPeers.Patience, TestContext.Current.CancellationToken)).Select(failure => failure.Reason).Order());
    }

    [Fact]
    public async Task A_peer_that_only_calls_is_called_back_over_its_connection()
    {
        var proxy = _peers.Listening("proxy", _peers.Mutual("127.0.0.1"));
        var called = proxy.Manager.Connections.OfType<ConnectionChange.Opened>().FirstAsync().ToTask(TestContext.Current.CancellationToken);
        var alice = _peers.Behind("alice", proxy, _peers.Mutual("example.test"));

        // The address leads nowhere: it is the proxy that takes what is sent.
        Assert.Equal("hello", await TlsPeers.SendAsync(alice, "sip:proxy@nowhere.invalid", proxy));
        var caller = (await called.WaitAsync(TlsPeers.Patience, TestContext.Current.CancellationToken)).Connection;
        Assert.Equal("hello", await TlsPeers.SendAsync(proxy, $"sip:alice@{caller.RemoteEndPoint};transport=tls", alice));

        Assert.Equal(["example.test"], caller.RemoteDomains);
        Assert.Empty(alice.Manager.ListeningAddresses);
        Assert.Equal(1, alice.Manager.Traffic.Connections);
        Assert.Equal(1, proxy.Manager.Traffic.Connections);
    }

    [Fact]
    public async Task A_peer_that_only_calls_calls_again_when_its_connection_was_closed()
    {
        var proxy = _peers.Listening("proxy", _peers.Settings("127.0.0.1"));
        var calls = proxy.Manager.Connections.OfType<ConnectionChange.Opened>().Select(opened => opened.Connection).Replay();
        using var recording = calls.Connect();
        var alice = _peers.Behind("alice", proxy, _peers.Settings());
        var closed = alice.Manager.Connections.OfType<ConnectionChange.Closed>().FirstAsync().ToTask(TestContext.Current.CancellationToken);

        Assert.Equal("hello", await TlsPeers.SendAsync(alice, "sip:proxy@nowhere.invalid", proxy));
        var first = await calls.FirstAsync().ToTask(TestContext.Current.CancellationToken).WaitAsync(TlsPeers.Patience, TestContext.Current.CancellationToken);
        first.Close();
        await closed.WaitAsync(TlsPeers.Patience, TestContext.Current.CancellationToken);

        Assert.Equal("hello", await TlsPeers.SendAsync(alice, "sip:proxy@nowhere.invalid", proxy));
        var second = await calls.Skip(1).FirstAsync().ToTask(TestContext.Current.CancellationToken).WaitAsync(TlsPeers.Patience, TestContext.Current.CancellationToken);
        Assert.NotEqual(first.RemoteEndPoint, second.RemoteEndPoint);
    }

    [Fact]
    public async Task A_peer_that_only_calls_trusts_no_proxy_of_another_name()
    {
        var proxy = _peers.Listening("proxy", _peers.Mutual("other.test"));
        var alice = _peers.Behind("alice", proxy, _peers.Mutual());
        var failure = alice.Manager.TlsFailures.FirstAsync().ToTask(TestContext.Current.CancellationToken);

        var response = await TlsPeers.AskAsync(alice, "sip:proxy@nowhere.invalid");

        Assert.Equal((503, SipLocalCause.TlsFailed), (response.StatusCode, response.LocalCause));
        Assert.Equal(
            TlsFailureReason.IncorrectNameInRemoteCertificate,
            (await failure.WaitAsync(TlsPeers.Patience, TestContext.Current.CancellationToken)).Reason);
    }

    [Theory]
    [InlineData("sip:bob@HOST;transport=tls")]
    [InlineData("sips:bob@HOST")]
    [InlineData("sips:bob@HOST;transport=tcp")]
    public async Task Without_a_proxy_the_request_uri_leads_to_the_peer(string uri)
    {
        var bob = _peers.Listening("bob", _peers.Settings("127.0.0.1"));
        var alice = _peers.Silent("alice", _peers.Settings());

        var text = await TlsPeers.SendAsync(alice, uri.Replace("HOST", bob.Address!.ToString(), StringComparison.Ordinal), bob);

        Assert.Equal("hello", text);
        Assert.Equal(1, alice.Manager.Traffic.Connections);
    }

    [Theory]
    [MemberData(nameof(Loopback.Addresses), MemberType = typeof(Loopback))]
    public async Task An_address_of_either_family_leads_to_the_peer_whose_certificate_has_it(string address)
    {
        var bob = _peers.Listening("bob", _peers.Settings(address), IPAddress.Parse(address));
        var alice = _peers.Silent("alice", _peers.Settings());

        Assert.Equal("hello", await TlsPeers.SendAsync(alice, $"sips:bob@{bob.Address}", bob));
    }
}
