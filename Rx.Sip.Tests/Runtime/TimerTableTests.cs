using System.Reactive.Concurrency;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Runtime;

public sealed class TimerTableTests : IDisposable
{
    private readonly WatchedTime _time = new();
    private readonly List<string> _fired = [];
    private readonly Mailbox _mailbox = new(_ => { });
    private readonly TimerTable _table;

    public TimerTableTests() => _table = new TimerTable(_time, _mailbox);

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Timers_fire_at_their_instants_in_order()
    {
        var (a, b, c) = (Make("a"), Make("b"), Make("c"));
        _table.Start(a, Seconds(5));
        _table.Start(b, Seconds(1));
        _time.AdvanceBy(Seconds(2));
        _table.Start(c, Seconds(1));
        _table.Start(b, Seconds(5));
        _time.AdvanceBy(Seconds(100));

        Assert.Equal(["1 b", "3 c", "5 a", "7 b"], _fired);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void A_stopped_timer_does_not_fire_and_the_others_do()
    {
        var timers = Enumerable.Range(0, 5).Select(number => Make($"{number}")).ToList();
        foreach (var timer in timers)
            _table.Start(timer, Seconds(1));
        _table.Stop(timers[0]);
        _table.Stop(timers[2]);
        _table.Stop(timers[4]);
        _table.Stop(timers[4]);

        Assert.Equal(2, _table.Count);
        _time.AdvanceBy(Seconds(1));
        Assert.Equal(["1 1", "1 3"], _fired);
    }

    [Fact]
    public void A_timer_started_again_fires_once_at_the_later_instant()
    {
        var timer = Make("a");
        _table.Start(timer, Seconds(2));
        _time.AdvanceBy(Seconds(1));
        _table.Start(timer, Seconds(2));

        Assert.Equal(1, _table.Count);
        _time.AdvanceBy(Seconds(10));
        Assert.Equal(["3 a"], _fired);
    }

    [Fact]
    public void A_timer_may_be_stopped_by_one_that_fires_at_the_same_instant()
    {
        var victim = Make("victim");
        var killer = new Entry(() => _table.Stop(victim));
        _table.Start(killer, Seconds(1));
        _table.Start(victim, Seconds(1));
        _time.AdvanceBy(Seconds(1));

        Assert.Empty(_fired);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void A_timer_may_start_itself_again()
    {
        Entry? timer = null;
        timer = new Entry(() =>
        {
            _fired.Add($"{_time.Elapsed.TotalSeconds}");
            if (_fired.Count < 3)
                _table.Start(timer!, Seconds(1));
        });
        _table.Start(timer, Seconds(1));
        _time.AdvanceBy(Seconds(10));

        Assert.Equal(["1", "2", "3"], _fired);
    }

    [Fact]
    public void A_thousand_timers_of_one_duration_take_one_wake_up()
    {
        for (var i = 0; i < 1000; i++)
            _table.Start(Make("x"), Seconds(1));

        Assert.Equal(1, _time.Pending);
        _time.AdvanceBy(Seconds(1));
        Assert.Equal(1000, _fired.Count);
        Assert.Equal(0, _time.Pending);
    }

    [Fact]
    public void A_queue_without_timers_falls_asleep()
    {
        var timer = Make("x");
        for (var i = 0; i < 1000; i++)
        {
            _table.Start(timer, Seconds(1));
            _table.Stop(timer);
        }

        Assert.Equal(1, _time.Pending);
        _time.AdvanceBy(Seconds(1));
        Assert.Equal(0, _time.Pending);
        Assert.Empty(_fired);
    }

    [Fact]
    public void A_timer_that_throws_does_not_keep_the_others_from_firing()
    {
        _table.Start(new Entry(() => throw new InvalidOperationException()), Seconds(1));
        _table.Start(Make("a"), Seconds(1));
        _time.AdvanceBy(Seconds(1));

        Assert.Equal(["1 a"], _fired);
    }

    [Fact]
    public void Timers_fire_inside_the_mailbox()
    {
        _table.Start(Make("a"), Seconds(1));
        _mailbox.Post(() =>
        {
            _time.AdvanceBy(Seconds(1));
            Assert.Empty(_fired);
        });

        Assert.Equal(["1 a"], _fired);
    }

    [Fact]
    public void A_timer_stopped_while_its_wake_up_waits_for_the_mailbox_does_not_fire()
    {
        var timer = Make("a");
        _table.Start(timer, Seconds(1));
        _mailbox.Post(() =>
        {
            _time.AdvanceBy(Seconds(1));
            _table.Stop(timer);
        });

        Assert.Empty(_fired);
    }

    [Fact]
    public void Disposing_stops_everything_for_good()
    {
        var (a, b) = (Make("a"), Make("b"));
        _table.Start(a, Seconds(1));
        _table.Start(b, Seconds(2));
        _table.Dispose();
        _table.Start(a, Seconds(1));

        Assert.Equal((0, 0), (_table.Count, _time.Pending));
        _time.AdvanceBy(Seconds(10));
        Assert.Empty(_fired);
        Assert.False(a.IsPending || b.IsPending);
    }

    [Fact]
    public void Disposing_while_timers_fire_stops_the_rest()
    {
        _table.Start(new Entry(_table.Dispose), Seconds(1));
        _table.Start(Make("a"), Seconds(1));
        _time.AdvanceBy(Seconds(10));

        Assert.Empty(_fired);
        Assert.Equal((0, 0), (_table.Count, _time.Pending));
    }

    [Fact]
    public void Any_sequence_of_starts_stops_and_waits_fires_what_a_plain_list_of_instants_would() =>
        Prop.ForAll<(int Timer, int What)[]>(steps => Model.Agrees(steps)).QuickCheckThrowOnFailure();

    private Entry Make(string name) => new(() => _fired.Add(FormattableString.Invariant($"{_time.Elapsed.TotalSeconds} {name}")));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private sealed class Entry(Action fire) : TimerEntry
    {
        internal override void Fire() => fire();
    }

    private static class Model
    {
        public static bool Agrees((int Timer, int What)[] steps)
        {
            var time = new HistoricalScheduler(DateTimeOffset.UnixEpoch);
            var table = new TimerTable(time, new Mailbox(_ => { }));
            var (due, expected, actual) = (new TimeSpan?[4], new List<(TimeSpan, int)>(), new List<(TimeSpan, int)>());
            var entries = Enumerable.Range(0, 4).Select(i => new Entry(() => actual.Add((time.Now - DateTimeOffset.UnixEpoch, i)))).ToList();
            foreach (var (timer, what) in steps)
            {
                var (i, now) = ((timer & int.MaxValue) % 4, time.Now - DateTimeOffset.UnixEpoch);
                switch ((what & int.MaxValue) % 5)
                {
                    case 0:
                        due[i] = null;
                        table.Stop(entries[i]);
                        break;
                    case 1:
                        expected.AddRange(due.Select((instant, j) => (instant, j)).Where(one => one.instant <= now + Seconds(2)).Select(one => (one.instant!.Value, one.j)));
                        due = [.. due.Select(instant => instant <= now + Seconds(2) ? null : instant)];
                        time.AdvanceBy(Seconds(2));
                        break;
                    case var duration:
                        due[i] = now + Seconds(duration - 1);
                        table.Start(entries[i], Seconds(duration - 1));
                        break;
                }
            }
            return table.Count == due.Count(instant => instant is not null) && expected.Order().SequenceEqual(actual.Order());
        }
    }
}
