using System.Reactive;
using System.Reactive.Linq;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Reactive.Testing;
using Rx.Sip.Recovery;
using Rx.Sip.Runtime;
using Xunit;

namespace Rx.Sip.Tests.Recovery;

/// <summary>Times are seconds; subscribed to at 2. Values, ends and subscriptions are asserted to the tick.</summary>
public class RecoveryOperatorsTests : ReactiveTest
{
    private static readonly BackoffPolicy Doubling = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(16));
    private static readonly InvalidOperationException Failure = new("broken");

    private readonly TestScheduler _time = new();

    [Fact]
    public void Waits_double_up_to_their_bound_and_each_try_is_subscribed_to_at_its_very_instant()
    {
        var source = _time.CreateColdObservable(OnError<char>(At(1), Failure));

        var result = Start(() => source.RetryWithBackoff(Doubling, () => 1, _time), until: 60);

        // 4, 8, 16, 16 after each failure, which takes one second.
        Assert.Equal([Subscribe(At(2), At(3)), Subscribe(At(7), At(8)), Subscribe(At(16), At(17)), Subscribe(At(33), At(34)), Subscribe(At(50), At(51))], source.Subscriptions);
        Assert.Empty(result.Messages);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(0.5, 6)]
    [InlineData(1, 7)]
    public void Chance_takes_up_to_half_of_a_wait(double random, double second)
    {
        var source = _time.CreateColdObservable(OnError<char>(At(1), Failure));

        Start(() => source.RetryWithBackoff(Doubling, () => random, _time), until: 7.5);

        Assert.Equal(At(second), source.Subscriptions[1].Subscribe);
    }

    [Fact]
    public void A_value_ends_the_row_of_failures()
    {
        var source = _time.CreateColdObservable(OnNext(At(1), 'a'), OnError<char>(At(2), Failure));

        var result = Start(() => source.RetryWithBackoff(Doubling, () => 1, _time), until: 20);

        Assert.Equal([Subscribe(At(2), At(4)), Subscribe(At(8), At(10)), Subscribe(At(14), At(16))], source.Subscriptions);
        Assert.Equal<Recorded<Notification<char>>>([OnNext(At(3), 'a'), OnNext(At(9), 'a'), OnNext(At(15), 'a')], result.Messages);
    }

    [Fact]
    public void It_completes_with_the_source()
    {
        var source = _time.CreateColdObservable(OnNext(At(1), 'a'), OnCompleted<char>(At(3)));

        var result = Start(() => source.RetryWithBackoff(Doubling, () => 1, _time), until: 20);

        Assert.Equal<Recorded<Notification<char>>>([OnNext(At(3), 'a'), OnCompleted<char>(At(5))], result.Messages);
        Assert.Equal([Subscribe(At(2), At(5))], source.Subscriptions);
    }

    [Fact]
    public void One_failure_too_many_is_an_error()
    {
        var source = _time.CreateColdObservable(OnError<char>(At(1), Failure));

        var result = Start(() => source.RetryWithBackoff(Doubling with { MaxRetries = 2 }, () => 1, _time), until: 60);

        Assert.Equal<Recorded<Notification<char>>>([OnError<char>(At(17), Failure)], result.Messages);
        Assert.Equal(3, source.Subscriptions.Count);
    }

    [Fact]
    public void What_does_not_get_better_is_an_error_at_once_and_a_floor_is_kept_to()
    {
        var source = _time.CreateColdObservable(OnError<char>(At(1), Failure));

        var final = Start(() => source.RetryWithBackoff(Doubling with { IsTransient = error => error is TimeoutException }, () => 1, _time), until: 60);
        Assert.Equal<Recorded<Notification<char>>>([OnError<char>(At(3), Failure)], final.Messages);

        var time = new TestScheduler();
        var again = time.CreateColdObservable(OnError<char>(At(1), Failure));
        time.Start(() => again.RetryWithBackoff(Doubling with { Floor = _ => TimeSpan.FromSeconds(10) }, () => 0, time), At(1), At(2), At(20));
        Assert.Equal([Subscribe(At(2), At(3)), Subscribe(At(13), At(14))], again.Subscriptions);
    }

    [Fact]
    public void Disposing_in_a_wait_leaves_nothing_that_would_try_again()
    {
        var source = _time.CreateColdObservable(OnError<char>(At(1), Failure));

        Start(() => source.RetryWithBackoff(Doubling, () => 1, _time), until: 5);
        _time.AdvanceTo(At(100));

        Assert.Equal([Subscribe(At(2), At(3))], source.Subscriptions);
    }

    [Fact]
    public void Every_wait_is_told_with_its_instant_number_and_cause()
    {
        var source = _time.CreateColdObservable(OnError<char>(At(1), Failure));
        var waits = new List<RetryWait>();

        Start(() => source.RetryWithBackoff(Doubling, () => 1, _time, Observer.Create<RetryWait>(waits.Add)), until: 20);

        Assert.Equal([(At(7), 2), (At(16), 3), (At(33), 4)], waits.Select(wait => (wait.Due.Ticks, wait.Attempt)));
        Assert.All(waits, wait => Assert.Same(Failure, wait.Cause));
    }

    [Fact]
    public void Each_subscription_has_a_row_of_its_own()
    {
        var source = _time.CreateColdObservable(OnError<char>(At(1), Failure));
        var retried = source.RetryWithBackoff(Doubling, () => 1, _time);
        var first = retried.Subscribe(_ => { });
        _time.ScheduleAbsolute(first, At(20), static (_, one) =>
        {
            one.Dispose();
            return one;
        });
        Start(() => retried, until: 20);

        // From 0: 1+4, 6+8; from 2: 3+4, 8+8.
        Assert.Equal([0, 2, 5, 7, 14, 16], source.Subscriptions.Select(one => one.Subscribe / TimeSpan.TicksPerSecond));
    }

    [Fact]
    public void A_grant_is_renewed_between_the_two_shares_of_its_lifetime_and_asked_for_once_each_time()
    {
        var source = _time.CreateColdObservable(OnNext(At(1), 100), OnNext(At(2), 7));

        var result = Start(() => source.RefreshBefore(seconds => TimeSpan.FromSeconds(seconds), 0.5, 0.9, () => 0.5, _time), until: 200);

        Assert.Equal([Subscribe(At(2), At(3)), Subscribe(At(73), At(74)), Subscribe(At(144), At(145))], source.Subscriptions);
        Assert.Equal<Recorded<Notification<int>>>([OnNext(At(3), 100), OnNext(At(74), 100), OnNext(At(145), 100)], result.Messages);
    }

    [Fact]
    public void What_is_granted_for_nothing_is_asked_for_once_a_second_and_what_is_granted_for_years_once_a_day()
    {
        var source = _time.CreateColdObservable(OnNext(At(1), 0));
        Start(() => source.RefreshBefore(_ => TimeSpan.Zero, 0.5, 0.9, () => 0.5, _time), until: 10);
        Assert.Equal([2, 4, 6, 8], source.Subscriptions.Select(one => one.Subscribe / TimeSpan.TicksPerSecond));

        var time = new TestScheduler();
        var long_ = time.CreateColdObservable(OnNext(At(1), 0));
        time.Start(() => long_.RefreshBefore(_ => TimeSpan.MaxValue, 0.5, 0.9, () => 0.5, time), At(1), At(2), At(200_000));
        Assert.Equal([2, 86_403, 172_804], long_.Subscriptions.Select(one => one.Subscribe / TimeSpan.TicksPerSecond));
    }

    [Fact]
    public void Who_grants_nothing_any_more_ends_it_and_a_failure_is_an_error()
    {
        var empty = _time.CreateColdObservable(OnCompleted<int>(At(1)));
        Assert.Equal<Recorded<Notification<int>>>(
            [OnCompleted<int>(At(3))], Start(() => empty.RefreshBefore(_ => TimeSpan.Zero, 0.5, 0.9, () => 0, _time), until: 10).Messages);

        var time = new TestScheduler();
        var failing = time.CreateColdObservable(OnError<int>(At(1), Failure));
        var result = time.Start(() => failing.RefreshBefore(_ => TimeSpan.Zero, 0.5, 0.9, () => 0, time), At(1), At(2), At(20));
        Assert.Equal<Recorded<Notification<int>>>([OnError<int>(At(3), Failure)], result.Messages);
    }

    [Fact]
    public void Together_they_hold_on_to_a_grant_through_failures()
    {
        var tries = 0;
        var source = Observable.Defer(() => ++tries == 2 ? Observable.Throw<int>(Failure) : Observable.Return(100));

        var result = Start(
            () => source.RetryWithBackoff(Doubling, () => 1, _time).RefreshBefore(seconds => TimeSpan.FromSeconds(seconds), 0.8, 0.8, () => 0, _time), until: 200);

        // At 82 the second try fails, at 86 the third does not.
        Assert.Equal([2, 86, 166], result.Messages.Select(message => message.Time / TimeSpan.TicksPerSecond));
    }

    [Fact]
    public void Refreshing_for_ever_does_not_grow()
    {
        var granted = 0;
        _time.Start(() => Observable.Return(1).RefreshBefore(_ => TimeSpan.Zero, 0.5, 0.9, () => 0, _time).Do(_ => granted++).IgnoreElements(), At(1), At(2), At(50_000));
        Assert.Equal(49_998, granted);
    }

    [Fact]
    public void A_pause_ends_the_subscription_and_its_end_makes_a_new_one()
    {
        var source = _time.CreateColdObservable(OnNext(At(1), 'a'), OnNext(At(5), 'b'), OnCompleted<char>(At(20)));
        var paused = _time.CreateHotObservable(OnNext(At(4), true), OnNext(At(5), true), OnNext(At(10), false), OnCompleted<bool>(At(12)));

        var result = Start(() => source.PauseWhile(paused), until: 100);

        Assert.Equal([Subscribe(At(2), At(4)), Subscribe(At(10), At(30))], source.Subscriptions);
        Assert.Equal<Recorded<Notification<char>>>([OnNext(At(3), 'a'), OnNext(At(11), 'a'), OnNext(At(15), 'b'), OnCompleted<char>(At(30))], result.Messages);
        Assert.Equal([Subscribe(At(2), At(12))], paused.Subscriptions);
    }

    [Fact]
    public void What_is_paused_from_the_beginning_does_not_begin_for_an_instant()
    {
        var source = _time.CreateColdObservable(OnNext(At(1), 'a'));

        Start(() => source.PauseWhile(Observable.Return(true).Concat(Observable.Timer(TimeSpan.FromSeconds(8), _time).Select(_ => false))), until: 50);

        Assert.Equal([Subscribe(At(10), At(50))], source.Subscriptions);
    }

    [Fact]
    public void A_signal_that_fails_keeps_its_last_word_and_disposing_leaves_it()
    {
        var source = _time.CreateColdObservable(OnNext(At(1), 'a'));
        var paused = _time.CreateHotObservable(OnNext(At(4), false), OnError<bool>(At(5), Failure));
        var silent = _time.CreateHotObservable<bool>();

        var result = Start(() => source.PauseWhile(paused).Merge(source.PauseWhile(silent)), until: 9);

        Assert.Equal([Subscribe(At(2), At(9)), Subscribe(At(2), At(9))], source.Subscriptions);
        Assert.Equal([Subscribe(At(2), At(9))], silent.Subscriptions);
        Assert.DoesNotContain(result.Messages, message => message.Value.Kind == NotificationKind.OnError);
    }

    [Fact]
    public void An_error_of_what_is_paused_passes()
    {
        var source = _time.CreateColdObservable(OnError<char>(At(1), Failure));

        Assert.Equal<Recorded<Notification<char>>>([OnError<char>(At(3), Failure)], Start(() => source.PauseWhile(Observable.Never<bool>()), until: 9).Messages);
    }

    [Fact]
    public void Many_that_begin_together_are_spread_over_the_window()
    {
        var source = _time.CreateColdObservable(OnCompleted<char>(At(1)));

        Start(() => source.SpreadOver(TimeSpan.FromSeconds(40), () => 0.25, _time), until: 50);

        Assert.Equal([Subscribe(At(12), At(13))], source.Subscriptions);
    }

    [Fact]
    public void What_comes_too_early_waits_for_its_turn_and_what_comes_late_does_not()
    {
        var source = _time.CreateHotObservable(OnNext(At(3), 'a'), OnNext(At(3), 'b'), OnNext(At(4), 'c'), OnNext(At(30), 'd'), OnCompleted<char>(At(31)));

        var result = Start(() => source.Pace(TimeSpan.FromSeconds(5), _time), until: 100);

        Assert.Equal<Recorded<Notification<char>>>([OnNext(At(3), 'a'), OnNext(At(8), 'b'), OnNext(At(13), 'c'), OnNext(At(30), 'd'), OnCompleted<char>(At(35))], result.Messages);
        Assert.Equal([Subscribe(At(2), At(31))], source.Subscriptions);
    }

    [Fact]
    public void Paced_nothing_is_lost_and_no_two_are_closer_than_the_interval() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var (time, random, number) = (new TestScheduler(), new SipIdentifiers(seed), 0);
            var instants = Enumerable.Range(0, 50).Select(_ => At(3 + random.Fraction() * 100)).Order().ToList();
            var source = time.CreateHotObservable([.. instants.Select(instant => OnNext(instant, number++))]);
            var result = time.Start(() => source.Pace(TimeSpan.FromSeconds(1), time), At(1), At(2), At(1000)).Messages;
            return result.Select(message => message.Value.Value).SequenceEqual(Enumerable.Range(0, 50))
                && result.Zip(result.Skip(1), (one, next) => next.Time - one.Time).All(gap => gap >= At(1))
                && result.Zip(instants).All(pair => pair.First.Time >= pair.Second);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0.9)]
    [InlineData(0.9, 0.5)]
    [InlineData(0.5, 1)]
    [InlineData(double.NaN, 0.9)]
    [InlineData(0.5, double.NaN)]
    public void Shares_that_make_no_sense_are_refused(double earliest, double latest) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Observable.Return(1).RefreshBefore(_ => TimeSpan.Zero, earliest, latest, () => 0, _time));

    private static long At(double seconds) => (long)(seconds * TimeSpan.TicksPerSecond);

    private ITestableObserver<T> Start<T>(Func<IObservable<T>> create, double until) => _time.Start(create, At(1), At(2), At(until));
}
