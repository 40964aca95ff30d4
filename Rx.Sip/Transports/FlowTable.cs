using System.Net;

namespace Rx.Sip.Transports;

/// <summary>The flows of a manager by where they lead (RFC 3261 §18.1.1: connections are reused). Inside the mailbox only.</summary>
internal sealed class FlowTable
{
    // Datagram flows hold nothing, so those not used lately are simply forgotten.
    private const int DatagramFlows = 4096;

    private readonly Dictionary<FlowKey, Flow> _byPeer = [];
    private readonly HashSet<Flow> _connections = [];
    private readonly RecentCache<FlowKey, Flow> _datagrams = new(DatagramFlows);

    /// <summary>All connections, those included that another one to the same peer was before.</summary>
    public IReadOnlyCollection<Flow> Connections => _connections;

    /// <summary>The flow to a peer that can be used.</summary>
    public Flow? Find(SipTransportType transport, IPEndPoint peer)
    {
        var key = new FlowKey(transport, peer);
        var found = transport == SipTransportType.Udp ? _datagrams.TryGet(key, out var flow) : _byPeer.TryGetValue(key, out flow);
        return found && flow!.IsOpen ? flow : null;
    }

    public void Add(Flow flow)
    {
        var key = KeyOf(flow);
        if (!flow.IsReliable)
        {
            _datagrams.Set(key, flow);
            return;
        }
        _connections.Add(flow);
        if (!_byPeer.TryGetValue(key, out var known) || !known.IsOpen)
            _byPeer[key] = flow;
    }

    public void Remove(Flow flow)
    {
        var key = KeyOf(flow);
        _connections.Remove(flow);
        _datagrams.Remove(key, flow);
        if (_byPeer.TryGetValue(key, out var known) && known == flow)
            _byPeer.Remove(key);
    }

    private static FlowKey KeyOf(Flow flow) => new(flow.Transport, flow.RemoteEndPoint);
}
