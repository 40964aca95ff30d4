using Rx.Sip.Diagnostics;
using Rx.Sip.Transports.Limits;

namespace Rx.Sip.Transports;

/// <summary>Where a transport meets its manager: finds the flow of what the transport tells, and passes it on.</summary>
/// <param name="manager">The manager.</param>
/// <param name="type">The transport.</param>
/// <param name="isOutgoing">Whether it hears of the connections that we open, or of those that peers open. A datagram flow is heard of by whichever came first.</param>
internal sealed class PortSink(RealTimeConnectionManager manager, SipTransportType type, bool isOutgoing) : ITransportSink
{
    private readonly Lock _gate = new();

    private TrafficMeter Meter => manager.Meter;

    public void Opened(ITransportFlow flow) => manager.Life.Open(FlowOf(flow));

    public void Received(ITransportFlow flow, ReadOnlySpan<byte> octets)
    {
        var known = FlowOf(flow);
        if (known.Held is null || !known.Held.TryKeep(known, octets))
            manager.Reception.Take(known, octets);
    }

    public void Closed(ITransportFlow flow, Exception? error)
    {
        var closed = FlowOf(flow);
        if (closed.IsReliable)
            Leave(closed);
        manager.Life.End(closed, closed.End(error));
    }

    // A connection can stand before Connect has returned, so whoever comes first makes the flow.
    public Flow FlowOf(ITransportFlow way) => way.Note as Flow ?? Make(way);

    private Flow Make(ITransportFlow way)
    {
        lock (_gate)
        {
            if (way.Note is Flow made)
                return made;
            var isReliable = type != SipTransportType.Udp;
            var flow = new Flow(manager, type, way) { Refusal = isReliable ? Enter(way) : null, IsOutgoing = isReliable && isOutgoing };
            way.Note = flow;
            return flow;
        }
    }

    // What is refused is counted all the same, until it is gone.
    private TrafficLimit? Enter(ITransportFlow way)
    {
        if (Meter.ConnectionMade() > manager.Guard.Limits.MaxConnections)
            return TrafficLimit.MaxConnections;
        if (!isOutgoing && manager.Guard.Sources.IsShunned(SourceKey.Of(way.RemoteEndPoint.Address)))
            return TrafficLimit.MaxMalformedPerSecond;
        return isOutgoing || manager.Guard.Connections.TryTake(SourceKey.Of(way.RemoteEndPoint.Address)) ? null : TrafficLimit.MaxConnectionsPerPeer;
    }

    private void Leave(Flow flow)
    {
        Meter.ConnectionGone();
        if (!isOutgoing && flow.Refusal is null)
            manager.Guard.Connections.Return(SourceKey.Of(flow.RemoteEndPoint.Address));
    }
}
