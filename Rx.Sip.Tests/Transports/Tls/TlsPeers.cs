using System.Net;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Rx.Sip.Messages;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Tls;

/// <summary>Peers on loopback that trust one authority.</summary>
internal sealed class TlsPeers : IAsyncDisposable
{
    private readonly List<TlsPeer> _all = [];

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    public TestAuthority Authority { get; } = new();

    /// <summary>Settings that show a certificate for those hosts; none without hosts.</summary>
    public TlsSettings Settings(params string[] hosts) =>
        new() { Certificate = hosts.Length == 0 ? null : Authority.Issue(hosts), TrustedRoots = [Authority.Root] };

    /// <summary>The same, that want the caller's certificate too.</summary>
    public TlsSettings Mutual(params string[] hosts) => Settings(hosts) with { NeedMutualTls = true };

    /// <summary>One that can be called.</summary>
    public TlsPeer Listening(string user, TlsSettings tls) => Listening(user, tls, IPAddress.Loopback);

    /// <summary>The same at an address of choice.</summary>
    public TlsPeer Listening(string user, TlsSettings tls, IPAddress address)
    {
        var manager = new RealTimeServerTlsConnectionManager(new ConnectionManagerSettings { Tls = tls });
        IPEndPoint? bound = null;
        manager.StartListening(new IPEndPoint(address, 0)).Subscribe(one => bound = one);
        return Keep(new TlsPeer(new SipPeerToPeerEndpoint(AorOf(user), manager), manager, bound));
    }

    /// <summary>One that only calls.</summary>
    public TlsPeer Silent(string user, TlsSettings tls) => Silent(user, new ConnectionManagerSettings { Tls = tls });

    /// <summary>The same with settings of choice.</summary>
    public TlsPeer Silent(string user, ConnectionManagerSettings settings)
    {
        var manager = new RealTimeClientConnectionManager(settings);
        return Keep(new TlsPeer(new SipPeerToPeerEndpoint(AorOf(user), manager), manager, null));
    }

    /// <summary>One that only calls, and only a proxy.</summary>
    public TlsPeer Behind(string user, TlsPeer proxy, TlsSettings tls)
    {
        var manager = new RealTimeClientConnectionManager(new ConnectionManagerSettings { Tls = tls });
        var (host, port) = (proxy.Address!.Address.ToString(), proxy.Address.Port);
        return Keep(new TlsPeer(new SipPeerToPeerEndpoint(AorOf(user), manager, SipTransportType.Tls, host, port), manager, null));
    }

    /// <summary>Sends <c>hello</c>, and gives what the other one has heard.</summary>
    public static async Task<string> SendAsync(TlsPeer from, string uri, TlsPeer to)
    {
        var heard = to.Endpoint.Messages.FirstAsync().ToTask(TestContext.Current.CancellationToken);
        Assert.Equal(200, (await AskAsync(from, uri)).StatusCode);
        return (await heard.WaitAsync(Patience, TestContext.Current.CancellationToken)).Text;
    }

    /// <summary>Sends <c>hello</c>, and gives the answer.</summary>
    public static Task<SipResponse> AskAsync(TlsPeer from, string uri) =>
        from.Endpoint.SendMessageAsync(uri, "hello", TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _all)
        {
            await peer.Endpoint.DisposeAsync();
            await peer.Manager.DisposeAsync();
            Assert.Equal(0, peer.Manager.Traffic.Connections);
            Assert.Equal(0, peer.Manager.Watched);
        }
        Authority.Dispose();
    }

    private TlsPeer Keep(TlsPeer peer)
    {
        _all.Add(peer);
        return peer;
    }

    private static string AorOf(string user) => $"sip:{user}@example.test";
}
