using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Rx.Sip.Tests.Doubles;

/// <summary>Virtual time that counts what is still scheduled, so that a test can assert that nothing is.</summary>
internal sealed class WatchedTime : IScheduler
{
    private readonly HistoricalScheduler _inner = new(DateTimeOffset.UnixEpoch);

    public DateTimeOffset Now => _inner.Now;

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Elapsed => Now - DateTimeOffset.UnixEpoch;

    /// <summary>Actions that are neither run nor cancelled.</summary>
    public int Pending { get; private set; }

    /// <summary>The longest time anything was ever scheduled ahead: real timers have an end.</summary>
    public TimeSpan LongestWait { get; private set; }

    public void AdvanceTo(TimeSpan elapsed) => _inner.AdvanceTo(DateTimeOffset.UnixEpoch + elapsed);

    public void AdvanceBy(TimeSpan time) => _inner.AdvanceBy(time);

    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) => Schedule(state, TimeSpan.Zero, action);

    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
        Schedule(state, dueTime - Now, action);

    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        var (over, isOver) = (new CompositeDisposable(), false);
        Pending++;
        LongestWait = dueTime > LongestWait ? dueTime : LongestWait;
        over.Add(Disposable.Create(End));
        over.Add(_inner.Schedule(state, dueTime, (_, given) =>
        {
            End();
            return action(this, given);
        }));
        return over;

        void End()
        {
            if (isOver)
                return;
            isOver = true;
            Pending--;
        }
    }
}
