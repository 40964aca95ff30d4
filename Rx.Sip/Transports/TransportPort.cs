using System.Net;

namespace Rx.Sip.Transports;

/// <summary>A transport of a manager.</summary>
internal sealed class TransportPort(RealTimeConnectionManager manager, ISipTransport transport)
{
    private readonly PortSink _called = new(manager, transport.Type, isOutgoing: false);
    private readonly PortSink _calling = new(manager, transport.Type, isOutgoing: true);

    public SipTransportType Type => transport.Type;

    public ITransportListener Listen(IPEndPoint local) => transport.Listen(local, _called);

    public Flow Connect(IPEndPoint remote) => _calling.FlowOf(transport.Connect(remote, _calling));

    public Flow Connect(IPEndPoint remote, string host) => _calling.FlowOf(transport.Connect(remote, host, _calling));

    public ValueTask DisposeAsync() => transport.DisposeAsync();
}
