using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Transports.Limits;
using Rx.Sip.Transports.Tls;

namespace Rx.Sip.Transports.WebSockets;

/// <summary>
/// One WebSocket, over TLS or not: each of its messages is one SIP message (RFC 7118 §5). What is sent while a write is under way leaves
/// together with the next.
/// </summary>
internal sealed class WebSocketFlow : ConnectionFlow, IThreadPoolWorkItem
{
    private const int FirstBuffer = 4096;
    private const int WriteOctets = 64 * 1024;

    private readonly WebSocketRules _rules;
    private readonly MessageQueue _queue;
    private readonly TlsHandshake? _tls;
    private readonly string? _host;
    private GatheringStream? _stream;
    private WebSocket? _socket;
    private readonly Lock _gate = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>A connection that a peer opened.</summary>
    public WebSocketFlow(PartSet parts, Socket accepted, ITransportSink sink, HandshakePermit permit, TlsSettings? tls, WebSocketRules rules)
        : base(parts, accepted, sink, permit)
    {
        (_rules, _queue) = (rules, QueueOf(rules));
        _tls = tls is null ? null : new TlsHandshake(tls, null, RemoteEndPoint);
    }

    /// <summary>A connection that we open.</summary>
    public WebSocketFlow(PartSet parts, IPEndPoint remote, ITransportSink sink, string host, TlsSettings? tls, WebSocketRules rules)
        : base(parts, remote, sink)
    {
        (_rules, _queue, _host) = (rules, QueueOf(rules), host);
        _tls = tls is null ? null : new TlsHandshake(tls, host, RemoteEndPoint);
    }

    public override bool KeepsBoundaries => true;

    public override X509Certificate2? RemoteCertificate => _tls?.RemoteCertificate;

    public override ImmutableArray<string> RemoteDomains => _tls?.RemoteDomains ?? [];

    public override int UnsentOctets => _queue.Unsent;

    public override void Send(ReadOnlyMemory<byte> octets)
    {
        switch (_queue.Add(octets))
        {
            case (QueueChange.Overflow or QueueChange.OverBudget) and var change:
                End(TrafficGuard.Overflow(change));
                break;
            case QueueChange.First:
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                break;
        }
    }

    public override void Close()
    {
        switch (_queue.Close())
        {
            case QueueChange.Closed:
                End(null);
                break;
            case QueueChange.First:
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                break;
        }
    }

    void IThreadPoolWorkItem.Execute() => Write();

    protected override async Task OpenAsync(Stream plain)
    {
        _stream = GatheringStream.Over(_tls is null ? plain : await _tls.RunAsync(plain).ConfigureAwait(false), WriteOctets);
        _socket = await (_host is null
            ? WebSocketHandshake.AcceptAsync(_stream)
            : WebSocketHandshake.CallAsync(_stream, $"{Bracketed(_host)}:{RemoteEndPoint.Port}", _rules.Path)).ConfigureAwait(false);
    }

    protected override void Release()
    {
        if (_queue.Release())
            Write();
    }

    // Waits without a buffer, so that an idle connection holds none.
    protected override async Task ReadAsync()
    {
        while (await ReceiveAsync(Memory<byte>.Empty).ConfigureAwait(false) is not null)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
            try
            {
                (buffer, var length) = await ReadMessageAsync(buffer).ConfigureAwait(false);
                if (length > 0)
                    Deliver(buffer.AsSpan(0, length));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
            if (Passage is { } passage)
                await passage.ConfigureAwait(false);
        }
    }

    protected override async ValueTask FreeAsync()
    {
        _queue.Free();
        _socket?.Dispose();
        if (_stream is { } stream)
            await stream.DisposeAsync().ConfigureAwait(false);
        // A write that the peer did not take fails by that, and its timer goes with it.
        Task writing;
        lock (_gate)
            writing = _writing;
        await writing.ConfigureAwait(false);
    }

    // A whole message, however it is fragmented; nothing when the peer closes.
    private async Task<(byte[] Buffer, int Length)> ReadMessageAsync(byte[] buffer)
    {
        var length = 0;
        while (await ReceiveAsync(buffer.AsMemory(length)).ConfigureAwait(false) is { } received)
        {
            length += received.Count;
            if (received.EndOfMessage)
                return (buffer, length);
            if (length == buffer.Length)
                buffer = Enlarge(buffer);
        }
        return (buffer, 0);
    }

    // Null when the peer closes, or has closed: its farewell is answered once.
    private async Task<ValueWebSocketReceiveResult?> ReceiveAsync(Memory<byte> buffer)
    {
        var socket = _socket!;
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseSent))
            return null;
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).ConfigureAwait(false);
        if (received.MessageType != WebSocketMessageType.Close)
            return received;
        if (socket.State == WebSocketState.CloseReceived)
            await AnswerFarewellAsync(socket).ConfigureAwait(false);
        return null;
    }

    private static async Task AnswerFarewellAsync(WebSocket socket)
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException)
        {
            // Who has taken leave need not wait for the answer.
        }
    }

    private byte[] Enlarge(byte[] buffer)
    {
        if (buffer.Length > _rules.MaxMessageOctets)
            throw new InvalidDataException("The message is larger than allowed.");
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private void Write()
    {
        lock (_gate)
            _writing = WriteAsync();
    }

    private async Task WriteAsync()
    {
        try
        {
            while (_queue.TryTake(out var message, out var isLast))
            {
                _stream!.Hold();
                await PassAsync(_socket!.SendAsync(message, KindOf(message.Span), endOfMessage: true, CancellationToken.None)).ConfigureAwait(false);
                if (isLast || _stream.Gathered >= WriteOctets)
                    await PassAsync(_stream.LeaveAsync()).ConfigureAwait(false);
            }
            if (_queue.IsClosed)
                await FarewellAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            End(error);
        }
    }

    private ValueTask PassAsync(ValueTask sending)
    {
        if (sending.IsCompleted)
            return sending;
        // The peer takes no more for now. If the connection is to be closed, nobody waits until it does.
        if (_queue.Stall())
            End(null);
        return _rules.Guard.InTimeAsync(sending, End);
    }

    // Tells the peer that the end was meant (RFC 6455 §7.1.2), if it takes it.
    private async Task FarewellAsync()
    {
        if (_socket!.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None) is { IsCompleted: true } done)
            await done.ConfigureAwait(false);
        End(null);
    }

    private static MessageQueue QueueOf(WebSocketRules rules) => new(rules.Guard.Limits.MaxUnsentOctetsPerConnection, rules.Guard.Unsent);

    // RFC 7118 §5.2: text where it is UTF-8, for peers that know nothing else; else binary.
    private static WebSocketMessageType KindOf(ReadOnlySpan<byte> message) =>
        System.Text.Unicode.Utf8.IsValid(message) ? WebSocketMessageType.Text : WebSocketMessageType.Binary;

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) && host is not ['[', ..] ? $"[{host}]" : host;
}
