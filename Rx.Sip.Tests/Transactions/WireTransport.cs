using System.Net;
using System.Net.Sockets;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Transactions;

/// <summary>One host's end of the wire.</summary>
internal sealed class WireTransport(Wire wire, SipTransportType type, IPEndPoint address) : ISipTransport
{
    private readonly Dictionary<IPEndPoint, WireFlow> _flows = [];
    private ITransportSink? _sink;

    public SipTransportType Type => type;

    /// <summary>Hosts that refuse to be connected to.</summary>
    public HashSet<IPEndPoint> Unreachable { get; } = [];

    public ITransportListener Listen(IPEndPoint local, ITransportSink sink)
    {
        _sink = sink;
        wire.Attach(this, address);
        return new Listener(address);
    }

    public ITransportFlow Connect(IPEndPoint remote, ITransportSink sink)
    {
        var flow = FlowTo(remote, sink);
        if (Unreachable.Contains(remote))
            flow.Break(new SocketException((int)SocketError.ConnectionRefused));
        return flow;
    }

    public void Receive(IPEndPoint from, ReadOnlySpan<byte> octets) => FlowTo(from, _sink!).Receive(octets);

    public void Break(IPEndPoint peer, Exception? error) => _flows[peer].Break(error);

    public ValueTask DisposeAsync()
    {
        foreach (var flow in _flows.Values)
            flow.Close();
        return ValueTask.CompletedTask;
    }

    private WireFlow FlowTo(IPEndPoint remote, ITransportSink sink)
    {
        if (_flows.TryGetValue(remote, out var known) && !known.IsClosed)
            return known;
        var flow = _flows[remote] = new WireFlow(wire, type, address, remote, sink);
        if (type != SipTransportType.Udp && !Unreachable.Contains(remote))
            sink.Opened(flow);
        return flow;
    }

    private sealed class Listener(IPEndPoint local) : ITransportListener
    {
        public IPEndPoint LocalEndPoint => local;

        public void Dispose()
        {
        }
    }
}
