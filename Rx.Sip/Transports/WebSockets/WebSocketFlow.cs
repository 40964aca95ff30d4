using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Transports.Tls;

namespace Rx.Sip.Transports.WebSockets;

/// <summary>One WebSocket, over TLS or not: each of its messages is one SIP message (RFC 7118 §5).</summary>
internal sealed class WebSocketFlow : ConnectionFlow, IThreadPoolWorkItem
{
    private const int FirstBuffer = 4096;

    private readonly WebSocketRules _rules;
    private readonly MessageQueue _queue;
    private readonly TlsHandshake? _tls;
    private readonly string? _host;
    private WebSocket? _socket;

    /// <summary>A connection that a peer opened.</summary>
    public WebSocketFlow(PartSet parts, Socket accepted, ITransportSink sink, HandshakeLimit limit, TlsSettings? tls, WebSocketRules rules)
        : base(parts, accepted, sink, limit)
    {
        (_rules, _queue) = (rules, new MessageQueue(rules.MaxQueuedOctets));
        _tls = tls is null ? null : new TlsHandshake(tls, null, RemoteEndPoint);
    }

    /// <summary>A connection that we open.</summary>
    public WebSocketFlow(PartSet parts, IPEndPoint remote, ITransportSink sink, string host, TlsSettings? tls, WebSocketRules rules)
        : base(parts, remote, sink)
    {
        (_rules, _queue, _host) = (rules, new MessageQueue(rules.MaxQueuedOctets), host);
        _tls = tls is null ? null : new TlsHandshake(tls, host, RemoteEndPoint);
    }

    public override bool KeepsBoundaries => true;

    public override X509Certificate2? RemoteCertificate => _tls?.RemoteCertificate;

    public override ImmutableArray<string> RemoteDomains => _tls?.RemoteDomains ?? [];

    public override void Send(ReadOnlyMemory<byte> octets)
    {
        switch (_queue.Add(octets))
        {
            case QueueChange.Overflow:
                End(new IOException("The peer does not take what is sent to it."));
                break;
            case QueueChange.First:
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                break;
        }
    }

    public override void Close()
    {
        if (_queue.Close())
            End(null);
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    protected override async Task OpenAsync(Stream plain)
    {
        var stream = _tls is null ? plain : await _tls.RunAsync(plain).ConfigureAwait(false);
        _socket = await (_host is null
            ? WebSocketHandshake.AcceptAsync(stream)
            : WebSocketHandshake.CallAsync(stream, $"{Bracketed(_host)}:{RemoteEndPoint.Port}", _rules.Path)).ConfigureAwait(false);
    }

    protected override void Release()
    {
        if (_queue.Release())
            _ = WriteAsync();
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

    protected override ValueTask FreeAsync()
    {
        _queue.Free();
        _socket?.Dispose();
        return ValueTask.CompletedTask;
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
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        return null;
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

    private async Task WriteAsync()
    {
        try
        {
            while (_queue.TryTake(out var message))
                await _socket!.SendAsync(message, KindOf(message.Span), endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
            if (!_queue.IsClosed)
                return;
            await _socket!.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
            End(null);
        }
        catch (Exception error)
        {
            End(error);
        }
    }

    // RFC 7118 §5.2: text where it is UTF-8, for peers that know nothing else; else binary.
    private static WebSocketMessageType KindOf(ReadOnlySpan<byte> message) =>
        System.Text.Unicode.Utf8.IsValid(message) ? WebSocketMessageType.Text : WebSocketMessageType.Binary;

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) && host is not ['[', ..] ? $"[{host}]" : host;
}
