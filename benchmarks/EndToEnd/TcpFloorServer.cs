using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>The floor over TCP: bare blocking calls, all that came together is answered together.</summary>
internal sealed class TcpFloorServer : IBenchmarkServer
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public TcpFloorServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        new Thread(Run) { IsBackground = true }.Start();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Run()
    {
        try
        {
            while (true)
                Bounce(_listener.Accept());
        }
        catch (SocketException)
        {
            // The end.
        }
    }

    private static void Bounce(Socket socket)
    {
        socket.NoDelay = true;
        var (input, output, waiting) = (new byte[256 * 1024], new byte[256 * 1024], 0);
        while (socket.Receive(input.AsSpan(waiting)) is > 0 and var received)
        {
            waiting += received;
            var (read, written) = (0, 0);
            for (; waiting - read >= Wire.RequestLength; read += Wire.RequestLength, written += Wire.ResponseLength)
            {
                Template.CopyTo(output, written);
                Wire.WriteNumber(output.AsSpan(written, Wire.ResponseLength), Wire.ReadNumber(input.AsSpan(read, Wire.RequestLength)));
            }
            input.AsSpan(read, waiting - read).CopyTo(input);
            waiting -= read;
            socket.Send(output.AsSpan(0, written));
        }
        socket.Dispose();
    }

    private static readonly byte[] Template = Wire.Response();
}
