using System.Reactive.Concurrency;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>What is due now runs on the task pool, as in life; what is due later on virtual time, as the test lets it.</summary>
internal sealed class PooledPresent(HistoricalScheduler time) : IScheduler
{
    public DateTimeOffset Now => time.Now;

    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) =>
        TaskPoolScheduler.Default.Schedule(state, (_, given) => action(this, given));

    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) => time.Schedule(state, dueTime, action);

    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) => time.Schedule(state, dueTime, action);
}
