using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Transports;

/// <summary>
/// TCP connections (RFC 3261 §18). Octets sent while a batch of received ones is being worked on leave together; what a peer does
/// not take waits in a bounded queue, and a peer that lets it overflow is cut off.
/// </summary>
public sealed class TcpTransport : ISipTransport
{
    private readonly ConcurrentDictionary<ITcpPart, byte> _parts = [];
    private readonly ThreadLocal<SendBatch> _batches = new(() => new SendBatch());
    private TaskCompletionSource? _leaving;
    private int _threads;
    private volatile bool _disposed;

    /// <summary>How many octets may wait in one connection, before it stands or while the peer is slow. Default 4 MiB.</summary>
    public int MaxQueuedOctets { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// How many connections get a thread of their own that reads by blocking calls; the others share the pool's threads. A thread
    /// of its own halves the latency and more than halves the processor time of a connection. Default 32.
    /// </summary>
    public int MaxThreads { get; init; } = 32;

    /// <inheritdoc/>
    public SipTransportType Type => SipTransportType.Tcp;

    /// <summary>The batch of the thread that asks.</summary>
    internal SendBatch Batch => _batches.Value!;

    /// <inheritdoc/>
    public ITransportListener Listen(IPEndPoint local, ITransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(sink);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var listener = new TcpFlowListener(this, local, sink);
        Start(listener);
        return listener;
    }

    /// <inheritdoc/>
    public ITransportFlow Connect(IPEndPoint remote, ITransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentNullException.ThrowIfNull(sink);
        try
        {
            var flow = new TcpFlow(this, remote, sink);
            Start(flow);
            return flow;
        }
        catch (SocketException error)
        {
            var flow = new DeadFlow(remote);
            sink.Closed(flow, error);
            return flow;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        // What is started meanwhile sees that it is too late and ends by itself, so the second look finds all.
        while (!_parts.IsEmpty)
        {
            var parts = _parts.Keys.ToList();
            foreach (var part in parts)
                part.Close();
            await Task.WhenAll(parts.Select(part => part.Ended)).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a listener or a flow until it ends, and ends it when the transport does.</summary>
    internal void Start(ITcpPart part)
    {
        _parts.TryAdd(part, 0);
        part.Start();
        if (_disposed)
            part.Close();
    }

    internal bool TryTakeThread()
    {
        if (Interlocked.Increment(ref _threads) <= MaxThreads)
            return true;
        ReturnThread();
        return false;
    }

    internal void ReturnThread() => Interlocked.Decrement(ref _threads);

    internal void Remove(ITcpPart part)
    {
        _parts.TryRemove(part, out _);
        Interlocked.Exchange(ref _leaving, null)?.SetResult();
    }

    /// <summary>Done when the next flow or listener has ended: what a listener waits for that finds no descriptor left.</summary>
    internal Task NextToLeave()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _leaving, mine, null) ?? mine).Task;
    }
}
