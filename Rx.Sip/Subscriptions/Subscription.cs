using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Runtime;
using static Rx.Sip.Subscriptions.SubscriptionPhase;

namespace Rx.Sip.Subscriptions;

/// <summary>
/// A subscription at its subscriber, RFC 6665 §4.1.2 (figure 1). Pure: it is told what happened, when, and a random number, and says
/// what is to be done. Its time is what was granted: a NOTIFY may shorten it, and lengthen it, but never puts a refresh off.
/// </summary>
/// <param name="Asked">The time to ask for.</param>
/// <param name="Timeout">Timer N: 64·T1.</param>
internal sealed record Subscription(TimeSpan Asked, TimeSpan Timeout)
{
    private const double EarliestRefresh = 0.5;
    private const double LatestRefresh = 0.9;

    public SubscriptionPhase Phase { get; private init; }

    /// <summary>When it runs out; <see cref="DateTimeOffset.MaxValue"/> as long as nothing is granted.</summary>
    public DateTimeOffset Until { get; private init; } = DateTimeOffset.MaxValue;

    /// <summary>The next instant it wants to be told of; <see cref="DateTimeOffset.MaxValue"/> when there is none: an answer that is due always comes.</summary>
    public DateTimeOffset NextInstant =>
        IsAsking || Phase == Terminated ? DateTimeOffset.MaxValue : Earlier(Until, Earlier(RefreshAt, NotifyBy));

    private bool IsAsking { get; init; }

    private bool IsLeaving { get; init; }

    /// <summary>Whether the SUBSCRIBE sent last is the one that takes leave.</summary>
    private bool IsLeaveSent { get; init; }

    private bool IsBriefTried { get; init; }

    /// <summary>Whether the answer that is due is too old to bring what is wanted.</summary>
    private bool IsRefreshWanted { get; init; }

    private int Failures { get; init; }

    private DateTimeOffset Since { get; init; }

    private DateTimeOffset RefreshAt { get; init; } = DateTimeOffset.MaxValue;

    // Timer N. It runs from the success and not from the SUBSCRIBE, which may wait for its turn or be challenged first.
    private DateTimeOffset NotifyBy { get; init; } = DateTimeOffset.MaxValue;

    private DateTimeOffset NotBefore { get; init; }

    /// <summary>The subscription after an event.</summary>
    public Step<Subscription, SubscriptionEffect> On(SubscriptionEvent input, DateTimeOffset now, double jitter) => (Phase, input) switch
    {
        (Terminated, _) => Same(),
        (NotifyWait, SubscriptionEvent.Begun) when Since == default && !IsLeaving => (this with { Since = now }).Ask(),
        (_, SubscriptionEvent.Answered(var response)) when IsAsking => (this with { IsAsking = false }).After(response, now, jitter),
        (_, SubscriptionEvent.Notified(var state)) => Hear(state, now, jitter),
        (_, SubscriptionEvent.TimePassed) when !IsAsking => Pass(now),
        (Pending or Active, SubscriptionEvent.RefreshWanted) when !IsAsking && !IsLeaving => Ask(),
        (Pending or Active, SubscriptionEvent.RefreshWanted) when IsAsking && !IsLeaving => new(this with { IsRefreshWanted = true }),
        (_, SubscriptionEvent.Abandoned) when IsAsking => new(this with { IsLeaving = true }),
        (_, SubscriptionEvent.Abandoned) when !IsLeaving => Leave(),
        _ => Same(), // late, repeated or stray: absorbed
    };

    private Step<Subscription, SubscriptionEffect> Same() => new(this);

    private Step<Subscription, SubscriptionEffect> Ask() =>
        new(this with { IsAsking = true, IsNotified = false, IsRefreshWanted = false, RefreshAt = DateTimeOffset.MaxValue, NotifyBy = DateTimeOffset.MaxValue }, new SubscriptionEffect.Subscribe(Asked));

    private Step<Subscription, SubscriptionEffect> Leave() =>
        new(this with { IsAsking = true, IsLeaving = true, IsLeaveSent = true, RefreshAt = DateTimeOffset.MaxValue, NotifyBy = DateTimeOffset.MaxValue }, new SubscriptionEffect.Subscribe(TimeSpan.Zero));

    private Step<Subscription, SubscriptionEffect> End(SubscriptionEnd cause) =>
        new(this with { Phase = Terminated }, new SubscriptionEffect.End(IsLeaving ? SubscriptionEnd.Left : cause));

