using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;

namespace Rx.Sip.Transactions;

/// <summary>Gives turns, no more than so many a second, in the order in which they are asked for. Safe from any thread.</summary>
internal sealed class RequestPace(int perSecond, IScheduler scheduler)
{
    private readonly IStopwatch _stopwatch = scheduler.StartStopwatch();
    private readonly long _interval = TimeSpan.TicksPerSecond / perSecond;
    private readonly Lock _gate = new();
    private long _next;

    /// <summary>Cold: yields when the turn of this subscription has come, and completes; on the spot, or on the scheduler. One that is given up is nobody else's.</summary>
    public IObservable<Unit> Turn() => Observable.Defer(() =>
    {
        var wait = Reserve();
        return wait <= TimeSpan.Zero ? Observable.Return(Unit.Default) : Observable.Timer(wait, scheduler).Select(static _ => Unit.Default);
    });

    private TimeSpan Reserve()
    {
        lock (_gate)
        {
            var now = _stopwatch.Elapsed.Ticks;
            var turn = Math.Max(now, _next);
            _next = turn + _interval;
            return TimeSpan.FromTicks(turn - now);
        }
    }
}
