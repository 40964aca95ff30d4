using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;

namespace Rx.Sip.Recovery;

/// <summary>
/// What keeps a registration alive, as operators for anything that has to be kept alive. Time is the scheduler's, randomness the caller's (a
/// <see cref="Runtime.SipIdentifiers"/> has <see cref="Runtime.SipIdentifiers.Fraction"/>), so that a test plays months in an instant and always the same.
/// </summary>
public static class RecoveryOperators
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// The same values, but a failure is followed by another subscription after a wait that grows with the failures in a row; a value ends
    /// the row. Cold; completes with the source, errors with a failure that is not transient or one too many, as the policy says. Values come as
    /// the source gives them; the source is subscribed to first where the caller is, then on the scheduler. Disposing ends the try or the wait.
    /// </summary>
    /// <param name="source">A cold source: each subscription is a try.</param>
    /// <param name="policy">How long to wait, and for what not at all.</param>
    /// <param name="random">Gives numbers from 0 up to 1.</param>
    /// <param name="scheduler">Whose time is waited on.</param>
    public static IObservable<T> RetryWithBackoff<T>(this IObservable<T> source, BackoffPolicy policy, Func<double> random, IScheduler scheduler) =>
        source.RetryWithBackoff(policy, random, scheduler, Observer.Create<RetryWait>(static _ => { }));

    /// <summary>The same, and each wait is told to an observer when it begins, so that nobody has to guess what is going on. It is told nothing else.</summary>
    /// <param name="source">A cold source: each subscription is a try.</param>
    /// <param name="policy">How long to wait, and for what not at all.</param>
    /// <param name="random">Gives numbers from 0 up to 1.</param>
    /// <param name="scheduler">Whose time is waited on.</param>
    /// <param name="waits">Who is told of the waits, where the failure came from.</param>
    public static IObservable<T> RetryWithBackoff<T>(
        this IObservable<T> source, BackoffPolicy policy, Func<double> random, IScheduler scheduler, IObserver<RetryWait> waits)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(waits);
        return Observable.Defer(() =>
        {
            var failures = 0;
            return source.Do(_ => failures = 0).RetryWhen(errors => errors.Select(error =>
            {
                if (failures >= policy.MaxRetries || !policy.IsTransient(error))
                    return Observable.Throw<long>(error);
                var wait = Longer(policy.Delay(failures++, random()), policy.Floor(error));
                waits.OnNext(new RetryWait(scheduler.Now + wait, failures + 1, error));
                return Observable.Timer(wait, scheduler);
            }).Concat());
        });
    }

    /// <summary>
    /// Holds on to something that is granted for a time: takes the source's first value, and before its time is over subscribes again for the next, for
    /// as long as it is subscribed to. Yields each grant. Cold; completes when the source completes without a value, errors as the source
    /// does (see <see cref="RetryWithBackoff{T}(IObservable{T}, BackoffPolicy, Func{double}, IScheduler)"/>). Renews never more often than once a second nor
    /// less than once a day. Values come as the source gives them; later subscriptions are made on the scheduler. Disposing ends the wait or the asking and gives nothing back.
    /// </summary>
    /// <param name="source">A cold source: each subscription asks once.</param>
    /// <param name="lifetime">How long a grant holds.</param>
    /// <param name="earliest">The earliest share of the lifetime at which it is renewed; above 0, for example 0.5.</param>
    /// <param name="latest">The latest share; from <paramref name="earliest"/> to below 1, for example 0.9.</param>
    /// <param name="random">Gives numbers from 0 up to 1: where between the two.</param>
    /// <param name="scheduler">Whose time is waited on.</param>
    public static IObservable<T> RefreshBefore<T>(
        this IObservable<T> source, Func<T, TimeSpan> lifetime, double earliest, double latest, Func<double> random, IScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(lifetime);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(scheduler);
        // Written so that no number that is none passes.
        if (!(earliest > 0 && earliest <= latest && latest < 1))
            throw new ArgumentOutOfRangeException(nameof(earliest), $"0 < {earliest} <= {latest} < 1 does not hold.");
        return source.Take(1).Select(static grant => new Granted<T>(grant)).DefaultIfEmpty()
            .SelectMany(grant => grant is null
                ? Observable.Return(grant)
                : Observable.Timer(Wait(lifetime(grant.Value), earliest + random() * (latest - earliest)), scheduler)
                    .IgnoreElements().Select(_ => grant).StartWith(grant))
            .Repeat()
            .TakeWhile(grant => grant is not null)
            .Select(grant => grant!.Value);
    }

    /// <summary>
    /// Subscribes to the source only while it is not paused: a pause disposes the subscription, its end makes a new one. Until the signal says
    /// something there is no pause; when it completes or fails its last word holds. Cold; completes and errors with the source; speaks
    /// as the source does. For a network that comes and goes: <c>source.PauseWhile(available.Select(isThere => !isThere))</c>.
    /// </summary>
    /// <param name="source">A cold source.</param>
    /// <param name="paused">Whether there is a pause, from now on.</param>
    public static IObservable<T> PauseWhile<T>(this IObservable<T> source, IObservable<bool> paused)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(paused);
        return Observable.Defer(() =>
        {
            var isSaid = false;
            // What the signal says on the spot comes first: nothing begins in a pause, be it for an instant.
            return paused.Do(_ => isSaid = true).Catch(Observable.Empty<bool>())
                .Merge(Observable.Defer(() => isSaid ? Observable.Empty<bool>() : Observable.Return(false)))
                .DistinctUntilChanged()
                .Select(isPaused => isPaused ? Observable.Never<Notification<T>>() : source.Materialize())
                .Switch()
                .Dematerialize();
        });
    }

    /// <summary>
    /// Subscribes to the source after a wait of chance within the window, so that many that begin together don't. Cold; completes and errors with the
    /// source; the source is subscribed to on the scheduler.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="window">The longest wait; zero or above.</param>
    /// <param name="random">Gives numbers from 0 up to 1.</param>
    /// <param name="scheduler">Whose time is waited on.</param>
    public static IObservable<T> SpreadOver<T>(this IObservable<T> source, TimeSpan window, Func<double> random, IScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, TimeSpan.Zero);
        return Observable.Defer(() => source.DelaySubscription(window * random(), scheduler));
    }

    /// <summary>
    /// The same values in the same order, but never two closer than the interval: what comes too early waits, however much it is. Cold; completes one
    /// interval behind the last value, errors with the source behind the values before. A value that need not wait comes where the source gives it,
    /// others on the scheduler. To begin with ten a second: <c>endpoints.ToObservable().Pace(second / 10, scheduler).SelectMany(one => one.Establish())</c>.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="interval">The least time between two values; above zero.</param>
    /// <param name="scheduler">Whose time is waited on.</param>
    public static IObservable<T> Pace<T>(this IObservable<T> source, TimeSpan interval, IScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return source.Select(value => Observable.Timer(interval, scheduler).IgnoreElements().Select(_ => value).StartWith(value)).Concat();
    }

    private static TimeSpan Wait(TimeSpan lifetime, double share)
    {
        var wait = lifetime * share;
        return wait < Shortest ? Shortest : wait > Longest ? Longest : wait;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed record Granted<T>(T Value);
}
