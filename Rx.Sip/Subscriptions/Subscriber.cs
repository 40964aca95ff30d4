using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Dialogs;
using Rx.Sip.Recovery;
using Rx.Sip.Runtime;
using Rx.Sip.Transactions;

namespace Rx.Sip.Subscriptions;

/// <summary>Watches the state of others (RFC 6665 §4.1): all subscriptions that share a protocol mailbox, with one outstanding timer for all.</summary>
internal sealed class Subscriber(DialogLayer dialogs, Mailbox mailbox, IScheduler scheduler, SipIdentifiers identifiers) : IDisposable
{
    private static readonly BackoffPolicy Recovery = new(BackoffPolicy.FlowRecovery.Initial, BackoffPolicy.FlowRecovery.Maximum)
    {
        IsTransient = static error => error is PostponedException,
        Floor = static error => ((PostponedException)error).End.Floor,
    };

    private readonly HashSet<SubscriptionRun> _runs = [];

    /// <summary>Subscriptions that are not over, those included that have taken leave and wait for the last NOTIFY.</summary>
    public int Count => _runs.Count;

    public DialogLayer Dialogs => dialogs;

    public Mailbox Mailbox => mailbox;

    public SipIdentifiers Identifiers => identifiers;

    public AlarmTable Alarms { get; } = new(scheduler, mailbox);

    public DateTimeOffset Now => scheduler.Now;

    /// <summary>
    /// Cold: each subscription watches by a SUBSCRIBE of its own, refreshes it in time, and makes a new one when it is lost: at once when it was
    /// moved or forgotten, later, as RFC 5626 §4.5 paces it and not before Retry-After, when it failed for now. Yields the notifications;
    /// an end that is final, a refusal or an event package that is not known there, is yielded too and completes it. Never errors. Disposing takes
    /// leave with <c>Expires: 0</c>. Speaks in the protocol mailbox.
    /// </summary>
    /// <param name="client">Where requests go.</param>
    /// <param name="watch">What to watch.</param>
    /// <param name="refresh">Hot: a refresh is due now, for example because our address has changed.</param>
    public IObservable<SubscriptionNews> Watch(IRequestClient client, WatchRequest watch, IObservable<Unit> refresh) =>
        Once(client, watch, refresh)
            .SelectMany(static news => news is SubscriptionNews.Ended { Cause: { Kind: SubscriptionEndKind.Postponed } end }
                ? Observable.Throw<SubscriptionNews>(new PostponedException(end))
                : Observable.Return(news))
            .Repeat()
            .TakeUntil(static news => news is SubscriptionNews.Ended { Cause.Kind: SubscriptionEndKind.Refused or SubscriptionEndKind.NotOffered })
            .Where(static news => news is not SubscriptionNews.Ended { Cause.Kind: SubscriptionEndKind.Renewable })
            .RetryWithBackoff(Recovery, identifiers.Fraction, scheduler);

    /// <summary>Lets go of all that goes through that client, and sends nothing: it does not send any more. In the mailbox.</summary>
    public void Forget(IRequestClient client)
    {
        foreach (var run in _runs.Where(run => run.Client == client).ToArray())
            run.Forget();
    }

    public void Add(SubscriptionRun run) => _runs.Add(run);

    public void Remove(SubscriptionRun run) => _runs.Remove(run);

    /// <summary>Stops every timer for good.</summary>
    public void Dispose() => Alarms.Dispose();

    private IObservable<SubscriptionNews> Once(IRequestClient client, WatchRequest watch, IObservable<Unit> refresh) => Observable.Create<SubscriptionNews>(observer =>
    {
        var run = new SubscriptionRun(this, client, watch, observer);
        mailbox.Post(run.Start);
        return StableCompositeDisposable.Create(
            refresh.Subscribe(_ => mailbox.Post(run.Refresh)),
            Disposable.Create(() => mailbox.Post(run.Abandon)));
    });

    private sealed class PostponedException(SubscriptionEnd end) : Exception(end.Reason)
    {
        public SubscriptionEnd End => end;
    }
}
