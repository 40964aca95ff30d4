using System.Net;

namespace Rx.Sip.Transports;

/// <summary>A flow that could not even be begun.</summary>
internal sealed class DeadFlow(IPEndPoint remote) : ITransportFlow
{
    public IPEndPoint LocalEndPoint { get; } = new(AnyAddress.Of(remote), 0);

    public IPEndPoint RemoteEndPoint => remote;

    public object? Note { get; set; }

    public void Send(ReadOnlyMemory<byte> octets)
    {
    }

    public void Close()
    {
    }
}
