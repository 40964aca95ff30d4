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
/// <param name="client">Where REGISTERs go: a client that authenticates.</param>
/// <param name="elsewhere">The client for a URI that the registrar redirects to; null when redirections are not followed.</param>
/// <param name="settings">What is registered.</param>
/// <param name="identifiers">Call-ID, tag and jitter.</param>
/// <param name="scheduler">Whose time everything waits on.</param>
internal sealed class RegistrationLoop(
    IRequestClient client, Func<SipUri, IRequestClient>? elsewhere, RegistrationSettings settings, SipIdentifiers identifiers, IScheduler scheduler)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly RegistrationSettings _settings = elsewhere is null ? settings with { MaximumRedirections = 0 } : settings;
    private readonly string _callId = identifiers.CallId();
    private uint _sequence = 1;

    /// <summary>
    /// Cold: each subscription is a registration of its own, one after the other; they share the Call-ID, and CSeq goes on counting
    /// (RFC 3261 §10.2). Registers at once, yields every state, each different from the one
    /// before, and completes behind <see cref="RegistrationState.Unregistered"/>: when it was told to leave, or when it gave up.
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
        var requests = new RegisterRequest(_settings, identifiers, _callId);
        var plan = RegistrationPlan.Begin(_settings, _sequence, scheduler.Now);
        _sequence += RegistrationPlan.SequenceGap;
        // Repeat, not recursion: a registration goes on for months.
        return Observable
            .Defer(() => Phase(plan, requests, around.Where(now => now != plan.Surroundings)))
            .Select(input => plan = plan.Next(input, scheduler.Now, identifiers.Fraction()))
            .Do(next => _sequence = next.Sequence + RegistrationPlan.SequenceGap)
            .Repeat()
            .TakeUntil(next => next.Phase == RegistrationPhase.Over)
            .Select(next => next.State)
            // What we can't even write will not become right by itself.
            .Catch((Exception error) => Observable.Return(new RegistrationState.Unregistered(RegistrationFailure.NotSendable(error))))
            .StartWith(plan.State)
            .DistinctUntilChanged();
    }

    private IObservable<RegistrationEvent> Phase(RegistrationPlan plan, RegisterRequest requests, IObservable<Surroundings> changes)
    {
        var changed = changes.Select(now => new RegistrationEvent.Changed(now));
        return plan.Phase switch
        {
            RegistrationPhase.Attempt => Attempt(plan, requests, changed),
            RegistrationPhase.Leave => Send(plan, requests.Remove(plan), requests.Latest!)
                .Merge(Observable.Timer(_settings.LeaveTimeout, scheduler).Select(_ => new RegistrationEvent.WaitedEnough(WasSent: true)))
                .Take(1),
            _ => changed.Merge<RegistrationEvent>(Passing(plan.NextInstant)).Take(1),
        };
    }

    private IObservable<RegistrationEvent> Attempt(RegistrationPlan plan, RegisterRequest requests, IObservable<RegistrationEvent.Changed> changed) =>
        changed.Publish(changes => Observable.Merge<RegistrationEvent>(
                changes,
                changes.Where(change => change.Now.IsLeaving).Take(1).Delay(_settings.LeaveTimeout, scheduler).Select(_ => new RegistrationEvent.WaitedEnough(requests.Latest is not null)),
                Passing(plan.NextInstant),
                Bind(plan, requests)))
            .TakeUntil(input => input is RegistrationEvent.Answered or RegistrationEvent.Unreachable or RegistrationEvent.WaitedEnough);

    private IObservable<RegistrationEvent> Bind(RegistrationPlan plan, RegisterRequest requests) =>
        _settings.Contact
            .Catch(Observable.Return<NameAddress?>(null))
            .FirstOrDefaultAsync()
            .SelectMany(contact => contact is null
                ? Observable.Return(new RegistrationEvent.Unreachable())
                : Send(plan, requests.Bind(plan, contact), contact));

    // An attempt always ends: a client that breaks its promise to answer counts as a peer that did not.
    private IObservable<RegistrationEvent> Send(RegistrationPlan plan, SipRequest request, NameAddress contact) =>
        (plan.RedirectedTo is { } other && elsewhere is not null ? elsewhere(other) : client).Request(request)
            .Catch((Exception _) => Observable.Empty<SipResponse>())
            .Concat(Observable.Return(SipResponse.Local(request, SipStatus.ServiceUnavailable, null)))
            .FirstAsync(response => response.IsFinal)
            .Select(response => new RegistrationEvent.Answered(response, contact, response.IsSuccess ? _settings.Admit(response) : null));

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
