using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Rx.Sip.Transports.Limits;

namespace Rx.Sip.Transports.Tls;

/// <summary>One TLS connection. What is sent while a write is under way leaves together with the next.</summary>
internal sealed class TlsFlow : ConnectionFlow, IThreadPoolWorkItem
{
    private const int ReadOctets = 16 * 1024;
    private const int WriteOctets = 64 * 1024;

    private readonly TlsHandshake _handshake;
    private readonly SendQueue _queue;
    private readonly TrafficGuard _guard;
    private SslStream? _stream;

    /// <summary>A connection that a peer opened.</summary>
    public TlsFlow(PartSet parts, Socket accepted, ITransportSink sink, HandshakePermit permit, TlsSettings settings, TrafficGuard guard, int maxQueued)
        : base(parts, accepted, sink, permit) =>
        (_handshake, _queue, _guard) = (new TlsHandshake(settings, null, RemoteEndPoint), new SendQueue(maxQueued, guard.Unsent), guard);

    /// <summary>A connection that we open to a peer that has to prove the name.</summary>
    public TlsFlow(PartSet parts, IPEndPoint remote, ITransportSink sink, string host, TlsSettings settings, TrafficGuard guard, int maxQueued)
        : base(parts, remote, sink) =>
        (_handshake, _queue, _guard) = (new TlsHandshake(settings, host, RemoteEndPoint), new SendQueue(maxQueued, guard.Unsent), guard);

    public override X509Certificate2? RemoteCertificate => _handshake.RemoteCertificate;

    public override ImmutableArray<string> RemoteDomains => _handshake.RemoteDomains;

    public override int UnsentOctets => _queue.Unsent;

    public override void Send(ReadOnlyMemory<byte> octets)
    {
        switch (_queue.Add(octets.Span))
        {
            case (QueueChange.Overflow or QueueChange.OverBudget) and var change:
                End(TrafficGuard.Overflow(change));
                break;
            case QueueChange.First:
                // Not here and now: senders that follow each other closely share a record this way.
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                break;
        }
    }

    public override void Close()
    {
        // Otherwise a writer is at work, and ends the connection behind what it writes.
        if (_queue.Close())
            End(null);
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    protected override async Task OpenAsync(Stream plain) => _stream = await _handshake.RunAsync(plain).ConfigureAwait(false);

    protected override void Release()
    {
        if (_queue.Release())
            _ = WriteAsync();
    }

    // Waits without a buffer, so that an idle connection holds none.
    protected override async Task ReadAsync()
    {
        bool goesOn;
        do
        {
            await _stream!.ReadAsync(Memory<byte>.Empty).ConfigureAwait(false);
            var buffer = ArrayPool<byte>.Shared.Rent(ReadOctets);
            try
            {
                var length = await _stream.ReadAsync(buffer).ConfigureAwait(false);
                goesOn = length > 0;
                if (goesOn)
                    Deliver(buffer.AsSpan(0, length));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
            if (Passage is { } passage)
                await passage.ConfigureAwait(false);
        }
        while (goesOn);
    }

    protected override async ValueTask FreeAsync()
    {
        await _queue.FreeAsync().ConfigureAwait(false);
        if (_stream is { } stream)
            await stream.DisposeAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        while (_queue.TryTake(out var octets))
        {
            try
            {
                for (; !octets.IsEmpty; octets = octets[Math.Min(octets.Length, WriteOctets)..])
                    await WriteAsync(octets[..Math.Min(octets.Length, WriteOctets)]).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                End(error);
            }
        }
        if (_queue.IsClosed)
            await FarewellAsync().ConfigureAwait(false);
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> piece)
    {
        var writing = _stream!.WriteAsync(piece);
        if (writing.IsCompleted)
            return writing;
        // The peer takes no more for now. If the connection is to be closed, nobody waits until it does.
        if (_queue.Stall())
            End(null);
        return _guard.InTimeAsync(writing, End);
    }

    // Tells the peer that the end was meant (RFC 8446 §6.1), if it takes it.
    private async Task FarewellAsync()
    {
        try
        {
            if (_stream!.ShutdownAsync() is { IsCompleted: true } done)
                await done.ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection was over already.
        }
        End(null);
    }
}
