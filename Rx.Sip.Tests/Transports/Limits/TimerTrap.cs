using System.Reactive.Concurrency;
using Xunit;

namespace Rx.Sip.Tests.Transports.Limits;

/// <summary>A clock that stands still and keeps what was scheduled, from any thread, until the test runs it.</summary>
internal sealed class TimerTrap : IScheduler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly List<Trapped> _timers = [];

    public DateTimeOffset Now { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Timers that are not disposed.</summary>
    public int Left
    {
        get
        {
            lock (_gate)
                return _timers.Count(timer => !timer.IsDisposed && timer.After > TimeSpan.Zero);
        }
    }

    /// <summary>The timer that is left, waiting until there is one that stays: a write that was only just too large does not count.</summary>
    public Trapped NextLeft()
    {
        Trapped? seen = null;
        Assert.True(SpinWait.SpinUntil(() =>
        {
            var last = seen;
            lock (_gate)
                seen = _timers.LastOrDefault(timer => !timer.IsDisposed);
            Thread.Yield();
            return seen is not null && seen == last && seen.HasStayed;
        }, Patience), "Nobody set a timer.");
        return seen!;
    }

    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) => Schedule(state, TimeSpan.Zero, action);

    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) => Schedule(state, dueTime - Now, action);

    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        var timer = new Trapped(dueTime, () => action(this, state));
        lock (_gate)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>One thing that was scheduled.</summary>
    internal sealed class Trapped(TimeSpan after, Action run) : IDisposable
    {
        private int _looks;

        public TimeSpan After => after;

        public bool IsDisposed { get; private set; }

        /// <summary>Whether it was there at many looks in a row.</summary>
        public bool HasStayed => ++_looks > 100;

        public void Run() => run();

        public void Dispose() => IsDisposed = true;
    }
}
