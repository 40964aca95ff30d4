using System.Reactive.Disposables;

namespace Rx.Sip.Runtime;

/// <summary>
/// The timers of one duration. Who comes later is due later, so the first is always the next to fire and one outstanding
/// <c>Schedule</c> is enough. It is not taken back when its timer is stopped: it wakes up once, finds its successor and
/// waits for that, or finds nothing and falls asleep.
/// </summary>
internal sealed class TimerQueue(TimerTable table, TimeSpan duration) : IDisposable
{
    private readonly SerialDisposable _wake = new();
    private TimerEntry? _first;
    private TimerEntry? _last;
    private bool _scheduled;

    public void Add(TimerEntry entry)
    {
        entry.Queue = this;
        entry.Due = table.Elapsed + duration;
        entry.Previous = _last;
        if (_last is null)
            _first = entry;
        else
            _last.Next = entry;
        _last = entry;
        if (!_scheduled)
            Schedule(duration);
    }

    public void Remove(TimerEntry entry)
    {
        if (entry.Previous is null)
            _first = entry.Next;
        else
            entry.Previous.Next = entry.Next;
        if (entry.Next is null)
            _last = entry.Previous;
        else
            entry.Next.Previous = entry.Previous;
        (entry.Queue, entry.Previous, entry.Next) = (null, null, null);
    }

    /// <summary>Forgets every timer and the outstanding wake-up.</summary>
    public void Dispose()
    {
        while (_first is not null)
            table.Stop(_first);
        _wake.Dispose();
    }

    private void Schedule(TimeSpan wait)
    {
        _scheduled = true;
        _wake.Disposable = table.Scheduler.Schedule(this, wait, static (_, queue) =>
        {
            queue.Post();
            return Disposable.Empty;
        });
    }

    private void Post() => table.Mailbox.Post(static (queue, _) => ((TimerQueue)queue!).Wake(), this, null);

    private void Wake()
    {
        _scheduled = false;
        // Those that are added while others fire are due later than now and so not of this round.
        var now = table.Elapsed;
        try
        {
            while (_first is { } entry && entry.Due <= now)
                table.Fire(entry);
        }
        finally
        {
            if (_first is { } next && !_scheduled)
                Schedule(next.Due - now > table.Tick ? next.Due - now : table.Tick);
        }
    }
}
