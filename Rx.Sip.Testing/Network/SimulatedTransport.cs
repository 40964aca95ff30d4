using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Network;

/// <summary>
/// A transport of one host on the simulated network. Everything it opened is known to the host by its owner, and closes with it.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="type">The transport.</param>
/// <param name="domains">What its certificate proves; empty: nothing, and whatever is asked for.</param>
internal sealed class SimulatedTransport(SimulatedHost host, SipTransportType type, ImmutableArray<string> domains) : ISipTransport
{
    private bool _isDisposed;

    public SipTransportType Type => type;

    public SimulatedHost Host => host;

    /// <summary>What its certificate proves; nothing without TLS.</summary>
    public ImmutableArray<string> Domains => SecureTransport.Is(type) ? domains : [];

    public SimulatedNetwork Network => host.Network;

    public ITransportListener Listen(IPEndPoint local, ITransportSink sink)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(local);
        var port = host.Bind(local, type);
        return type == SipTransportType.Udp
            ? host.Hold(new DatagramSocket(this, port, sink, isListener: true))
            : host.Hold(new StreamListener(this, port, sink));
    }

    public ITransportFlow Connect(IPEndPoint remote, ITransportSink sink) => Connect(remote, remote.Address.ToString(), sink);

    public ITransportFlow Connect(IPEndPoint remote, string name, ITransportSink sink)
    {
        if (!_isDisposed && host.IsUp)
            return type == SipTransportType.Udp ? SocketFor(sink).FlowTo(remote) : Call(remote, name, sink);
        var flow = new DeadFlow(remote);
        sink.Closed(flow, new SocketException((int)SocketError.NetworkDown));
        return flow;
    }

    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        foreach (var port in host.OpenBy(this))
            port.Close();
        return ValueTask.CompletedTask;
    }

    public override string ToString() => type.ToString().ToLowerInvariant();

    private DatagramSocket SocketFor(ITransportSink sink)
    {
        var mine = host.OpenBy(this).OfType<DatagramSocket>().ToList();
        return mine.Find(socket => socket.IsListener)
            ?? mine.FirstOrDefault()
            ?? host.Hold(new DatagramSocket(this, host.FreePort(type), sink, isListener: false));
    }

    private StreamEnd Call(IPEndPoint remote, string name, ITransportSink sink)
    {
        var lane = Network.LaneTo(host, remote);
        var end = host.Hold(new StreamEnd(this, lane, new IPEndPoint(host.Address, host.FreePort(type)), remote, sink));
        Handshake.Begin(Network, end, name);
        return end;
    }
}
