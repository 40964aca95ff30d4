using System.Net;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Transactions;

internal sealed class WireFlow(Wire wire, SipTransportType type, IPEndPoint local, IPEndPoint remote, ITransportSink sink) : ITransportFlow
{
    public IPEndPoint LocalEndPoint => local;

    public IPEndPoint RemoteEndPoint => remote;

    public object? Note { get; set; }

    public bool IsClosed { get; private set; }

    public void Send(ReadOnlyMemory<byte> octets)
    {
        if (!IsClosed)
            wire.Carry(type, local, remote, octets);
    }

    public void Receive(ReadOnlySpan<byte> octets) => sink.Received(this, octets);

    public void Close() => Break(null);

    public void Break(Exception? error)
    {
        if (IsClosed)
            return;
        IsClosed = true;
        sink.Closed(this, error);
    }
}
