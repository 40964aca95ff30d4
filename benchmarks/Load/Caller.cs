using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Benchmarks.Load;

/// <summary>One connection of somebody who is no part of the library.</summary>
internal sealed class Caller : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _input = new byte[1024];
    private readonly int _number;

    public Caller(IPEndPoint server, int number)
    {
        _number = number;
        _socket.Connect(server);
    }

    /// <summary>Whether a keep-alive is answered (RFC 5626 §4.4.1).</summary>
    public bool Ping()
    {
        _socket.Send("\r\n\r\n"u8);
        return _socket.Receive(_input) == 2;
    }

    /// <summary>Whether a message is answered 200.</summary>
    public bool Ask()
    {
        var request = Speech.Request();
        Speech.WriteNumber(request, _number);
        _socket.Send(request);
        return _socket.Receive(_input) > 0 && _input.AsSpan().StartsWith("SIP/2.0 200"u8);
    }

    public void Dispose() => _socket.Dispose();
}
