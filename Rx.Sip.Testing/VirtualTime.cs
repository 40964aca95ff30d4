using System.Reactive.Concurrency;
using Rx.Sip.Testing.Time;

namespace Rx.Sip.Testing;

/// <summary>
/// Time that stands still until a test lets it run: a <see cref="HistoricalScheduler"/> that begins at
/// <see cref="Beginning"/> and knows what is scheduled on it. What is due at one instant runs in the order in which it was
/// scheduled, on the thread that lets time run. Scheduling is safe from any thread, letting time run is for one.
/// </summary>
public sealed class VirtualTime : HistoricalScheduler
{
    // More than any story needs at one instant, and reached in about a second.
    private const int MaxStepsPerInstant = 1_000_000;

    // With nothing scheduled only a thread of the task pool can still bring it about.
    private static readonly TimeSpan PatienceOfLast = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly HashSet<ScheduledCall> _calls = [];
    private bool _isRunning;

    /// <summary>Time that stands at <see cref="Beginning"/>.</summary>
    public VirtualTime() : base(Beginning)
    {
    }

    /// <summary>The first instant: the start of 2026, UTC.</summary>
    public static DateTimeOffset Beginning { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How much time has gone by since <see cref="Beginning"/>.</summary>
    public TimeSpan Elapsed => Now - Beginning;

    /// <summary>
    /// Whether each call remembers who scheduled it, for <see cref="Pending"/> to tell: slow, for finding out whose timer an operator of
    /// Rx is. Default false.
    /// </summary>
    public bool RemembersCallers { get; set; }

    /// <summary>How many calls are scheduled and neither ran nor were cancelled.</summary>
    public int PendingCount
    {
        get
        {
            lock (_gate)
                return _calls.Count;
        }
    }

    /// <summary>What is scheduled, the earliest first: for each call how long until it is due, and whose code it is.</summary>
    public IReadOnlyList<string> Pending
    {
        get
        {
            lock (_gate)
                return [.. _calls.OrderBy(call => call.DueTime).Select(call => $"due in {call.DueTime - Clock}: {call.Owner}")];
        }
    }

    /// <summary>Runs everything that is due within that time, this instant included, and leaves the clock at its end.</summary>
    public void RunFor(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        var end = Clock + span;
        Run(end, static () => false);
        Clock = end;
    }

    /// <summary>
    /// Runs until the condition holds, at most for that time. True as soon as it holds, with the clock at that instant; false,
    /// with the clock at the end, when it never did.
    /// </summary>
    public bool RunUntil(Func<bool> condition, TimeSpan atMost)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, TimeSpan.Zero);
        var end = Clock + atMost;
        if (Run(end, condition))
            return true;
        Clock = end;
        return false;
    }

    /// <summary>
    /// Runs until the task is done, at most for that time; false when it is not. Where a thread of the task pool has to carry on, it
    /// gets a moment of real time before the clock moves.
    /// </summary>
    internal bool RunUntilDone(Task task, TimeSpan atMost)
    {
        var end = Clock + atMost;
        while (!task.IsCompleted)
        {
            Run(Clock, () => task.IsCompleted);
            if (task.IsCompleted || ((IAsyncResult)task).AsyncWaitHandle.WaitOne(1))
                return true;
            if (NextDue is not { } due)
                return ((IAsyncResult)task).AsyncWaitHandle.WaitOne(PatienceOfLast);
            if (due > end)
                return false;
            Clock = due > Clock ? due : Clock;
        }
        return true;
    }

    /// <inheritdoc/>
    public override IDisposable ScheduleAbsolute<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var call = new ScheduledCall(this, dueTime, action, state);
        lock (_gate)
            _calls.Add(call);
        call.Started = base.ScheduleAbsolute((call, state, action), dueTime, static (scheduler, work) =>
        {
            work.call.Forget();
            return work.action(scheduler, work.state);
        });
        return call;
    }

    /// <summary>Schedules what belongs to the simulation itself, and so is never left over by what is simulated.</summary>
    internal IDisposable ScheduleOwn(DateTimeOffset dueTime, Action action) =>
        base.ScheduleAbsolute(action, dueTime, static (_, run) =>
        {
            run();
            return System.Reactive.Disposables.Disposable.Empty;
        });

    /// <summary>Whether anything at all is still to run, the simulation's own included, and when.</summary>
    internal DateTimeOffset? NextDue => GetNext()?.DueTime;

    internal void Forget(ScheduledCall call)
    {
        lock (_gate)
            _calls.Remove(call);
    }

    // Unlike AdvanceTo it also runs what is due at this very instant, and stays usable when a call throws.
    private bool Run(DateTimeOffset end, Func<bool> condition)
    {
        if (_isRunning)
            throw new InvalidOperationException("Time is running already: what runs on virtual time can't let it run.");
        _isRunning = true;
        try
        {
            var steps = 0;
            while (!condition())
            {
                if (GetNext() is not { } next || next.DueTime > end)
                    return false;
                steps = next.DueTime > Clock ? 0 : steps + 1;
                if (steps > MaxStepsPerInstant)
                    throw new SimulationException($"Time stands still at {Elapsed}: {MaxStepsPerInstant} calls ran at this instant, and each brings another.");
                if (next.DueTime > Clock)
                    Clock = next.DueTime;
                next.Invoke();
            }
            return true;
        }
        finally
        {
            _isRunning = false;
        }
    }
}
