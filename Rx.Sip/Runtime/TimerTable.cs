using System.Reactive.Concurrency;

namespace Rx.Sip.Runtime;

/// <summary>
/// Very many timers of few distinct durations: one queue for each duration, one outstanding <c>Schedule</c> for each queue.
/// Starting and stopping take constant time, timers fire in the mailbox, and whoever stops a timer can be sure that it
/// doesn't fire any more. To be used inside the mailbox only. Time is taken from the scheduler's stopwatch, so that
/// setting the system's clock moves no timer.
/// </summary>
internal sealed class TimerTable(IScheduler scheduler, Mailbox mailbox) : IDisposable
{
    private readonly Dictionary<TimeSpan, TimerQueue> _queues = [];
    private readonly IStopwatch _stopwatch = scheduler.StartStopwatch();
    private bool _disposed;

    /// <summary>Timers that are pending.</summary>
    public int Count { get; private set; }

    internal IScheduler Scheduler => scheduler;

    internal Mailbox Mailbox => mailbox;

    internal TimeSpan Elapsed => _stopwatch.Elapsed;

    /// <summary>Starts a timer, anew if it is pending. Nothing starts on a disposed table.</summary>
    public void Start(TimerEntry entry, TimeSpan duration)
    {
        Stop(entry);
        if (_disposed)
            return;
        if (!_queues.TryGetValue(duration, out var queue))
            _queues.Add(duration, queue = new TimerQueue(this, duration));
        Count++;
        queue.Add(entry);
    }

    /// <summary>Stops a timer; nothing happens if it is not pending.</summary>
    public void Stop(TimerEntry entry)
    {
        if (entry.Queue is not { } queue)
            return;
        Count--;
        queue.Remove(entry);
    }

    internal void Fire(TimerEntry entry)
    {
        Stop(entry);
        entry.Fire();
    }

    /// <summary>Stops every timer for good.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var queue in _queues.Values)
            queue.Dispose();
        _queues.Clear();
    }
}
