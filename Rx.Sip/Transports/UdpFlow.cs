using System.Net;

namespace Rx.Sip.Transports;

/// <summary>A peer as a UDP socket sees it. It holds nothing that must be freed and goes on working when the socket has forgotten it.</summary>
internal sealed class UdpFlow(UdpSocket socket, SocketAddress address) : ITransportFlow
{
    private IPEndPoint? _local;
    private IPEndPoint? _remote;
    private int _closed;

    public SocketAddress Address => address;

    public IPEndPoint RemoteEndPoint => _remote ??= (IPEndPoint)socket.LocalEndPoint.Create(address);

    public IPEndPoint LocalEndPoint => _local ??= socket.LocalToward(RemoteEndPoint);

    public object? Note { get; set; }

    public void Send(ReadOnlyMemory<byte> octets) => socket.Send(this, octets.Span);

    public void Close() => socket.Close(this, null);

    /// <summary>True the first time.</summary>
    public bool TryClose() => Interlocked.Exchange(ref _closed, 1) == 0;
}
