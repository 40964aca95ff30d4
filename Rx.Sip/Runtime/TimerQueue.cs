namespace Rx.Sip.Runtime;

/// <summary>
/// The timers of one duration. Who comes later is due later, so the first is always the next to fire and one outstanding
/// <c>Schedule</c> is enough. It is not taken back when its timer is stopped: it wakes up once, finds its successor and
/// waits for that, or finds nothing and falls asleep.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private readonly TimerTable _table;
    private readonly TimeSpan _duration;
    private readonly WakeUp _wakeUp;
    private TimerEntry? _first;
    private TimerEntry? _last;

    public TimerQueue(TimerTable table, TimeSpan duration)
    {
        (_table, _duration) = (table, duration);
        _wakeUp = new WakeUp(table.Scheduler, table.Mailbox, static queue => ((TimerQueue)queue!).Wake(), this);
    }

    public void Add(TimerEntry entry)
    {
        entry.Queue = this;
        entry.Due = _table.Elapsed + _duration;
        entry.Previous = _last;
        if (_last is null)
            _first = entry;
        else
            _last.Next = entry;
        _last = entry;
        if (!_wakeUp.IsSet)
            _wakeUp.Set(_duration);
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
            _table.Stop(_first);
        _wakeUp.Dispose();
    }

    private void Wake()
    {
        // Those that are added while others fire are due later than now and so not of this round.
        var now = _table.Elapsed;
        try
        {
            while (_first is { } entry && entry.Due <= now)
                _table.Fire(entry);
        }
        finally
        {
            if (_first is { } next && !_wakeUp.IsSet)
                _wakeUp.Set(next.Due - now);
        }
    }
}
