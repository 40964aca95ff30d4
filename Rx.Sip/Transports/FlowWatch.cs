using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using Rx.Sip.Diagnostics;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports;

/// <summary>
/// Looks at each connection when something about it can be overdue. One outstanding timer for all, exact, and traffic costs
/// nothing here: a connection that was busy is just given its next instant when its turn comes. Inside the mailbox only.
/// </summary>
/// <param name="scheduler">The clock.</param>
/// <param name="mailbox">In which everything here runs.</param>
internal sealed class FlowWatch(IScheduler scheduler, Mailbox mailbox) : IDisposable
{
    private readonly PriorityQueue<Entry, DateTimeOffset> _entries = new();
    private readonly Dictionary<Flow, Entry> _current = [];
    private readonly SerialDisposable _timer = new();
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;

    /// <summary>How many connections are watched.</summary>
    public int Count => _current.Count;

    /// <summary>Looks at the flow at <see cref="FlowTimes.Due"/>, unless it is to be looked at before anyway.</summary>
    public void Watch(Flow flow)
    {
        if (flow.Times is not { } times || !flow.IsOpen || _timer.IsDisposed)
            return;
        var due = times.Due;
        if (_current.TryGetValue(flow, out var known))
        {
            if (known.Due <= due)
                return;
            known.Flow = null;
        }
        var entry = new Entry(flow, due);
        _current[flow] = entry;
        flow.NextLook = due;
        _entries.Enqueue(entry, due);
        Arm();
        // A message may have begun on another thread before it could see when the next look is.
        if (times.Due < due)
            Watch(flow);
    }

    public void Forget(Flow flow)
    {
        if (_current.Remove(flow, out var entry))
            entry.Flow = null;
        if (_current.Count > 0)
            return;
        _entries.Clear();
        Disarm();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _entries.Clear();
        _current.Clear();
    }

    private void Look()
    {
        _armedFor = DateTimeOffset.MaxValue;
        var now = scheduler.Now;
        while (_entries.TryPeek(out var entry, out var due) && due <= now)
        {
            _entries.Dequeue();
            if (entry.Flow is not { } flow)
                continue;
            _current.Remove(flow);
            LookAt(flow, now);
        }
        Arm();
    }

    private void LookAt(Flow flow, DateTimeOffset now)
    {
        var what = flow.Times!.OverdueAt(now);
        if (what == Overdue.Traffic && flow.IsHeld)
            flow.Times.Active(now);
        else if (what != Overdue.Nothing)
            Cut(flow, what);
        Watch(flow);
    }

    private static void Cut(Flow flow, Overdue what) => flow.Close(what switch
    {
        Overdue.Connecting => new TimeoutException($"{flow.RemoteEndPoint} did not answer in time."),
        Overdue.Message => new LimitExceededException(TrafficLimit.MessageTimeout, "The peer began a message and did not finish it in time."),
        _ => null,
    });

    private void Arm()
    {
        if (!_entries.TryPeek(out _, out var first))
            Disarm();
        else if (first < _armedFor)
        {
            _armedFor = first;
            _timer.Disposable = scheduler.Schedule(this, first, static (_, self) =>
            {
                self.Post();
                return Disposable.Empty;
            });
        }
    }

    private void Post() => mailbox.Post(static (self, _) => ((FlowWatch)self!).Look(), this, null);

    private void Disarm()
    {
        _armedFor = DateTimeOffset.MaxValue;
        _timer.Disposable = Disposable.Empty;
    }

    private sealed class Entry(Flow flow, DateTimeOffset due)
    {
        public Flow? Flow { get; set; } = flow;

        public DateTimeOffset Due => due;
    }
}
