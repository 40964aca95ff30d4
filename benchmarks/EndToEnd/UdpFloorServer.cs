using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>The floor over UDP: bare blocking calls, nothing is looked at but the number.</summary>
internal sealed class UdpFloorServer : IBenchmarkServer
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Thread _thread;

    public UdpFloorServer()
    {
        (_socket.ReceiveBufferSize, _socket.SendBufferSize) = (4 << 20, 4 << 20);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _thread = new Thread(Run);
        _thread.Start();
    }

    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _thread.Join();
        return ValueTask.CompletedTask;
    }

    private void Run()
    {
        var (buffer, response, from) = (new byte[65536], Wire.Response(), new SocketAddress(AddressFamily.InterNetwork));
        try
        {
            while (true)
            {
                var length = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
                Wire.WriteNumber(response, Wire.ReadNumber(buffer.AsSpan(0, length)));
                _socket.SendTo(response, SocketFlags.None, from);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }
}
