using System.Collections.Immutable;
using System.Net;
using Rx.Sip.Runtime;
using Rx.Sip.Testing.Naming;
using Rx.Sip.Testing.Server;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing;

/// <summary>What lives on a <see cref="SimulatedNetwork"/>, ready made. The network owns it: see <see cref="SimulatedNetwork.AssertNothingLeft"/>.</summary>
public static class SimulatedNetworkExtensions
{
    private const int Port = 5060;
    private const int DnsPort = 53;

    /// <summary>The password of a user of a server that <see cref="StartServer(SimulatedNetwork, string, IEnumerable{string})"/> started.</summary>
    public static string PasswordOf(this SimulatedNetwork network, string user)
    {
        ArgumentNullException.ThrowIfNull(network);
        return $"the password of {user}";
    }

    /// <summary>Starts a server for those users on a host of its own, named like the domain, over UDP and TCP on port 5060.</summary>
    public static EmbeddedServer StartServer(this SimulatedNetwork network, string domain, IEnumerable<string> users)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(users);
        return network.StartServer(users.Aggregate(new EmbeddedServerSettings(domain), (settings, user) => settings.WithUser(user, network.PasswordOf(user))));
    }

    /// <summary>
    /// Starts a server on a host of its own, named like the domain. Addresses of the settings count by transport and port alone; without
    /// any it listens over UDP and TCP on port 5060. The clock is the network's.
    /// </summary>
    public static EmbeddedServer StartServer(this SimulatedNetwork network, EmbeddedServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(settings);
        var host = network.Host(settings.Domain);
        ImmutableArray<ListeningAddress> wished = settings.Addresses.IsEmpty
            ? [new(SipTransportType.Udp, new IPEndPoint(host.Address, Port)), new(SipTransportType.Tcp, new IPEndPoint(host.Address, Port))]
            : [.. settings.Addresses.Select(address => address with { EndPoint = new IPEndPoint(host.Address, address.EndPoint.Port) })];
        var identifiers = network.Identifiers.Fork();
        var transports = wished.Select(address => address.Transport).Distinct().ToArray();
        var site = new ServerSite(() => network.Connections(host.Name, identifiers, transports) with { LoggerFactory = settings.LoggerFactory }, identifiers, host);
        var server = network.Own(new EmbeddedServer(settings with { Addresses = wished, Scheduler = network.Scheduler }, site));
        network.Servers.Add(server);
        network.Watch($"transactions of the server {settings.Domain}", () => server.Transactions);
        network.Watch($"subscriptions at the server {settings.Domain}", () => server.Subscriptions);
        network.Watch($"bindings of the server {settings.Domain}", () => server.Bindings.Count);
        return server;
    }

    /// <summary>Starts an edge proxy on a host of its own, over UDP and TCP on port 5060, in front of the server of that domain.</summary>
    public static EmbeddedEdgeProxy StartEdgeProxy(this SimulatedNetwork network, string name, string domain)
    {
        ArgumentNullException.ThrowIfNull(network);
        var identifiers = network.Identifiers.Fork();
        var site = new ServerSite(
            () => network.Connections(name, identifiers, SipTransportType.Udp, SipTransportType.Tcp), identifiers, network.Host(name));
        var edge = network.Own(new EmbeddedEdgeProxy(site, domain));
        network.Watch($"transactions of the edge proxy {name}", () => edge.Transactions);
        return edge;
    }

    /// <summary>
    /// Starts a DNS server on a host of that name, on port 53. From then on <see cref="Connections(SimulatedNetwork, string)"/>, and all that is made
    /// ready here, finds servers by DNS and no more by the network's names; of several servers the first is asked first.
    /// </summary>
    public static DnsServer StartDnsServer(this SimulatedNetwork network, string host, DnsZone zone)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(zone);
        var on = network.Host(host);
        var server = network.Own(new DnsServer(zone, new IPEndPoint(on.Address, DnsPort), on.Transport(SipTransportType.Udp), on.Transport(SipTransportType.Tcp), network.After));
        network.DnsServers.Add(server);
        return server;
    }

    /// <summary>A resolver as one of that host: it asks the network's DNS servers, and knows no name by itself.</summary>
    public static DnsResolver DnsResolver(this SimulatedNetwork network, string host)
    {
        ArgumentNullException.ThrowIfNull(network);
        var identifiers = network.Identifiers.Fork();
        return new DnsResolver(
            new DnsSettings
            {
                Scheduler = network.Scheduler,
                Identifiers = identifiers,
                Servers = [.. network.DnsServers.Select(server => server.EndPoint)],
                SearchDomains = [],
                Hosts = new Dictionary<string, IReadOnlyList<IPAddress>>(),
            },
            new SimulatedDnsNetwork(network.Host(host), identifiers));
    }

    /// <summary>
    /// What a connection manager or a platform needs to run on a host: the network's time, its name service, seeded randomness, and all
    /// transports of that host, which is made if there is none of that name. Each call is for one manager.
    /// </summary>
    public static ConnectionManagerSettings Connections(this SimulatedNetwork network, string host)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Connections(host, network.Identifiers.Fork(), Enum.GetValues<SipTransportType>());
    }

    /// <summary>
    /// The same for a manager whose certificate proves some domains (RFC 5922) to those whom it calls and who call it over TLS and secure
    /// WebSocket. Several managers of one host may each have their own.
    /// </summary>
    public static ConnectionManagerSettings Connections(this SimulatedNetwork network, string host, IEnumerable<string> domains)
    {
        ArgumentNullException.ThrowIfNull(domains);
        var on = Of(network).Host(host);
        ImmutableArray<string> proven = [.. domains];
        return network.Connections(host) with { Transports = [.. Enum.GetValues<SipTransportType>().Select(type => on.Transport(type, proven))] };
    }

    /// <summary>
    /// A user of a server that was started on this network, on a host named like the user, over TCP. It begins to establish at once: its
    /// state tells what comes of it. Throws <see cref="ArgumentException"/> when no server knows the user.
    /// </summary>
    public static UserEndpoint UserEndpoint(this SimulatedNetwork network, string user) => network.UserEndpoint(user, SipTransportType.Tcp);

    /// <summary>The same over another transport.</summary>
    public static UserEndpoint UserEndpoint(this SimulatedNetwork network, string user, SipTransportType transport)
    {
        ArgumentNullException.ThrowIfNull(network);
        var server = network.Servers.FindLast(server => server.Knows(user))
            ?? throw new ArgumentException($"No server on this network knows {user}; start one with StartServer first.", nameof(user));
        var platform = network.Platform(new ClientPlatformSettings("Rx.Sip.Testing", transport) { Connections = network.Connections(user) }, user);
        var endpoint = new UserEndpoint(platform, new UserEndpointSettings($"sip:{user}@{server.Domain}", server.Domain, server.EndPoint(transport).Port)
        {
            Credential = server.PasswordOf(user) is { } password ? new NetworkCredential(user, password) : null,
        });
        endpoint.Establish().Subscribe(static _ => { }, static _ => { });
        return endpoint;
    }

    /// <summary>Two endpoints without a server, over UDP, each established and listening on port 5060 of a host of its own name: <c>sip:alice@alice</c>.</summary>
    public static SimulatedPeers PeerToPeer(this SimulatedNetwork network, string first, string second) =>
        network.PeerToPeer(first, second, SipTransportType.Udp);

    /// <summary>The same over another transport.</summary>
    public static SimulatedPeers PeerToPeer(this SimulatedNetwork network, string first, string second, SipTransportType transport) =>
        new(network.Peer(first, transport), network.Peer(second, transport));

    private static SimulatedNetwork Of(SimulatedNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network;
    }

    private static SipPeerToPeerEndpoint Peer(this SimulatedNetwork network, string name, SipTransportType transport)
    {
        ArgumentNullException.ThrowIfNull(network);
        var address = new IPEndPoint(network.Host(name).Address, DefaultPort.Of(transport));
        var platform = network.Platform(new ServerPlatformSettings("Rx.Sip.Testing", transport, address) { Connections = network.Connections(name) }, name);
        network.Await(platform.StartupAsync());
        var peer = new SipPeerToPeerEndpoint(platform, new SipPeerToPeerEndpointSettings($"sip:{name}@{name};transport={transport.ToString().ToLowerInvariant()}"));
        peer.Establish().Subscribe();
        return peer;
    }

    private static CollaborationPlatform Platform(this SimulatedNetwork network, CollaborationPlatformSettings settings, string name)
    {
        var platform = network.Own(new CollaborationPlatform(settings));
        network.Watch($"transactions of {name}", () => platform.Directory.Layer.ActiveTransactions);
        network.Watch($"timers of {name}", () => platform.Directory.Layer.PendingTimers);
        network.Watch($"dialogs of {name}", () => platform.Directory.Dialogs.Count);
        network.Watch($"endpoints of {name}", () => platform.Endpoints.Count);
        return platform;
    }

    private static ConnectionManagerSettings Connections(this SimulatedNetwork network, string host, SipIdentifiers identifiers, params SipTransportType[] transports) => new()
    {
        Scheduler = network.Scheduler,
        Identifiers = identifiers,
        Resolver = network.DnsServers.Count == 0 ? network.Names : network.DnsResolver(host),
        Transports = [.. transports.Select(network.Host(host).Transport)],
    };
}
