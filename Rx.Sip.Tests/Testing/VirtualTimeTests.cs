using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class VirtualTimeTests
{
    [Fact]
    public void What_is_due_now_runs_even_when_no_time_goes_by()
    {
        var (time, ran) = (new VirtualTime(), 0);
        time.Schedule(() => ran++);

        time.RunFor(TimeSpan.Zero);

        Assert.Equal(1, ran);
    }

    [Fact]
    public void What_is_due_at_one_instant_runs_in_the_order_of_scheduling()
    {
        var (time, ran) = (new VirtualTime(), new List<int>());
        foreach (var number in Enumerable.Range(0, 100))
            time.Schedule(TimeSpan.FromSeconds(1), () => ran.Add(number));

        time.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(Enumerable.Range(0, 100), ran);
    }

    [Fact]
    public void The_clock_shows_the_instant_of_each_call_and_the_end_afterwards()
    {
        var (time, seen) = (new VirtualTime(), new List<TimeSpan>());
        time.Schedule(TimeSpan.FromSeconds(2), () => seen.Add(time.Elapsed));
        time.Schedule(TimeSpan.FromDays(30), () => seen.Add(time.Elapsed));

        time.RunFor(TimeSpan.FromDays(31));

        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromDays(30)], seen);
        Assert.Equal(TimeSpan.FromDays(31), time.Elapsed);
    }

    [Fact]
    public void Running_until_something_stops_at_that_instant()
    {
        var (time, ran) = (new VirtualTime(), 0);
        using var ticking = Observable.Interval(TimeSpan.FromSeconds(1), time).Subscribe(_ => ran++);

        Assert.True(time.RunUntil(() => ran == 5, TimeSpan.FromMinutes(1)));
        Assert.Equal(TimeSpan.FromSeconds(5), time.Elapsed);
        Assert.False(time.RunUntil(() => ran == 500, TimeSpan.FromMinutes(1)));
        Assert.Equal(TimeSpan.FromSeconds(65), time.Elapsed);
    }

    [Fact]
    public void What_is_scheduled_is_counted_until_it_runs_or_is_cancelled()
    {
        var time = new VirtualTime();
        var cancelled = time.Schedule(TimeSpan.FromSeconds(1), () => { });
        time.Schedule(TimeSpan.FromSeconds(2), () => { });

        Assert.Equal(2, time.PendingCount);
        cancelled.Dispose();
        Assert.Equal(1, time.PendingCount);
        time.RunFor(TimeSpan.FromSeconds(2));
        Assert.Equal(0, time.PendingCount);
    }

    [Fact]
    public void What_is_scheduled_says_when_it_is_due_and_whose_it_is()
    {
        var time = new VirtualTime();
        time.Schedule(TimeSpan.FromSeconds(3), () => { });
        using var ticking = Observable.Timer(TimeSpan.FromSeconds(1), time).Subscribe();

        Assert.Equal(2, time.Pending.Count);
        Assert.StartsWith("due in 00:00:01: ", time.Pending[0], StringComparison.Ordinal);
        Assert.Contains(nameof(VirtualTimeTests), time.Pending[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Whose_timer_an_operator_is_can_be_remembered()
    {
        var time = new VirtualTime { RemembersCallers = true };
        using var ticking = Observable.Timer(TimeSpan.FromSeconds(1), time).Subscribe();

        Assert.EndsWith($" scheduled by {typeof(VirtualTimeTests)}.{nameof(Whose_timer_an_operator_is_can_be_remembered)}", Assert.Single(time.Pending), StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_throws_throws_at_the_test_and_time_goes_on()
    {
        var (time, ran) = (new VirtualTime(), false);
        time.Schedule(TimeSpan.FromSeconds(1), () => throw new InvalidOperationException("no"));
        time.Schedule(TimeSpan.FromSeconds(2), () => ran = true);

        Assert.Throws<InvalidOperationException>(() => time.RunFor(TimeSpan.FromSeconds(5)));
        time.RunFor(TimeSpan.FromSeconds(5));

        Assert.True(ran);
    }

    [Fact]
    public void Calls_that_bring_each_other_without_end_are_stopped()
    {
        var time = new VirtualTime();
        time.Schedule(Again);

        var stuck = Assert.Throws<SimulationException>(() => time.RunFor(TimeSpan.FromSeconds(1)));

        Assert.Contains("stands still at 00:00:00", stuck.Message, StringComparison.Ordinal);

        void Again() => time.Schedule(Again);
    }

    [Fact]
    public void What_runs_on_virtual_time_cannot_let_it_run()
    {
        var time = new VirtualTime();
        time.Schedule(() => time.RunFor(TimeSpan.FromSeconds(1)));

        Assert.Throws<InvalidOperationException>(() => time.RunFor(TimeSpan.Zero));
    }
}
