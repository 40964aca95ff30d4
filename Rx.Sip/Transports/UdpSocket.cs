using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Transports;

/// <summary>One UDP socket, its thread and the peers it has heard of.</summary>
internal sealed class UdpSocket : ITransportListener
{
    // What one socket remembers of peers; a flood of made-up senders can't push it further.
    private const int Peers = 4096;

    // A burst waits in the system's buffer while the thread is at work; the system gives less if it is set up so.
    private const int BufferOctets = 4 * 1024 * 1024;

    // Errors in a row that say nothing of a peer, after which the socket is taken for broken.
    private const int HopelessErrors = 100;

    // An error of the datagram itself comes again each time, others' errors soon run out.
    private const int SendAttempts = 16;

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly ITransportSink _sink;
    private readonly Action<UdpSocket> _removed;
    private readonly RecentCache<SocketAddress, UdpFlow> _peers = new(Peers);
    private readonly RecentCache<IPAddress, IPEndPoint> _locals = new(Peers);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _disposed;
    private UdpFlow? _last;

    public UdpSocket(IPEndPoint local, ITransportSink sink, bool isListening, Action<UdpSocket> removed)
    {
        (_sink, IsListening, _removed) = (sink, isListening, removed);
        _socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.ReceiveBufferSize = BufferOctets;
            _socket.SendBufferSize = BufferOctets;
            DatagramErrors.Enable(_socket);
            _socket.Bind(local);
            LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
        new Thread(Run) { IsBackground = true, Name = $"Rx.Sip UDP {LocalEndPoint}" }.Start();
    }

    public IPEndPoint LocalEndPoint { get; }

    public bool IsListening { get; }

    public bool IsAny => AnyAddress.Of(LocalEndPoint).Equals(LocalEndPoint.Address);

    /// <summary>Done when the thread is.</summary>
    public Task Ended => _ended.Task;

    public UdpFlow FlowTo(IPEndPoint remote) => FlowTo(remote.Serialize(), copy: false);

    /// <summary>Our address toward a peer: of a socket bound to all addresses, the one the system would choose.</summary>
    public IPEndPoint LocalToward(IPEndPoint remote)
    {
        if (!IsAny)
            return LocalEndPoint;
        lock (_gate)
            if (_locals.TryGet(remote.Address, out var known))
                return known;
        var local = LocalAddress.Toward(remote) is { } address ? new IPEndPoint(address, LocalEndPoint.Port) : LocalEndPoint;
        lock (_gate)
            _locals.Set(remote.Address, local);
        return local;
    }

    public void Send(UdpFlow flow, ReadOnlySpan<byte> octets)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _socket.SendTo(octets, SocketFlags.None, flow.Address);
                return;
            }
            // The error can be what an earlier datagram to another peer came to: find out whose it was, then try again.
            catch (SocketException error) when (attempt < SendAttempts && !_disposed && IsAboutPeer(error))
            {
                TakeErrors();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                Close(flow, error);
                return;
            }
        }
    }

    /// <summary>Forgets the peer and says so, once.</summary>
    public void Close(UdpFlow flow, Exception? error)
    {
        lock (_gate)
        {
            _peers.Remove(flow.Address, flow);
            if (_last == flow)
                _last = null;
        }
        if (flow.TryClose())
            _sink.Closed(flow, error);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _socket.Dispose();
        _removed(this);
    }

    private void Run()
    {
        var buffer = new byte[64 * 1024];
        var from = new SocketAddress(LocalEndPoint.AddressFamily);
        var errors = 0;
        while (!_disposed && errors < HopelessErrors)
        {
            try
            {
                var length = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
                errors = 0;
                if (length > 0)
                    _sink.Received(FlowTo(from, copy: true), buffer.AsSpan(0, length));
            }
            catch (SocketException error)
            {
                errors = TakeErrors() || IsAboutPeer(error) ? 0 : errors + 1;
            }
            catch (ObjectDisposedException)
            {
                break;
            }
        }
        End();
    }

    // What the network says of a datagram we sent; the socket itself is well.
    private static bool IsAboutPeer(SocketException error) => error.SocketErrorCode
        is SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.HostUnreachable or SocketError.HostDown
        or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.MessageSize or SocketError.TimedOut;

    private void End()
    {
        Dispose();
        UdpFlow[] flows;
        lock (_gate)
            flows = [.. _peers.Values];
        foreach (var flow in flows)
            Close(flow, null);
        _ended.SetResult();
    }

    private bool TakeErrors()
    {
        var any = false;
        while (DatagramErrors.TryTake(_socket, out var peer, out var error))
        {
            any = true;
            UdpFlow? flow;
            lock (_gate)
                _peers.TryGet(peer, out flow);
            if (flow is not null)
                Close(flow, error);
        }
        return any;
    }

    private UdpFlow FlowTo(SocketAddress address, bool copy)
    {
        lock (_gate)
        {
            if (_last is { } last && last.Address.Equals(address))
                return last;
            if (!_peers.TryGet(address, out var flow))
            {
                flow = new UdpFlow(this, copy ? Copy(address) : address);
                _peers.Set(flow.Address, flow);
            }
            return _last = flow;
        }
    }

    private static SocketAddress Copy(SocketAddress address)
    {
        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }
}
