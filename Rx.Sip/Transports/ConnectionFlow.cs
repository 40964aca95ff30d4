using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Diagnostics;
using Rx.Sip.Transports.Limits;

namespace Rx.Sip.Transports;

/// <summary>
/// A connection that stands only behind a handshake of its own: TLS, WebSocket, or both. One run connects, shakes hands, reads and in
/// the end tells the sink that it is over, so that what the sink hears comes in order; writing goes on beside it.
/// </summary>
internal abstract class ConnectionFlow : ITransportFlow, ITransportPart
{
    private readonly PartSet _parts;
    private readonly ITransportSink _sink;
    private readonly Socket _socket;
    private readonly ReadGate _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HandshakePermit? _permit;
    private volatile IPEndPoint? _local;
    private IPEndPoint? _guess;
    private Exception? _error;
    private int _over;

    /// <summary>A connection that a peer opened: it has to finish its handshake within the limit.</summary>
    protected ConnectionFlow(PartSet parts, Socket accepted, ITransportSink sink, HandshakePermit permit)
        : this(parts, accepted, (IPEndPoint)accepted.RemoteEndPoint!, sink) => (_local, _permit) = ((IPEndPoint?)accepted.LocalEndPoint, permit);

    /// <summary>A connection that we open.</summary>
    protected ConnectionFlow(PartSet parts, IPEndPoint remote, ITransportSink sink)
        : this(parts, StreamSocket.Of(remote.AddressFamily), remote, sink)
    {
    }

    private ConnectionFlow(PartSet parts, Socket socket, IPEndPoint remote, ITransportSink sink) =>
        (_parts, _socket, RemoteEndPoint, _sink) = (parts, socket, remote, sink);

    public IPEndPoint RemoteEndPoint { get; }

    public IPEndPoint LocalEndPoint => _local ?? (_guess ??= new IPEndPoint(LocalAddress.Toward(RemoteEndPoint) ?? AnyAddress.Of(RemoteEndPoint), 0));

    public object? Note { get; set; }

    public virtual bool KeepsBoundaries => false;

    public virtual X509Certificate2? RemoteCertificate => null;

    public virtual ImmutableArray<string> RemoteDomains => [];

    public abstract int UnsentOctets { get; }

    public Task Ended => _ended.Task;

    protected bool IsOutgoing => _permit is null;

    /// <summary>What a reader waits for before it reads on; null when it needn't.</summary>
    protected Task? Passage => _gate.Passage;

    public void Start() => _ = RunAsync();

    public void Pause() => _gate.Close();

    public void Resume() => _gate.Open();

    public abstract void Send(ReadOnlyMemory<byte> octets);

    public abstract void Close();

    /// <summary>Makes the connection ready, over octets that go to and from the peer; throws when that fails.</summary>
    protected abstract Task OpenAsync(Stream plain);

    /// <summary>The connection stands: what waits may be sent. Before anybody hears of it, so that what is sent then and closed at once still leaves.</summary>
    protected abstract void Release();

    /// <summary>Reads until the peer sends no more.</summary>
    protected abstract Task ReadAsync();

    /// <summary>Gives back what is held.</summary>
    protected abstract ValueTask FreeAsync();

    protected void Deliver(ReadOnlySpan<byte> octets) => _sink.Received(this, octets);

    /// <summary>Ends the run, which then tells the sink. The first reason is the one that counts.</summary>
    protected void End(Exception? error)
    {
        if (Interlocked.Exchange(ref _over, 1) != 0)
            return;
        _error = error;
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

    private async Task RunAsync()
    {
        try
        {
            using (_permit?.Begin(() => End(new LimitExceededException(TrafficLimit.HandshakeTimeout, $"{RemoteEndPoint} did not finish its handshake in time."))))
            {
                if (IsOutgoing)
                    await _socket.ConnectAsync(RemoteEndPoint).ConfigureAwait(false);
                _socket.NoDelay = true;
                _local = (IPEndPoint?)_socket.LocalEndPoint ?? _local;
                await OpenAsync(new NetworkStream(_socket, ownsSocket: false)).ConfigureAwait(false);
            }
            Release();
            _sink.Opened(this);
            if (Passage is { } passage)
                await passage.ConfigureAwait(false);
            await ReadAsync().ConfigureAwait(false);
            End(null);
        }
        // Whatever a peer makes the handshake or the system throw ends its connection and nothing else.
        catch (Exception error)
        {
            End(error);
        }
        await FreeAsync().ConfigureAwait(false);
        _sink.Closed(this, _error);
        _parts.Remove(this);
        _ended.SetResult();
    }
}
