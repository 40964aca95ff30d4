using System.Reactive.Concurrency;

namespace Rx.Sip.Runtime;

/// <summary>
/// Many alarms of any durations with one outstanding <c>Schedule</c> among them; where there are few durations and very many
/// timers, see <see cref="TimerTable"/>. Alarms ring inside the mailbox, at their exact instant on virtual time, and whoever stops
/// one can be sure that it doesn't ring any more. To be used inside the mailbox only. Time is the scheduler's stopwatch, so that
/// setting the system's clock moves no alarm.
/// </summary>
internal sealed class AlarmTable : IDisposable
{
    private const int FewEntries = 64;

    private readonly PriorityQueue<Entry, TimeSpan> _entries = new();
    private readonly IScheduler _scheduler;
    private readonly IStopwatch _stopwatch;
    private readonly WakeUp _wakeUp;
    private TimeSpan _armedFor;
    private bool _disposed;

    public AlarmTable(IScheduler scheduler, Mailbox mailbox)
    {
        (_scheduler, Mailbox) = (scheduler, mailbox);
        _stopwatch = scheduler.StartStopwatch();
        _wakeUp = new WakeUp(scheduler, mailbox, static table => ((AlarmTable)table!).Wake(), this);
    }

    /// <summary>Alarms that are set.</summary>
    public int Count { get; private set; }

    /// <summary>Where alarms ring.</summary>
    public Mailbox Mailbox { get; }

    /// <summary>The time of day.</summary>
    public DateTimeOffset Now => _scheduler.Now;

    /// <summary>The time that alarms are measured on.</summary>
    public TimeSpan Elapsed => _stopwatch.Elapsed;

    /// <summary>Sets an alarm, anew if it is set. Nothing is set on a disposed table.</summary>
    public void Set(Alarm alarm, TimeSpan wait)
    {
        Stop(alarm);
        if (_disposed)
            return;
        Count++;
        alarm.IsSet = true;
        if (_entries.Count > FewEntries && _entries.Count > 2 * Count)
            Clear();
        _entries.Enqueue(new Entry(alarm, ++alarm.Generation), _stopwatch.Elapsed + wait);
        Arm();
    }

    /// <summary>Stops an alarm; nothing happens if it is not set.</summary>
    public void Stop(Alarm alarm)
    {
        if (!alarm.IsSet)
            return;
        alarm.IsSet = false;
        // The entry stays and is found stale; when nothing else is left, neither is it.
        if (--Count == 0)
            Rest();
    }

    /// <summary>Stops every alarm for good.</summary>
    public void Dispose()
    {
        _disposed = true;
        while (_entries.TryDequeue(out var entry, out _))
            if (entry.IsCurrent)
                entry.Alarm.IsSet = false;
        Count = 0;
        _wakeUp.Dispose();
    }

    private void Wake()
    {
        var now = _stopwatch.Elapsed;
        try
        {
            while (_entries.TryPeek(out var entry, out var due) && (due <= now || !entry.IsCurrent))
            {
                _entries.Dequeue();
                if (entry.IsCurrent)
                    Ring(entry.Alarm);
            }
        }
        finally
        {
            Arm();
        }
    }

    private void Ring(Alarm alarm)
    {
        alarm.IsSet = false;
        Count--;
        alarm.Ring();
    }

    private void Arm()
    {
        if (_disposed || !_entries.TryPeek(out _, out var first) || (_wakeUp.IsSet && _armedFor <= first))
            return;
        _armedFor = first;
        _wakeUp.Set(first - _stopwatch.Elapsed);
    }

    // Alarms that are set anew long before they are due would leave ever more behind.
    private void Clear()
    {
        var current = _entries.UnorderedItems.Where(item => item.Element.IsCurrent).ToList();
        _entries.Clear();
        _entries.EnqueueRange(current);
    }

    private void Rest()
    {
        _entries.Clear();
        _wakeUp.Stop();
    }

    private readonly record struct Entry(Alarm Alarm, int Generation)
    {
        public bool IsCurrent => Alarm.IsSet && Alarm.Generation == Generation;
    }
}
