using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Rx.Sip.Transports.Limits;

namespace Rx.Sip.Transports;

/// <summary>
/// One TCP connection. One run connects, reads and in the end tells the sink that it is over, so that what the sink hears comes in
/// order; writing goes on beside it. The first connections of a transport run on a thread of their own by blocking calls, which
/// costs a fraction of the asynchronous way (no thread hop for each batch); the many after them are asynchronous.
/// </summary>
internal sealed class TcpFlow : ITransportFlow, ITransportPart, IThreadPoolWorkItem
{
    private const int ReadOctets = 16 * 1024;

    // A piece that a writable socket takes without blocking.
    private const int SendOctets = 32 * 1024;

    private readonly TcpTransport _transport;
    private readonly ITransportSink _sink;
    private readonly Socket _socket;
    private readonly SendQueue _queue;
    private readonly ReadGate _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _isOutgoing;
    private volatile IPEndPoint? _local;
    private IPEndPoint? _guess;
    private Exception? _error;
    private bool _isBlocking;
    private int _over;

    /// <summary>A connection that a peer opened.</summary>
    public TcpFlow(TcpTransport transport, Socket accepted, ITransportSink sink) : this(transport, accepted, (IPEndPoint)accepted.RemoteEndPoint!, sink) =>
        _local = (IPEndPoint?)accepted.LocalEndPoint;

    /// <summary>A connection that we open.</summary>
    public TcpFlow(TcpTransport transport, IPEndPoint remote, ITransportSink sink)
        : this(transport, StreamSocket.Of(remote.AddressFamily), remote, sink) => _isOutgoing = true;

    private TcpFlow(TcpTransport transport, Socket socket, IPEndPoint remote, ITransportSink sink)
    {
        (_transport, _socket, RemoteEndPoint, _sink) = (transport, socket, remote, sink);
        _queue = new SendQueue(transport.MaxQueuedOctets, transport.Guard.Unsent);
    }

    public IPEndPoint RemoteEndPoint { get; }

    public IPEndPoint LocalEndPoint => _local ?? (_guess ??= new IPEndPoint(LocalAddress.Toward(RemoteEndPoint) ?? AnyAddress.Of(RemoteEndPoint), 0));

    public object? Note { get; set; }

    public int UnsentOctets => _queue.Unsent;

    public Task Ended => _ended.Task;

    public void Start()
    {
        _isBlocking = _transport.TryTakeThread();
        if (_isBlocking)
            new Thread(Run) { IsBackground = true, Name = $"Rx.Sip TCP {RemoteEndPoint}" }.Start();
        else
            _ = RunAsync();
    }

    public void Pause() => _gate.Close();

    public void Resume() => _gate.Open();

    public void Send(ReadOnlyMemory<byte> octets)
    {
        switch (_queue.Add(octets.Span))
        {
            case (QueueChange.Overflow or QueueChange.OverBudget) and var change:
                End(TrafficGuard.Overflow(change));
                break;
            case QueueChange.First when _transport.Batch is { IsOpen: true } batch:
                batch.Add(this);
                break;
            case QueueChange.First:
                // Not here and now: senders that follow each other closely share a call to the system this way.
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                break;
        }
    }

    void IThreadPoolWorkItem.Execute() => Write();

    /// <summary>Writes what waits: called once for each time the queue said that the caller's octets are the first.</summary>
    public void Write() => _ = WriteAsync();

    public void Close()
    {
        // Otherwise a writer is at work, and ends the connection behind what it writes.
        if (_queue.Close())
            End(null);
    }

    private void Run()
    {
        try
        {
            if (_isOutgoing)
                _socket.Connect(RemoteEndPoint);
            Stand();
            Read();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            End(error);
        }
        _transport.ReturnThread();
        _queue.FreeAsync().Wait();
        Finish();
    }

    private async Task RunAsync()
    {
        try
        {
            if (_isOutgoing)
                await _socket.ConnectAsync(RemoteEndPoint).ConfigureAwait(false);
            Stand();
            await ReadAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            End(error);
        }
        await _queue.FreeAsync().ConfigureAwait(false);
        Finish();
    }

    private void Stand()
    {
        _socket.NoDelay = true;
        _local = (IPEndPoint?)_socket.LocalEndPoint ?? _local;
        // Before anybody hears that the connection stands, so that what is sent then and closed at once still leaves.
        var waiting = _queue.Release();
        _sink.Opened(this);
        if (waiting)
            Write();
    }

    private void Finish()
    {
        _sink.Closed(this, _error);
        _transport.Remove(this);
        _ended.SetResult();
    }

    private void Read()
    {
        var buffer = new byte[ReadOctets];
        _gate.Passage?.Wait();
        while (_socket.Receive(buffer, SocketFlags.None) is > 0 and var length)
        {
            Deliver(buffer.AsSpan(0, length));
            _gate.Passage?.Wait();
        }
        End(null);
    }

    // Waits without a buffer, so that an idle connection holds none.
    private async Task ReadAsync()
    {
        bool goesOn;
        if (_gate.Passage is { } passage)
            await passage.ConfigureAwait(false);
        do
        {
            await _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None).ConfigureAwait(false);
            var buffer = ArrayPool<byte>.Shared.Rent(ReadOctets);
            try
            {
                goesOn = await ReadAsync(buffer).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        while (goesOn);
        End(null);
    }

    // Reads what is there; false when the peer sends no more.
    private async Task<bool> ReadAsync(byte[] buffer)
    {
        int length;
        do
        {
            length = await _socket.ReceiveAsync(buffer, SocketFlags.None).ConfigureAwait(false);
            if (length == 0)
                return false;
            Deliver(buffer.AsSpan(0, length));
            if (_gate.Passage is { } passage)
                await passage.ConfigureAwait(false);
        }
        while (length == buffer.Length);
        return true;
    }

    private void Deliver(ReadOnlySpan<byte> octets)
    {
        var batch = _transport.Batch;
        batch.Open();
        try
        {
            _sink.Received(this, octets);
        }
        finally
        {
            batch.Close();
        }
    }

    private async Task WriteAsync()
    {
        while (_queue.TryTake(out var octets))
        {
            try
            {
                while (!octets.IsEmpty)
                {
                    var piece = octets[..Math.Min(octets.Length, SendOctets)];
                    octets = octets[(_isBlocking && IsWritable ? _socket.Send(piece.Span) : await SendAsync(piece).ConfigureAwait(false))..];
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                End(error);
            }
        }
        if (_queue.IsClosed)
            End(null);
    }

    private bool IsWritable => _socket.Poll(0, SelectMode.SelectWrite);

    private ValueTask<int> SendAsync(ReadOnlyMemory<byte> piece)
    {
        var sending = _socket.SendAsync(piece, SocketFlags.None);
        if (sending.IsCompleted)
            return sending;
        // The peer takes no more. If the connection is to be closed, or soon is, nobody waits until it does.
        if (!IsWritable && _queue.Stall())
            End(null);
        return _transport.Guard.InTimeAsync(sending, End);
    }

    // Ends the run, which then tells the sink. The first reason is the one that counts.
    private void End(Exception? error)
    {
        if (Interlocked.Exchange(ref _over, 1) != 0)
            return;
        _error = error;
        _queue.Close();
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // It never stood, or the peer was faster.
        }
        _socket.Dispose();
        _gate.Open();
    }
}
