using System.Net.Sockets;

namespace Rx.Sip.Transports;

/// <summary>
/// TCP sockets with buffers of a size that we choose; those that a listener accepts have them from it. The system would give a fast sender
/// up to tens of megabytes of its memory for each connection.
/// </summary>
internal static class StreamSocket
{
    // The system calls a socket writable while a third of its buffer is free, so that a blocking send of 32 KiB does not block.
    private const int BufferOctets = 256 * 1024;

    public static Socket Of(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Before it connects or listens: how much is offered to the peer is settled then (RFC 7323 §2.3).
            (socket.ReceiveBufferSize, socket.SendBufferSize) = (BufferOctets, BufferOctets);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
