using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public class RequestPaceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly WatchedTime _time = new();
    private readonly List<(string Who, double Second)> _begun = [];

    [Fact]
    public void Turns_come_in_the_order_they_were_asked_for_and_no_two_closer_than_the_pace_allows()
    {
        var pace = PaceOf(4);
        foreach (var who in (string[])["a", "b", "c", "d", "e", "f"])
            Ask(pace, who);
        Assert.Equal(1, _time.Pending);
        _time.AdvanceBy(10 * Second);
        Ask(pace, "g");
        Assert.Equal([("a", 0), ("b", 0.25), ("c", 0.5), ("d", 0.75), ("e", 1), ("f", 1.25), ("g", 10)], _begun);
        Assert.Equal((0, 0), (pace.Waiting, _time.Pending));
    }

    [Fact]
    public void Whoever_cannot_wait_goes_before_the_others_in_an_order_of_their_own()
    {
        var pace = PaceOf(1);
        Ask(pace, "a");
        Ask(pace, "b");
        Ask(pace, "c");
        Ask(pace, "refresh 1", isUrgent: true);
        _time.AdvanceBy(1.5 * Second);
        Ask(pace, "refresh 2", isUrgent: true);
        Ask(pace, "refresh 3", isUrgent: true);
        _time.AdvanceBy(10 * Second);
        Assert.Equal([("a", 0), ("refresh 1", 1), ("refresh 2", 2), ("refresh 3", 3), ("b", 4), ("c", 5)], _begun);
    }

    [Fact]
    public void A_turn_that_is_given_up_is_the_next_ones_and_the_last_leaves_nothing_scheduled()
    {
        var pace = PaceOf(1);
        Ask(pace, "a");
        var given = Ask(pace, "b");
        var last = Ask(pace, "c");
        given.Dispose();
        given.Dispose();
        _time.AdvanceBy(Second);
        Ask(pace, "d").Dispose();
        last.Dispose();
        Assert.Equal([("a", 0), ("c", 1)], _begun);
        Assert.Equal((0, 0), (pace.Waiting, _time.Pending));
    }

    [Fact]
    public void However_turns_are_asked_for_and_given_up_no_second_has_more_than_the_pace_allows_and_nobody_is_forgotten() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Wait, bool IsUrgent, bool IsGivenUp)[]>(), steps =>
        {
            var (test, all) = (new RequestPaceTests(), 0);
            var pace = test.PaceOf(3);
            foreach (var (wait, isUrgent, isGivenUp) in steps)
            {
                var before = test._begun.Count;
                var turn = test.Ask(pace, $"{all}", isUrgent);
                if (isGivenUp && test._begun.Count == before)
                    turn.Dispose();
                else
                    all++;
                test._time.AdvanceBy(wait * Second / 256);
            }
            test._time.AdvanceBy(1000 * Second);
            Assert.Equal(all, test._begun.Count);
            Assert.All(test._begun.Zip(test._begun.Skip(1), (one, next) => next.Second - one.Second), gap => Assert.InRange(gap, 0.333, double.MaxValue));
            Assert.Equal(0, test._time.Pending);
        }).QuickCheckThrowOnFailure();

    private RequestPace PaceOf(int perSecond) => new(perSecond, new AlarmTable(_time, new Mailbox(error => throw error)));

    private IDisposable Ask(RequestPace pace, string who, bool isUrgent = false) => pace.Ask(isUrgent, () => _begun.Add((who, _time.Elapsed.TotalSeconds)));
}
