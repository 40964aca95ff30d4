using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Transactions;

namespace Rx.Sip.Registration;

/// <summary>
/// Registers and stays registered: does what a <see cref="RegistrationPlan"/> wants, one phase after the other, and tells the plan
/// what came of it.
/// </summary>
/// <param name="client">Where REGISTERs go: a client that authenticates and sends to whom <paramref name="access"/> has connected to.</param>
/// <param name="access">The ways to the registrar.</param>
/// <param name="settings">What is registered.</param>
/// <param name="identifiers">Call-ID, tag and jitter.</param>
/// <param name="scheduler">Whose time everything waits on.</param>
internal sealed class RegistrationLoop(
    IRequestClient client, IRegistrarAccess access, RegistrationSettings settings, SipIdentifiers identifiers, IScheduler scheduler)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly RegisterRequest _requests = new(settings, identifiers.CallId(), identifiers.Tag());
    private uint _sequence = 1;
    private StrayContacts _strays = StrayContacts.None;

    /// <summary>
    /// Cold: each subscription is a registration of its own, one after the other; they share Call-ID and From tag, CSeq goes on
    /// counting (RFC 3261 §10.2), and what one has left behind the next takes away. Registers at once, yields every state, each different from
    /// the one before, and completes behind <see cref="RegistrationState.Unregistered"/>: when it was told to leave, or when it gave up.
    /// Never errors. One REGISTER is on its way at a time. Disposing abandons everything and sends nothing. Speaks wherever
    /// responses, timers and signals come from, one at a time.
    /// </summary>
    public IObservable<RegistrationState> Run(RegistrationSignals signals) => Observable.Defer(() =>
    {
        var around = Surroundings.From(signals).Replay(1);
        return Observable.Using(around.Connect, _ => Run(around));
    });

    private IObservable<RegistrationState> Run(IObservable<Surroundings> around)
    {
        var plan = RegistrationPlan.Begin(settings, _sequence, _strays, scheduler.Now);
        _sequence += RegistrationPlan.SequenceGap;
        // Repeat, not recursion: a registration goes on for months.
        return Observable
            .Defer(() => Phase(plan, around.Where(now => now != plan.Surroundings)))
            .Select(input => plan = plan.Next(input, scheduler.Now, identifiers.Fraction()))
            .Do(next => (_sequence, _strays) = (next.Sequence + RegistrationPlan.SequenceGap, next.Leftovers))
            .Repeat()
            .TakeUntil(next => next.Phase == RegistrationPhase.Over)
            .Select(next => next.State)
            // What we can't even write will not become right by itself.
            .Catch((Exception error) => Observable.Return(new RegistrationState.Unregistered(RegistrationFailure.NotSendable(error))))
            .StartWith(plan.State)
            .DistinctUntilChanged();
    }

    private IObservable<RegistrationEvent> Phase(RegistrationPlan plan, IObservable<Surroundings> changes)
    {
        var changed = changes.Select(now => new RegistrationEvent.Changed(now));
        return plan.Phase switch
        {
            RegistrationPhase.Attempt => Attempt(plan, changed),
            RegistrationPhase.Leave => Remove(plan),
            _ => changed.Merge<RegistrationEvent>(Passing(plan.NextInstant)).Take(1),
        };
    }

    private IObservable<RegistrationEvent> Remove(RegistrationPlan plan) =>
        client.Request(_requests.Remove(plan))
            .Catch((Exception _) => Observable.Empty<SipResponse>())
            .FirstOrDefaultAsync(response => response.IsFinal)
            .Select(response => new RegistrationEvent.Left(response is { IsSuccess: true }))
            .Merge(Observable.Timer(settings.LeaveTimeout, scheduler).Select(_ => new RegistrationEvent.Left(false)))
            .Take(1);

    private IObservable<RegistrationEvent> Attempt(RegistrationPlan plan, IObservable<RegistrationEvent.Changed> changed)
    {
        NameAddress? sent = null;
        return changed.Publish(changes => Observable.Merge(
                changes,
                changes.Where(change => change.Now.IsLeaving).Take(1).Delay(settings.LeaveTimeout, scheduler).Select(_ => new RegistrationEvent.WaitedEnough(sent)),
                Passing(plan.NextInstant),
                Bind(plan, contact => sent = contact)))
            .TakeUntil(input => input is RegistrationEvent.Answered or RegistrationEvent.Unreachable or RegistrationEvent.WaitedEnough);
    }

    private IObservable<RegistrationEvent> Bind(RegistrationPlan plan, Action<NameAddress> sending) =>
        access.Connect(plan.Redirection?.Hop)
            .FirstOrDefaultAsync()
            .Select(flow => (Flow: flow, Error: (Exception?)null))
            .Catch((Exception error) => Observable.Return((Flow: (RegistrarFlow?)null, Error: (Exception?)error)))
            .SelectMany(way =>
            {
                if (way.Flow is not { } flow)
                    return Observable.Return<RegistrationEvent>(new RegistrationEvent.Unreachable(way.Error));
                sending(flow.Contact);
                // Whoever abandons us now leaves that behind.
                _strays = plan.Leftovers.With(flow.Contact);
                return Send(plan, flow);
            });

    // An attempt always ends: a client that breaks its promise to answer counts as a peer that did not.
    private IObservable<RegistrationEvent> Send(RegistrationPlan plan, RegistrarFlow flow)
    {
        var request = _requests.Bind(plan, flow.Contact);
        return client.Request(request)
            .Catch((Exception _) => Observable.Empty<SipResponse>())
            .Concat(Observable.Return(SipResponse.Local(request, SipStatus.ServiceUnavailable, null)))
            .FirstAsync(response => response.IsFinal)
            .Select(response => Hear(plan, response, flow));
    }

    private RegistrationEvent.Answered Hear(RegistrationPlan plan, SipResponse response, RegistrarFlow flow)
    {
        if (response.IsSuccess)
            access.Settle();
        return new RegistrationEvent.Answered(response, flow)
        {
            Refusal = response.IsSuccess ? settings.Admit(response) : null,
            Redirection = Redirection.From(response, plan.Registrar, access.Accepts),
            // RFC 3263 §4.3: who does not answer, or says 503, gives way to the next.
            HasAlternative = response is { IsLocal: true } or { StatusCode: SipStatus.ServiceUnavailable } && access.TryLeave(),
        };
    }

    // Instants may be years away and timers not: the plan is asked again from time to time.
    private IObservable<RegistrationEvent> Passing(DateTimeOffset instant)
    {
        if (instant == DateTimeOffset.MaxValue)
            return Observable.Never<RegistrationEvent>();
        var wait = instant - scheduler.Now;
        return wait <= TimeSpan.Zero
            ? Observable.Return(new RegistrationEvent.TimePassed())
            : Observable.Timer(wait < LongestTimer ? wait : LongestTimer, scheduler).Select(_ => new RegistrationEvent.TimePassed());
    }
}
