using System.Collections.Immutable;
using System.Net;
using Rx.Sip.Testing.Server;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing;

/// <summary>What lives on a <see cref="SimulatedNetwork"/>, ready made. The network owns it: see <see cref="SimulatedNetwork.AssertNothingLeft"/>.</summary>
public static class SimulatedNetworkExtensions
{
    private const int Port = 5060;

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
        var site = new ServerSite(
            () => new ConnectionManagerSettings
            {
                Scheduler = network.Scheduler,
                Identifiers = identifiers,
                Resolver = network.Names,
                Transports = [.. wished.Select(address => address.Transport).Distinct().Select(host.Transport)],
                LoggerFactory = settings.LoggerFactory,
            },
            identifiers,
            host);
        var server = network.Own(new EmbeddedServer(settings with { Addresses = wished, Scheduler = network.Scheduler }, site));
        network.Watch($"transactions of the server {settings.Domain}", () => server.Transactions);
        network.Watch($"bindings of the server {settings.Domain}", () => server.Bindings.Count);
        return server;
    }
}