    private Step<Subscription, SubscriptionEffect> After(SipResponse response, DateTimeOffset now, double jitter) => response switch
    {
        { IsSuccess: true } when IsLeaveSent => new(this with { NotifyBy = now + Timeout }),
        _ when IsLeaveSent => End(SubscriptionEnd.Left),
        { IsSuccess: true } when IsLeaving => Leave(),
        { IsSuccess: true } => new(Granted(response, now, jitter)),
        _ when Phase == NotifyWait && IsLeaving => End(SubscriptionEnd.Left),
        _ when IsLeaving => Leave(),
        { StatusCode: SipStatus.IntervalTooBrief, MinExpires: { } least } when !IsBriefTried && least > Asked =>
            (this with { Asked = least, IsBriefTried = true }).Ask(),
        _ when Phase == NotifyWait || SubscriptionEnd.Ends(response) => End(Settled(SubscriptionEnd.Of(response), now)),
        _ => new(Put(response, now, jitter)),
    };

    // §4.2.1.1: what is granted is never more than what was asked for. 204: nothing has changed, so no NOTIFY follows (RFC 5839 §7.1).
    private Subscription Granted(SipResponse success, DateTimeOffset now, double jitter)
    {
        var time = success.Expires is { } granted && granted < Asked ? granted : Asked;
        return this with
        {
            Until = now + time,
            RefreshAt = IsRefreshWanted ? now : now + Refresh(time, jitter),
            NotifyBy = success.StatusCode == 204 || IsNotified ? DateTimeOffset.MaxValue : now + Timeout,
            IsBriefTried = false,
            Failures = 0,
            NotBefore = default,
        };
    }

    /// <summary>Whether a NOTIFY came while the SUBSCRIBE was on its way.</summary>
    private bool IsNotified { get; init; }

    // §4.1.2.2: a refresh that failed costs nothing as long as the granted time runs.
    private Subscription Put(SipResponse refusal, DateTimeOffset now, double jitter)
    {
        var floor = now + SubscriptionEnd.Of(refusal).Floor;
        var due = now + Backoff.FlowRecovery.Delay(Failures, jitter);
        return this with { Failures = Failures + 1, RefreshAt = due > floor ? due : floor, NotBefore = floor };
    }

    private Step<Subscription, SubscriptionEffect> Hear(SipSubscriptionState state, DateTimeOffset now, double jitter)
    {
        if (state.IsTerminated)
            return IsLeaving ? End(SubscriptionEnd.Left) : new(this with { Phase = Terminated }, new SubscriptionEffect.Tell(), new SubscriptionEffect.End(Settled(SubscriptionEnd.Of(state), now)));
        var heard = Timed(state.Expires, now, jitter) with
        {
            Phase = state.IsPending ? Pending : Active,
            NotifyBy = IsLeaving ? NotifyBy : DateTimeOffset.MaxValue,
            IsNotified = IsAsking,
        };
        return IsLeaving ? new(heard) : new(heard, new SubscriptionEffect.Tell());
    }

    private Subscription Timed(TimeSpan? left, DateTimeOffset now, double jitter)
    {
        if (left is not { } time)
            return this;
        var until = time < DateTimeOffset.MaxValue - now ? now + time : DateTimeOffset.MaxValue;
        return this with { Until = until, RefreshAt = IsAsking || IsLeaving || until >= Until ? RefreshAt : Earlier(RefreshAt, now + Refresh(time, jitter)) };
    }

    private Step<Subscription, SubscriptionEffect> Pass(DateTimeOffset now)
    {
        if (now >= Until)
            return End(NotBefore > now ? SubscriptionEnd.RanOut with { Kind = SubscriptionEndKind.Postponed, RetryAfter = NotBefore - now } : Settled(SubscriptionEnd.RanOut, now));
        if (now >= NotifyBy)
            return End(SubscriptionEnd.NeverNotified);
        return now >= RefreshAt ? Ask() : Same();
    }

    // Who ends each subscription as soon as it stands is not asked again without a wait.
    private SubscriptionEnd Settled(SubscriptionEnd end, DateTimeOffset now) =>
        end.Kind == SubscriptionEndKind.Renewable && now - Since < Timeout ? end with { Kind = SubscriptionEndKind.Postponed } : end;

    private TimeSpan Refresh(TimeSpan granted, double jitter) => RefreshTime.After(granted, EarliestRefresh, LatestRefresh, Timeout, jitter);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
