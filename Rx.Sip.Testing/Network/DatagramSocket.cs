using System.Net;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Network;

/// <summary>A port of a host that takes and sends datagrams: a listener, or one for what the host sends. Has one flow for each peer.</summary>
internal sealed class DatagramSocket(SimulatedTransport owner, int port, ITransportSink sink, bool isListener) : ITransportListener, IOpenPort
{
    private readonly Dictionary<IPEndPoint, DatagramFlow> _flows = [];
    private bool _isClosed;

    public SimulatedTransport Owner => owner;

    public IPEndPoint LocalEndPoint { get; } = new(owner.Host.Address, port);

    public bool IsListener => isListener;

    public DatagramFlow FlowTo(IPEndPoint remote)
    {
        if (!_flows.TryGetValue(remote, out var flow))
            _flows.Add(remote, flow = new DatagramFlow(this, remote));
        return flow;
    }

    public void Send(IPEndPoint remote, ReadOnlyMemory<byte> octets)
    {
        if (!_isClosed)
            owner.Network.LaneTo(owner.Host, remote).CarryDatagram(owner.Host.Outside(LocalEndPoint), remote, octets);
    }

    public void Receive(IPEndPoint source, ReadOnlyMemory<byte> octets) => sink.Received(FlowTo(source), octets.Span);

    public void Close(DatagramFlow flow)
    {
        if (_flows.Remove(flow.RemoteEndPoint))
            sink.Closed(flow, null);
    }

    public void Close() => End(null);

    public void Break(Exception error) => End(error);

    public void Dispose() => Close();

    public override string ToString() => $"{(isListener ? "listener" : "socket")} udp {LocalEndPoint} of {owner.Host}";

    private void End(Exception? error)
    {
        if (_isClosed)
            return;
        _isClosed = true;
        owner.Host.Release(this);
        DatagramFlow[] flows = [.. _flows.Values];
        _flows.Clear();
        foreach (var flow in flows)
            sink.Closed(flow, error);
    }
}
