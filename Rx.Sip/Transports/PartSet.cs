using System.Collections.Concurrent;

namespace Rx.Sip.Transports;

/// <summary>What a transport has running. Safe from any thread.</summary>
internal sealed class PartSet
{
    private readonly ConcurrentDictionary<ITransportPart, byte> _parts = [];
    private TaskCompletionSource? _leaving;
    private volatile bool _disposed;

    /// <summary>How many run.</summary>
    public int Count => _parts.Count;

    /// <summary>Whether the transport is disposed.</summary>
    public bool IsDisposed => _disposed;

    /// <summary>Runs a listener or a flow until it ends, and ends it when the transport does.</summary>
    public void Start(ITransportPart part)
    {
        _parts.TryAdd(part, 0);
        part.Start();
        if (_disposed)
            part.Close();
    }

    public void Remove(ITransportPart part)
    {
        _parts.TryRemove(part, out _);
        Interlocked.Exchange(ref _leaving, null)?.SetResult();
    }

    /// <summary>Done when the next flow or listener has ended: what a listener waits for that finds no descriptor left.</summary>
    public Task NextToLeave()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _leaving, mine, null) ?? mine).Task;
    }

    /// <summary>Ends everything and waits until it has.</summary>
    public async Task EndAsync()
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
}
