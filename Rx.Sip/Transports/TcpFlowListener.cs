using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Transports;

/// <summary>Accepts TCP connections.</summary>
internal sealed class TcpFlowListener : ITransportListener, ITcpPart
{
    private const int Backlog = 1024;

    private readonly TcpTransport _transport;
    private readonly ITransportSink _sink;
    private readonly Socket _socket;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _disposed;

    public TcpFlowListener(TcpTransport transport, IPEndPoint local, ITransportSink sink)
    {
        (_transport, _sink) = (transport, sink);
        _socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(local);
            _socket.Listen(Backlog);
            LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public IPEndPoint LocalEndPoint { get; }

    public Task Ended => _ended.Task;

    public void Start() => _ = RunAsync();

    public void Close() => Dispose();

    public void Dispose()
    {
        _disposed = true;
        _socket.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_disposed)
        {
            try
            {
                var socket = await _socket.AcceptAsync().ConfigureAwait(false);
                _transport.Start(new TcpFlow(_transport, socket, _sink));
            }
            catch (SocketException error) when (!_disposed)
            {
                // There is nothing left to accept it with. The callers wait in the backlog until a connection has ended.
                if (error.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
                    await _transport.NextToLeave().ConfigureAwait(false);
            }
            catch (Exception error) when (error is ObjectDisposedException or SocketException)
            {
                break;
            }
        }
        _transport.Remove(this);
        _ended.SetResult();
    }
}
