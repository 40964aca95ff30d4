using System.Net;
using Rx.Sip.Transports.Limits;

namespace Rx.Sip.Transports;

/// <summary>
/// TCP connections (RFC 3261 §18). Octets sent while a batch of received ones is being worked on leave together; what a peer does
/// not take waits in a bounded queue, and a peer that lets it overflow is cut off.
/// </summary>
public sealed class TcpTransport : ISipTransport
{
    private readonly PartSet _parts = new();
    private readonly ThreadLocal<SendBatch> _batches = new(() => new SendBatch());
    private int _threads;

    /// <summary>A transport with the default limits.</summary>
    public TcpTransport() : this(new TrafficGuard())
    {
    }

    internal TcpTransport(TrafficGuard guard) => (Guard, MaxQueuedOctets) = (guard, guard.Limits.MaxUnsentOctetsPerConnection);

    /// <summary>How many octets may wait in one connection, before it stands or while the peer is slow. Default: <see cref="TrafficLimits.MaxUnsentOctetsPerConnection"/>.</summary>
    public int MaxQueuedOctets { get; init; }

    /// <summary>
    /// How many connections get a thread of their own that reads by blocking calls; the others share the pool's threads. A thread
    /// of its own halves the latency and more than halves the processor time of a connection. Default 32.
    /// </summary>
    public int MaxThreads { get; init; } = 32;

    /// <inheritdoc/>
    public SipTransportType Type => SipTransportType.Tcp;

    /// <summary>Listeners and connections that are not over yet.</summary>
    internal int Parts => _parts.Count;

    internal TrafficGuard Guard { get; }

    /// <summary>The batch of the thread that asks.</summary>
    internal SendBatch Batch => _batches.Value!;

    /// <inheritdoc/>
    public ITransportListener Listen(IPEndPoint local, ITransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(sink);
        ObjectDisposedException.ThrowIf(_parts.IsDisposed, this);
        var listener = new TcpFlowListener(_parts, local, socket => new TcpFlow(this, socket, sink));
        _parts.Start(listener);
        return listener;
    }

    /// <inheritdoc/>
    public ITransportFlow Connect(IPEndPoint remote, ITransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentNullException.ThrowIfNull(sink);
        return DeadFlow.Unless(remote, sink, () =>
        {
            var flow = new TcpFlow(this, remote, sink);
            _parts.Start(flow);
            return flow;
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(_parts.EndAsync());

    internal bool TryTakeThread()
    {
        if (Interlocked.Increment(ref _threads) <= MaxThreads)
            return true;
        ReturnThread();
        return false;
    }

    internal void ReturnThread() => Interlocked.Decrement(ref _threads);

    internal void Remove(TcpFlow flow) => _parts.Remove(flow);
}
