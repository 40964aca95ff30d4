using System.Net;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Network;

/// <summary>A pair of addresses that exchange datagrams.</summary>
internal sealed class DatagramFlow(DatagramSocket socket, IPEndPoint remote) : ITransportFlow
{
    public IPEndPoint LocalEndPoint => socket.LocalEndPoint;

    public IPEndPoint RemoteEndPoint => remote;

    public object? Note { get; set; }

    public void Send(ReadOnlyMemory<byte> octets) => socket.Send(remote, octets);

    public void Close() => socket.Close(this);
}
