namespace Rx.Sip.Transports;

/// <summary>Holds up a reader while it is closed.</summary>
internal sealed class ReadGate
{
    private TaskCompletionSource? _closed;

    /// <summary>What to wait for; null while the gate is open.</summary>
    public Task? Passage => Volatile.Read(ref _closed)?.Task;

    public void Close() =>
        Interlocked.CompareExchange(ref _closed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);

    public void Open() => Interlocked.Exchange(ref _closed, null)?.SetResult();
}
