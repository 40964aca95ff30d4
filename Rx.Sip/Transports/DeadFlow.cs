using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Transports;

/// <summary>A flow that could not even be begun.</summary>
internal sealed class DeadFlow(IPEndPoint remote) : ITransportFlow
{
    public IPEndPoint LocalEndPoint { get; } = new(AnyAddress.Of(remote), 0);

    public IPEndPoint RemoteEndPoint => remote;

    public object? Note { get; set; }

    /// <summary>The flow that is begun, or a dead one when the system has no socket for it, which the sink is told of.</summary>
    public static ITransportFlow Unless(IPEndPoint remote, ITransportSink sink, Func<ITransportFlow> begin)
    {
        try
        {
            return begin();
        }
        catch (SocketException error)
        {
            var flow = new DeadFlow(remote);
            sink.Closed(flow, error);
            return flow;
        }
    }

    public void Send(ReadOnlyMemory<byte> octets)
    {
    }

    public void Close()
    {
    }
}
