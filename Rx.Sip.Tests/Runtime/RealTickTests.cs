using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using Rx.Sip.Runtime;
using Xunit;

namespace Rx.Sip.Tests.Runtime;

public class RealTickTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMicroseconds(100);

    [Fact]
    public void Timers_due_within_ten_milliseconds_of_real_time_share_a_wake_up()
    {
        var scheduler = new HandWound();
        using var table = new TimerTable(scheduler, new Mailbox(static error => throw error));
        var fired = new List<int>();
        foreach (var number in Enumerable.Range(0, 50))
        {
            table.Start(new Entry(() => fired.Add(number)), Second);
            scheduler.Elapsed += Moment;
        }

        scheduler.WakeAt(Second);
        Assert.Equal([0], fired);
        scheduler.WakeAt(Second + TimeSpan.FromMilliseconds(10));

        Assert.Equal(Enumerable.Range(0, 50), fired);
        Assert.Equal([Second, TimeSpan.FromMilliseconds(10)], scheduler.Waits);
    }

    private sealed class Entry(Action fire) : TimerEntry
    {
        internal override void Fire() => fire();
    }

    // Real by its type, and with a clock that the test turns.
    private sealed class HandWound : LocalScheduler, IStopwatch
    {
        private Action _next = static () => { };

        public TimeSpan Elapsed { get; set; }

        public List<TimeSpan> Waits { get; } = [];

        public void WakeAt(TimeSpan elapsed)
        {
            Elapsed = elapsed;
            _next();
        }

        public override IStopwatch StartStopwatch() => this;

        public override IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action)
        {
            Waits.Add(dueTime);
            _next = () => action(this, state);
            return Disposable.Empty;
        }
    }
}
