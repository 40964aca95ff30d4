using System.Collections.Immutable;

namespace Rx.Sip.Transports;

/// <summary>The pools of a manager. Changed inside the mailbox only, looked at from anywhere.</summary>
internal sealed class PoolTable(ManagerStreams streams)
{
    private volatile ImmutableDictionary<FlowKey, ConnectionPool> _pools = ImmutableDictionary<FlowKey, ConnectionPool>.Empty;

    /// <summary>Those with connections.</summary>
    public ImmutableArray<ConnectionPool> Pools => [.. _pools.Values];

    public void Join(in FlowKey key, Flow flow)
    {
        var connections = _pools.TryGetValue(key, out var known) ? known.Connections : [];
        if (!connections.Contains(flow))
            Set(key, connections.Add(flow));
    }

    public void Leave(in FlowKey key, Flow flow)
    {
        if (_pools.TryGetValue(key, out var known) && known.Connections.Contains(flow))
            Set(key, known.Connections.Remove(flow));
    }

    private void Set(in FlowKey key, ImmutableArray<Flow> connections)
    {
        var pool = new ConnectionPool(key, connections);
        _pools = connections.IsEmpty ? _pools.Remove(key) : _pools.SetItem(key, pool);
        streams.TellPool(pool);
    }
}
