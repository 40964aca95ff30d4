using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>The floor over TCP: bare blocking calls on one thread, what is sent together goes in one call.</summary>
internal sealed class TcpFloorClient : IBenchmarkClient
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _template = Wire.Request();
    private readonly byte[] _input = new byte[256 * 1024];
    private readonly byte[] _output = new byte[256 * 1024];
    private int _written;

    public TcpFloorClient(IPEndPoint server)
    {
        _socket.NoDelay = true;
        _socket.Connect(server);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public void Run(int count, int concurrency, Latencies latencies)
    {
        var (sent, answered, waiting) = (0, 0, 0);
        while (sent < Math.Min(concurrency, count))
            Write(sent++, latencies);
        while (answered < count)
        {
            _socket.Send(_output.AsSpan(0, _written));
            _written = 0;
            waiting += _socket.Receive(_input.AsSpan(waiting));
            var read = 0;
            for (; waiting - read >= Wire.ResponseLength; read += Wire.ResponseLength, answered++)
            {
                latencies.Answered(Wire.ReadNumber(_input.AsSpan(read, Wire.ResponseLength)));
                if (sent < count)
                    Write(sent++, latencies);
            }
            _input.AsSpan(read, waiting - read).CopyTo(_input);
            waiting -= read;
        }
    }

    private void Write(int number, Latencies latencies)
    {
        _template.CopyTo(_output, _written);
        Wire.WriteNumber(_output.AsSpan(_written, Wire.RequestLength), number);
        latencies.Sent(number);
        _written += Wire.RequestLength;
    }
}
