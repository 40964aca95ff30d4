using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Rx.Sip.Testing.Network;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing;

/// <summary>A machine on a simulated network: an address, and what it has open.</summary>
public sealed class SimulatedHost
{
    private readonly PortTable _ports = new();
    private AddressTranslation? _nat;

    internal SimulatedHost(SimulatedNetwork network, string name, IPAddress address) => (Network, Name, Address) = (network, name, address);

    /// <summary>Its name, by which the network's <see cref="SimulatedNetwork.Names"/> know it too.</summary>
    public string Name { get; }

    /// <summary>Its address.</summary>
    public IPAddress Address { get; }

    /// <summary>Whether it runs: since it was made, until <see cref="Crash"/>, again from <see cref="Restart"/> on.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>What it has open: sockets, listeners and its ends of connections, each as a few words.</summary>
    public IReadOnlyList<string> OpenPorts => [.. _ports.All.Select(port => port.ToString()!)];

    /// <summary>What is wrong with its certificate: callers over TLS and secure WebSocket fail with that. Default: nothing.</summary>
    public TlsFailureReason? TlsFailure { get; set; }

    internal SimulatedNetwork Network { get; }

    internal string? WhyDown => IsUp ? null : this == Network.Nowhere ? "no host has this address" : $"{this} is down";

    /// <summary>
    /// A new transport of this host, for one connection manager: it carries octets over the simulated network and calls its sink on
    /// the thread that lets time run.
    /// </summary>
    public ISipTransport Transport(SipTransportType type) => Transport(type, []);

    /// <summary>
    /// The same with a certificate that proves some domains (RFC 5922), over TLS and secure WebSocket: who calls it by another name is refused with
    /// <see cref="TlsFailureReason.IncorrectNameInRemoteCertificate"/>, and either side learns the other's as <see cref="Flow.RemoteDomains"/>. Without
    /// any it proves nothing, and may be called by any name.
    /// </summary>
    public ISipTransport Transport(SipTransportType type, ImmutableArray<string> domains) => new SimulatedTransport(this, type, domains);

    /// <summary>
    /// Puts a NAT in front of the host, and whenever it is called again lets the NAT forget: datagrams leave from ports that the NAT chooses
    /// anew, and those that come in by an earlier one are lost. Streams are not touched.
    /// </summary>
    public void RebindNat()
    {
        Network.Note(_nat is null ? $"{this} is behind a NAT" : $"the NAT of {this} forgets");
        _nat ??= new AddressTranslation();
        _nat.Forget();
    }

    /// <summary>
    /// The host dies: everything it has open is gone, the peers of its connections are told (they hear a connection reset),
    /// and from then on nothing is answered. What used its transports hears that the network is down.
    /// </summary>
    public void Crash()
    {
        if (!IsUp)
            return;
        Network.Note($"{this} crashes");
        foreach (var end in Connections)
            end.TellReset();
        GoDown();
        foreach (var port in _ports.All)
            port.Break(new SocketException((int)SocketError.NetworkDown));
    }

    /// <summary>The host runs again, with nothing open.</summary>
    public void Restart()
    {
        if (IsUp)
            return;
        IsUp = true;
        Network.Note($"{this} is up again");
        Network.CheckWaiting();
    }

    /// <summary>Breaks off all connections of this host, as its administrator could: it hears at once, the peers as soon as they are told.</summary>
    public void DropConnections()
    {
        foreach (var end in Connections)
            end.Reset();
    }

    /// <summary>
    /// Forgets all connections of this host without a word to the peers, as a firewall may: they go on as if nothing had
    /// happened (half-open), until they send something and hear a connection reset.
    /// </summary>
    public void ForgetConnections()
    {
        foreach (var end in Connections)
            end.Break(new SocketException((int)SocketError.ConnectionAborted));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private IEnumerable<StreamEnd> Connections => _ports.All.OfType<StreamEnd>();

    internal void GoDown() => IsUp = false;

    internal DatagramSocket? DatagramSocketAt(int port) => _nat is null ? _ports.Socket(port) : _nat.Inside(port) is { } inside ? _ports.Socket(inside) : null;

    /// <summary>The address that datagrams from that one seem to come from.</summary>
    internal IPEndPoint Outside(IPEndPoint local) => _nat is null ? local : new IPEndPoint(local.Address, _nat.Outside(local.Port));

    internal StreamListener? StreamListenerAt(int port) => _ports.Listener(port);

    internal IEnumerable<IOpenPort> OpenBy(SimulatedTransport owner) => _ports.All.Where(port => port.Owner == owner);

    internal IEnumerable<StreamEnd> ConnectionsTo(SimulatedHost peer) => Connections.Where(end => end.Lane.To == peer);

    internal int FreePort(SipTransportType type) => _ports.NextFree(type);

    internal T Hold<T>(T port) where T : IOpenPort
    {
        _ports.Add(port);
        return port;
    }

    internal void Release(IOpenPort port) => _ports.Remove(port);

    /// <summary>The port to listen on; throws as the system would.</summary>
    internal int Bind(IPEndPoint local, SipTransportType type)
    {
        if (!IsUp)
            throw new SocketException((int)SocketError.NetworkDown);
        if (!local.Address.Equals(Address) && !local.Address.Equals(IPAddress.Any) && !local.Address.Equals(IPAddress.IPv6Any))
            throw new SocketException((int)SocketError.AddressNotAvailable);
        if (local.Port != 0 && !_ports.IsFree(local.Port, type))
            throw new SocketException((int)SocketError.AddressAlreadyInUse);
        return local.Port == 0 ? _ports.NextFree(type) : local.Port;
    }
}
