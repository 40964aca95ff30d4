using System.Collections.Immutable;
using System.Net;
using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>The flows of a manager: finds and opens them, takes them in and gives them up. Inside the mailbox only.</summary>
internal sealed class FlowSet(RealTimeConnectionManager manager, ManagerStreams streams) : IDisposable
{
    private readonly FlowTable _flows = new();
    private readonly PoolTable _pools = new(streams);
    private readonly FlowWatch _watch = new(manager.Scheduler, manager.Mailbox);

    /// <summary>Connections that something may become overdue for.</summary>
    public int Watched => _watch.Count;

    /// <summary>The pools of connections. From any thread.</summary>
    public ImmutableArray<ConnectionPool> Pools => _pools.Pools;

    /// <summary>The flow to a target: the one there is to that transport and address, else a new one, which closes if it can't be had.</summary>
    public Flow FlowTo(SipTarget target)
    {
        var peer = FlowKey.Plain(target.EndPoint);
        var key = FlowKey.Of(target, peer);
        if (_flows.Find(key) is { } known)
            return known;
        if (manager.Find(target.Transport) is not { } port)
            return Stillborn(target.Transport, peer, RealTimeConnectionManager.NoTransport(target.Transport));
        if (port.Type != SipTransportType.Udp && manager.Meter.Connections >= manager.Settings.TrafficLimits.MaxConnections)
            return Stillborn(target.Transport, peer, new ConnectionFailureException($"There are {manager.Meter.Connections} connections already.", null));
        var flow = port.Connect(peer, target.Host);
        (flow.IsOutgoing, flow.Key) = (true, key);
        if (flow.IsOpen)
            _flows.Add(flow);
        _watch.Watch(flow);
        return flow;
    }

    /// <summary>Has the flow looked at when something about it can be overdue.</summary>
    public void Watch(Flow flow) => _watch.Watch(flow);

    /// <summary>The connection stands.</summary>
    public void Admit(Flow flow)
    {
        if (!flow.IsOpen)
            return;
        _flows.Add(flow);
        _watch.Watch(flow);
        if (flow.IsOutgoing)
            _pools.Join(flow.Key, flow);
        else
            flow.TakesAliases = AliasClaim.IsFor(manager.Settings.ConnectionReuse, flow.Transport)
                && (!SecureTransport.Is(flow.Transport) || !flow.RemoteDomains.IsEmpty);
        streams.TellOpened(flow);
    }

    /// <summary>A request came over a connection that may lead elsewhere: it does if the request says so.</summary>
    public void NoteAlias(Flow flow, SipRequest request)
    {
        if (!AliasClaim.TryRead(request, flow.Transport, out var port))
            return;
        flow.TakesAliases = !_flows.AddAliases(flow, port);
        foreach (var alias in flow.Aliases)
            _pools.Join(alias, flow);
    }

    /// <summary>The flow is over, or never came to stand.</summary>
    public void Dismiss(FlowClosed closed)
    {
        var (flow, error) = closed;
        _flows.Remove(flow);
        _pools.Leave(flow.Key, flow);
        foreach (var alias in flow.Aliases)
            _pools.Leave(alias, flow);
        _watch.Forget(flow);
        manager.KeepAlives.Forget(flow);
        manager.Sink?.OnFlowClosed(flow, error);
        streams.TellClosed(closed);
    }

    public void Dispose() => _watch.Dispose();

    private Flow Stillborn(SipTransportType transport, IPEndPoint peer, Exception error)
    {
        var flow = new Flow(manager, transport, new DeadFlow(peer)) { IsOutgoing = true };
        manager.Life.End(flow, flow.End(error));
        return flow;
    }
}
