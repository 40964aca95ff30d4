using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>The floor over UDP: bare blocking calls on one thread.</summary>
internal sealed class UdpFloorClient : IBenchmarkClient
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly SocketAddress _server;
    private readonly byte[] _request = Wire.Request();
    private readonly byte[] _buffer = new byte[65536];

    public UdpFloorClient(IPEndPoint server)
    {
        _server = server.Serialize();
        // Full sockets lose datagrams; a real protocol would send them again, and so does this one.
        (_socket.ReceiveBufferSize, _socket.SendBufferSize, _socket.ReceiveTimeout) = (4 << 20, 4 << 20, 200);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public void Run(int count, int concurrency, Latencies latencies)
    {
        var from = new SocketAddress(AddressFamily.InterNetwork);
        var sent = 0;
        while (sent < Math.Min(concurrency, count))
            Send(sent++, latencies);
        for (var answered = 0; answered < count;)
        {
            if (!TryReceive(from, out var number))
            {
                foreach (var lost in latencies.Unanswered(sent))
                    Send(lost);
            }
            else if (latencies.Answered(number))
            {
                answered++;
                if (sent < count)
                    Send(sent++, latencies);
            }
        }
    }

    private bool TryReceive(SocketAddress from, out int number)
    {
        try
        {
            number = Wire.ReadNumber(_buffer.AsSpan(0, _socket.ReceiveFrom(_buffer, SocketFlags.None, from)));
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            number = 0;
            return false;
        }
    }

    private void Send(int number, Latencies latencies)
    {
        latencies.Sent(number);
        Send(number);
    }

    private void Send(int number)
    {
        Wire.WriteNumber(_request, number);
        _socket.SendTo(_request, SocketFlags.None, _server);
    }
}
