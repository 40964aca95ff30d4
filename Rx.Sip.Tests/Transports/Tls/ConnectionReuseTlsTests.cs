using System.Net;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Rx.Sip.Messages;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>RFC 5923 between endpoints over real connections.</summary>
public sealed class ConnectionReuseTlsTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestAuthority _authority = new();
    private readonly List<IAsyncDisposable> _all = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_all))
            await one.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task Two_peers_that_call_each_other_share_one_connection()
    {
        var (alice, aliceAt) = Endpoint("alice", ConnectionReuse.Verified);
        var (bob, bobAt) = Endpoint("bob", ConnectionReuse.Verified);

        for (var round = 0; round < 3; round++)
        {
            Assert.EndsWith(";alias", await SendAsync(alice, bob, bobAt), StringComparison.Ordinal);
            Assert.DoesNotContain("alias", await SendAsync(bob, alice, aliceAt), StringComparison.Ordinal);
        }

        Assert.Equal((1, 1), (alice.Traffic.ConnectionsOpened, bob.Traffic.ConnectionsOpened));
        Assert.Equal($"tls to {bobAt} as bob.test: 1 connection", Assert.Single(alice.ConnectionPools).ToString());
        Assert.Equal($"tls to {aliceAt} as alice.test: 1 connection", Assert.Single(bob.ConnectionPools).ToString());
    }

    [Theory]
    [InlineData(ConnectionReuse.Never, ConnectionReuse.Verified)]
    [InlineData(ConnectionReuse.Verified, ConnectionReuse.Never)]
    public async Task Unless_both_want_it_each_opens_its_own(ConnectionReuse first, ConnectionReuse second)
    {
        var (alice, aliceAt) = Endpoint("alice", first);
        var (bob, bobAt) = Endpoint("bob", second);

        await SendAsync(alice, bob, bobAt);
        await SendAsync(bob, alice, aliceAt);

        Assert.Equal((2, 2), (alice.Traffic.ConnectionsOpened, bob.Traffic.ConnectionsOpened));
    }

    [Fact]
    public async Task Who_is_not_asked_for_a_certificate_is_called_over_a_connection_of_its_own()
    {
        var (alice, aliceAt) = Endpoint("alice", ConnectionReuse.Verified);
        var (bob, bobAt) = Endpoint("bob", ConnectionReuse.Verified);
        bob.Tls = bob.Tls with { AsksForCertificate = false };

        await SendAsync(alice, bob, bobAt);
        await SendAsync(bob, alice, aliceAt);

        Assert.Equal(2, bob.Traffic.ConnectionsOpened);
    }

    [Fact]
    public async Task An_impostor_on_the_same_host_that_names_anothers_port_gets_none_of_its_requests()
    {
        var (alice, aliceAt) = Endpoint("alice", ConnectionReuse.Verified);
        var (bob, bobAt) = Endpoint("bob", ConnectionReuse.Verified);
        var claimed = bob.ConnectionPoolChanges.FirstAsync().ToTask(Cancellation);
        var thief = new Peer(new ConnectionManagerSettings { Tls = Tls("thief") });
        _all.Add(thief);
        var target = new SipTarget(SipTransportType.Tls, bobAt, "bob.test");
        thief.Manager.Mailbox.Post(() =>
        {
            Assert.True(SipRequest.TryParse(ManagerWorld.Message($"SIP/2.0/TLS alice.test:{aliceAt.Port};branch=z9hG4bK1;alias"), out var request));
            thief.Manager.FlowTo(target).Send(request);
        });
        Assert.Equal($"tls to {aliceAt} as thief.test: 1 connection", (await claimed.WaitAsync(Patience, Cancellation)).ToString());

        await SendAsync(bob, alice, aliceAt);

        Assert.Equal(2, bob.Traffic.ConnectionsOpened);
        Assert.Equal(0, thief.Manager.Traffic.RequestsReceived);
    }

    [Fact]
    public async Task A_request_whose_peer_is_not_trusted_fails_with_the_reason()
    {
        using var stranger = new TestAuthority();
        var (alice, _) = Endpoint("alice", ConnectionReuse.Verified);
        var (bob, bobAt) = Endpoint("bob", ConnectionReuse.Verified);
        bob.Tls = bob.Tls with { Certificate = stranger.Issue("bob.test") };
        await using var sender = new SipPeerToPeerEndpoint("sip:sender@example.test", alice);

        var response = await sender.SendMessageAsync($"sips:receiver@bob.test:{bobAt.Port}", "hello", Cancellation).WaitAsync(Patience, Cancellation);

        Assert.Equal((503, SipLocalCause.TlsFailed), (response.StatusCode, response.LocalCause));
        Assert.StartsWith("No TLS connection with bob.test: the peer's certificate is refused: ", response.ReasonPhrase, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_shared_connection_is_gone_the_next_request_opens_another()
    {
        var (alice, aliceAt) = Endpoint("alice", ConnectionReuse.Verified);
        var (bob, bobAt) = Endpoint("bob", ConnectionReuse.Verified);
        await SendAsync(alice, bob, bobAt);
        var closed = bob.Connections.OfType<ConnectionChange.Closed>().FirstAsync().ToTask(Cancellation);

        alice.ConnectionPools[0].Connections[0].Close();
        await closed.WaitAsync(Patience, Cancellation);
        await SendAsync(bob, alice, aliceAt);

        Assert.Equal(2, bob.Traffic.ConnectionsOpened);
        Assert.Equal($"tls to {aliceAt} as alice.test: 1 connection", Assert.Single(bob.ConnectionPools).ToString());
    }

    private (RealTimeConnectionManager Manager, IPEndPoint At) Endpoint(string name, ConnectionReuse reuse)
    {
        var manager = new RealTimeServerTlsConnectionManager(new ConnectionManagerSettings
        {
            Tls = Tls(name),
            ConnectionReuse = reuse,
            Resolver = new FixedResolver(new Dictionary<string, IReadOnlyList<IPAddress>> { ["alice.test"] = [IPAddress.Loopback], ["bob.test"] = [IPAddress.Loopback] }),
        });
        _all.Add(manager);
        IPEndPoint? bound = null;
        manager.StartListening(new IPEndPoint(IPAddress.Loopback, 0)).Subscribe(address => bound = address);
        return (manager, bound!);
    }

    // The Via of what arrived, without its branch.
    private static async Task<string> SendAsync(RealTimeConnectionManager from, RealTimeConnectionManager to, IPEndPoint at)
    {
        await using var sender = new SipPeerToPeerEndpoint("sip:sender@example.test", from);
        await using var receiver = new SipPeerToPeerEndpoint("sip:receiver@example.test", to);
        await sender.EstablishAsync(Cancellation);
        await receiver.EstablishAsync(Cancellation);
        var heard = receiver.Messages.FirstAsync().ToTask(Cancellation);
        var name = to.Tls.Certificate!.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.DnsName, forIssuer: false);

        var response = await sender.SendMessageAsync($"sips:receiver@{name}:{at.Port}", "hello", Cancellation).WaitAsync(Patience, Cancellation);

        Assert.Equal(200, response.StatusCode);
        var via = (await heard.WaitAsync(Patience, Cancellation)).Request.TopVia!;
        return (via with { Parameters = via.Parameters.Without("branch").Without("received").Without("rport").Without("oc").Without("oc-algo") }).ToString();
    }

    private TlsSettings Tls(string name) => new() { Certificate = _authority.Issue($"{name}.test"), TrustedRoots = [_authority.Root], AsksForCertificate = true };
}
