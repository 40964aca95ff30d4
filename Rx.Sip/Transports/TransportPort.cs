using System.Net;
using Rx.Sip.Diagnostics;

namespace Rx.Sip.Transports;

/// <summary>Where a transport meets its manager: finds the flow of what the transport tells, and passes it on.</summary>
internal sealed class TransportPort(RealTimeConnectionManager manager, ISipTransport transport, TrafficMeter meter) : ITransportSink
{
    private readonly Lock _gate = new();

    public SipTransportType Type => transport.Type;

    public ITransportListener Listen(IPEndPoint local) => transport.Listen(local, this);

    public Flow Connect(IPEndPoint remote) => FlowOf(transport.Connect(remote, this));

    public Flow Connect(IPEndPoint remote, string host) => FlowOf(transport.Connect(remote, host, this));

    public ValueTask DisposeAsync() => transport.DisposeAsync();

    public void Opened(ITransportFlow flow) => manager.FlowOpened(FlowOf(flow));

    public void Received(ITransportFlow flow, ReadOnlySpan<byte> octets)
    {
        try
        {
            manager.Reception.Receive(FlowOf(flow), octets);
        }
        // No octets make us throw. If some do all the same, it costs their sender the flow and nobody else anything.
        catch (Exception error)
        {
            manager.OnUnexpected(error);
            FlowOf(flow).Close(error);
        }
    }

    public void Closed(ITransportFlow flow, Exception? error)
    {
        var closed = FlowOf(flow);
        if (closed.IsReliable)
            meter.ConnectionGone();
        manager.FlowEnded(closed, closed.End(error));
    }

    // A connection can stand before Connect has returned, so whoever comes first makes the flow.
    private Flow FlowOf(ITransportFlow way) => way.Note as Flow ?? Make(way);

    private Flow Make(ITransportFlow way)
    {
        lock (_gate)
        {
            if (way.Note is Flow made)
                return made;
            var isReliable = Type != SipTransportType.Udp;
            var refused = isReliable && meter.ConnectionMade() > manager.Settings.MaxConnections;
            var flow = new Flow(manager, Type, way) { IsRefused = refused };
            way.Note = flow;
            return flow;
        }
    }
}
