using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Transports;

/// <summary>Accepts TCP connections and starts the flow that is made of each; without one it is not wanted, and has been closed.</summary>
internal sealed class TcpFlowListener : ITransportListener, ITransportPart
{
    private const int Backlog = 1024;

    private readonly PartSet _parts;
    private readonly Func<Socket, ITransportPart?> _accept;
    private readonly Socket _socket;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _disposed;

    public TcpFlowListener(PartSet parts, IPEndPoint local, Func<Socket, ITransportPart?> accept)
    {
        (_parts, _accept) = (parts, accept);
        _socket = StreamSocket.Of(local.AddressFamily);
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
                if (_accept(socket) is { } flow)
                    _parts.Start(flow);
            }
            catch (SocketException error) when (!_disposed)
            {
                // There is nothing left to accept it with. The callers wait in the backlog until a connection has ended.
                if (error.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
                    await _parts.NextToLeave().ConfigureAwait(false);
            }
            catch (Exception error) when (error is ObjectDisposedException or SocketException)
            {
                break;
            }
        }
        _parts.Remove(this);
        _ended.SetResult();
    }
}
