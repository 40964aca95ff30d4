using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Runtime;

public sealed class AlarmTableTests : IDisposable
{
    private readonly WatchedTime _time = new();
    private readonly AlarmTable _alarms;
    private readonly List<(string Name, double At)> _rang = [];

    public AlarmTableTests() => _alarms = new AlarmTable(_time, new Mailbox(error => throw error));

    public void Dispose() => _alarms.Dispose();

    [Fact]
    public void Alarms_ring_at_their_instants_in_whatever_order_they_were_set_with_one_call_scheduled()
    {
        foreach (var seconds in (double[])[5, 1, 3, 0.25])
            _alarms.Set(new Bell(this, $"{seconds}"), TimeSpan.FromSeconds(seconds));
        Assert.Equal((4, 1), (_alarms.Count, _time.Pending));
        _time.AdvanceBy(TimeSpan.FromSeconds(10));
        Assert.Equal([("0.25", 0.25), ("1", 1.0), ("3", 3.0), ("5", 5.0)], _rang);
        Assert.Equal((0, 0), (_alarms.Count, _time.Pending));
    }

    [Fact]
    public void One_that_is_stopped_does_not_ring_and_the_last_leaves_nothing_scheduled()
    {
        var (one, other) = (new Bell(this, "one"), new Bell(this, "other"));
        _alarms.Set(one, TimeSpan.FromSeconds(1));
        _alarms.Set(other, TimeSpan.FromSeconds(2));
        _alarms.Stop(one);
        _time.AdvanceBy(TimeSpan.FromSeconds(1.5));
        _alarms.Stop(other);
        Assert.Equal(0, _time.Pending);
        _time.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.Empty(_rang);
    }

    [Fact]
    public void One_that_is_set_anew_rings_at_the_new_instant_alone()
    {
        var bell = new Bell(this, "bell");
        _alarms.Set(bell, TimeSpan.FromSeconds(1));
        _alarms.Set(bell, TimeSpan.FromSeconds(4));
        _time.AdvanceBy(TimeSpan.FromSeconds(2));
        _alarms.Set(bell, TimeSpan.FromSeconds(1));
        _time.AdvanceBy(TimeSpan.FromSeconds(10));
        Assert.Equal([("bell", 3.0)], _rang);
    }

    [Fact]
    public void Nothing_rings_on_a_disposed_table()
    {
        var bell = new Bell(this, "bell");
        _alarms.Set(bell, TimeSpan.FromSeconds(1));
        _alarms.Dispose();
        _alarms.Set(bell, TimeSpan.FromSeconds(1));
        _time.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.Empty(_rang);
        Assert.Equal((0, 0, false), (_alarms.Count, _time.Pending, bell.IsSet));
    }

    [Fact]
    public void Whatever_is_set_and_stopped_each_alarm_rings_when_it_was_set_for_last() => Prop.ForAll<(byte Bell, byte Wait)[]>(orders =>
    {
        using var test = new AlarmTableTests();
        var bells = Enumerable.Range(0, 4).Select(number => new Bell(test, $"{number}")).ToArray();
        List<(string Name, double At)> expected = [];
        var due = new double?[4];
        var now = 0.0;
        foreach (var (which, wait) in orders)
        {
            var bell = which % 4;
            due[bell] = wait % 8 == 0 ? null : now + wait % 8;
            if (due[bell] is { } at)
                test._alarms.Set(bells[bell], TimeSpan.FromSeconds(at - now));
            else
                test._alarms.Stop(bells[bell]);
            now += 0.5 + wait % 3;
            test._time.AdvanceBy(TimeSpan.FromSeconds(0.5 + wait % 3));
            expected.AddRange(Enumerable.Range(0, 4).Where(one => due[one] <= now).OrderBy(one => due[one]).Select(one => ($"{one}", due[one]!.Value)));
            for (var one = 0; one < 4; one++)
                due[one] = due[one] <= now ? null : due[one];
        }
        return expected.Order().SequenceEqual(test._rang.Order()) && test._alarms.Count == due.Count(one => one is not null);
    }).QuickCheckThrowOnFailure();

    private sealed class Bell(AlarmTableTests test, string name) : Alarm
    {
        internal override void Ring() => test._rang.Add((name, test._time.Elapsed.TotalSeconds));
    }
}
