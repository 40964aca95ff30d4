using Rx.Sip.Messages;
using Rx.Sip.Registration.Outbound;

namespace Rx.Sip.Registration;

/// <summary>
/// How a registration goes on (RFC 3261 §10.2, RFC 5626 §4.5). Pure: it is told what happened, when, and a random number, and
/// says what to do next. The loop around it does it.
/// </summary>
internal sealed record RegistrationPlan
{
    /// <summary>No attempt counts further than this while it answers challenges.</summary>
    public const uint SequenceGap = 16;

    // Servers tried in a row without a wait.
    private const int LongestWalk = 8;

    private RegistrationPlan(RegistrationSettings settings, uint sequence, StrayContacts strays, DateTimeOffset now) =>
        (Settings, Sequence, Strays, Due, Asked) = (settings, sequence, strays, now, settings.Expires);

    public RegistrationSettings Settings { get; }

    /// <summary>What is wanted now.</summary>
    public RegistrationPhase Phase { get; private init; }

    /// <summary>What the world is told.</summary>
    public RegistrationState State { get; private init; } = new RegistrationState.Registering(1, null);

    /// <summary>What was known of the surroundings when the plan was made.</summary>
    public Surroundings Surroundings { get; private init; } = Surroundings.Calm;

    /// <summary>When the next attempt starts.</summary>
    public DateTimeOffset Due { get; private init; }

    /// <summary>The binding as far as we know; null when there was none or it ran out.</summary>
    public Binding? Binding { get; private init; }

    /// <summary>When the binding runs out.</summary>
    public DateTimeOffset Until { get; private init; }

    /// <summary>The CSeq of the next REGISTER.</summary>
    public uint Sequence { get; private init; }

    /// <summary>The lifetime to ask for.</summary>
    public TimeSpan Asked { get; private init; }

    /// <summary>Where the registrar has sent us; null when nowhere.</summary>
    public Redirection? Redirection { get; private init; }

    /// <summary>The Request-URI.</summary>
    public SipUri Registrar => Redirection?.RequestUri ?? Settings.Registrar;

    /// <summary>Contacts that may be bound besides the one we know of.</summary>
    public StrayContacts Strays { get; private init; }

    /// <summary>All contacts that the registrar may hold of us.</summary>
    public StrayContacts Leftovers => Strays.With(Binding?.Contact);

    /// <summary>How the binding was lost or what went wrong last; null since the last success.</summary>
    private RegistrationFailure? Trouble { get; init; }

    /// <summary>Whether the first proxy refused outbound, so that contacts carry no <c>reg-id</c>.</summary>
    public bool IsPlain { get; private init; }

    private bool IsFlowLost { get; init; }

    /// <summary>Whether the registrar has ever listed our contact among those it holds.</summary>
    private bool IsListed { get; init; }

    /// <summary>What the attempt has come through already.</summary>
    private AttemptTally Tally { get; init; }

    /// <summary>What has gone wrong in a row.</summary>
    private RetryCount Retries { get; init; } = RetryCount.None;

    /// <summary>Why we are not to be registered any more, heard while an attempt is on its way that may register us nevertheless.</summary>
    private RegistrationFailure? Verdict { get; init; }

    private DateTimeOffset Since { get; init; }

    /// <summary>Whether requests can reach us: there is a binding and the flow it goes by.</summary>
    private bool Stands => Binding is not null && !IsFlowLost;

    /// <summary>The next instant the plan wants to be told of; <see cref="DateTimeOffset.MaxValue"/> when there is none.</summary>
    public DateTimeOffset NextInstant =>
        (Phase, Stands) switch
        {
            (RegistrationPhase.Wait, true) => Due < Until ? Due : Until,
            (RegistrationPhase.Wait, false) => Due,
            (RegistrationPhase.Attempt, true) => Until,
            _ => DateTimeOffset.MaxValue,
        };

    /// <summary>The plan of a registration that begins now, with that CSeq, behind another that may have left contacts.</summary>
    public static RegistrationPlan Begin(RegistrationSettings settings, uint sequence, StrayContacts strays, DateTimeOffset now) =>
        new(settings, sequence, strays, now);

    /// <summary>The plan after an event.</summary>
    public RegistrationPlan Next(RegistrationEvent input, DateTimeOffset now, double jitter) => (Phase, input) switch
    {
        (RegistrationPhase.Wait, RegistrationEvent.TimePassed) => AfterWaiting(now),
        (RegistrationPhase.Wait, RegistrationEvent.Changed(var around)) => Heard(around, now, jitter),
        (RegistrationPhase.Attempt, RegistrationEvent.Answered answer) => Counted(answer).After(answer, now, jitter),
        (RegistrationPhase.Attempt, RegistrationEvent.Unreachable) when Surroundings.IsLeaving => Leave(null),
        (RegistrationPhase.Attempt, RegistrationEvent.Unreachable(var error)) => Failed(RegistrationFailure.Unreachable(error), now, jitter),
        (RegistrationPhase.Attempt, RegistrationEvent.Changed(var around)) => HeardMeanwhile(around),
        (RegistrationPhase.Attempt, RegistrationEvent.TimePassed) => RanOut(now),
        (RegistrationPhase.Attempt, RegistrationEvent.WaitedEnough(var sent)) =>
            (this with { Strays = Strays.With(sent), Sequence = Sequence + SequenceGap }).Leave(null),
        (RegistrationPhase.Leave, RegistrationEvent.Left(var isRemoved)) => (isRemoved ? this with { Binding = null, Strays = StrayContacts.None } : this).End(Trouble),
        (_, RegistrationEvent.Changed(var around)) => this with { Surroundings = around },
        _ => this, // late or stray: absorbed
    };

    private RegistrationPlan AfterWaiting(DateTimeOffset now)
    {
        var plan = RanOut(now);
        // Who recovers from nothing does not wait for a network either when the binding is gone.
        if (!Surroundings.IsNetworkAvailable && plan.Binding is null && Binding is not null && Settings.Recovery is RecoveryPolicy.None)
            return plan.End(RegistrationFailure.NetworkAway);
        if (now < Due)
            return plan;
        if (!Surroundings.IsNetworkAvailable)
            return plan.AwaitNetwork();
        var attempt = plan with { Phase = RegistrationPhase.Attempt };
        return attempt with { State = attempt.Trying() };
    }

    private RegistrationPlan RanOut(DateTimeOffset now)
    {
        if (Binding is null || now < Until)
            return this;
        var without = this with { Binding = null, Trouble = Trouble ?? RegistrationFailure.RanOut };
        return without with
        {
            State = State switch
            {
                RegistrationState.WaitingForRetry waiting => waiting with { Until = null },
                RegistrationState.Unregistering => State,
                _ => without.Trying(),
            },
        };
    }

    private RegistrationPlan AwaitNetwork() =>
        this with
        {
            Due = DateTimeOffset.MaxValue,
            Trouble = Trouble ?? RegistrationFailure.NetworkAway,
            State = Waiting(DateTimeOffset.MaxValue, RegistrationFailure.NetworkAway),
        };

    private RegistrationPlan Heard(Surroundings around, DateTimeOffset now, double jitter)
    {
        var plan = this with { Surroundings = around };
        if (around.IsLeaving)
            return plan.Leave(null);
        if (around.EvictionSince(Surroundings) is { } eviction)
            return eviction.IsFinal ? plan.Displaced(eviction.Cause) : plan.Evicted(eviction, now, jitter);
        if (around.Losses != Surroundings.Losses && Stands)
            plan = plan.Lost(RegistrationFailure.ConnectionLost(around.Error), now, jitter);
        // Back from nowhere, or seen elsewhere: what the registrar holds may be of yesterday's address, and whoever waits has waited enough.
        var isRenewed = around.HasReturnedSince(Surroundings) || (around.Moves != Surroundings.Moves && plan.Stands);
        return isRenewed && plan.Phase == RegistrationPhase.Wait ? plan with { Due = plan.Retries.NotBefore is var floor && now > floor ? now : floor } : plan;
    }

    private RegistrationPlan Displaced(RegistrationFailure? cause) => (this with { Binding = null, Strays = StrayContacts.None }).End(cause);

    private RegistrationPlan Evicted(Eviction eviction, DateTimeOffset now, double jitter) =>
        Stands ? (this with { Retries = Retries.NotWithin(eviction.RetryAfter, now) }).Lost(eviction.Cause, now, jitter) : this;

    private RegistrationPlan HeardMeanwhile(Surroundings around)
    {
        var isLost = around.Losses != Surroundings.Losses && Stands;
        var plan = this with
        {
            Surroundings = around,
            Verdict = around.EvictionSince(Surroundings) is { IsFinal: true } eviction ? eviction.Cause : Verdict,
            IsFlowLost = IsFlowLost || isLost,
            Trouble = isLost ? RegistrationFailure.ConnectionLost(around.Error) : Trouble,
        };
        return plan with { State = around.IsLeaving ? new RegistrationState.Unregistering() : plan.Trying() };
    }

    private RegistrationPlan Lost(RegistrationFailure cause, DateTimeOffset now, double jitter)
    {
        var lost = this with { IsFlowLost = true, Trouble = cause, Redirection = null, Retries = Retries.Lost(IsSettled(now)) };
        return State is RegistrationState.WaitingForRetry waiting
            ? lost with { State = waiting with { Cause = cause, Until = null } }
            : lost.Settings.Recovery is RecoveryPolicy.None ? lost.End(cause) : lost.WaitAfter(cause, now, jitter);
    }

    // The answer tells which CSeq was used up, challenges answered on the way included; the next is one more (RFC 3261 §10.2).
    // What can't be ours is a registrar's mistake and not gone along with. Where nobody said no, the registrar may have heard us.
    private RegistrationPlan Counted(RegistrationEvent.Answered answer) => this with
    {
        Sequence = (answer.Response.CSeq is { } used && used.Number > Sequence && used.Number - Sequence < SequenceGap ? used.Number : Sequence) + 1,
        Strays = answer.Response.IsLocal ? Strays.With(answer.Flow.Contact) : Strays,
    };

    private RegistrationPlan After(RegistrationEvent.Answered answer, DateTimeOffset now, double jitter) => answer.Response switch
    {
        { IsSuccess: true } when (answer.Refusal ?? Verdict) is { } refusal => (this with { Strays = Strays.With(answer.Flow.Contact) }).Leave(refusal),
        { IsSuccess: true } => Granted(answer, now, jitter),
        _ when Surroundings.IsLeaving => Leave(null),
        _ when Verdict is { } verdict => Displaced(verdict),
        { StatusCode: SipStatus.IntervalTooBrief, MinExpires: { } least } when !Tally.IsBriefTried && least > Asked
                                                                                 => this with { Asked = least, Tally = Tally with { IsBriefTried = true } },
        // RFC 5626 §11.6: the first proxy can't do outbound; the binding then is an ordinary one.
        { StatusCode: 439 } when !IsPlain && answer.Flow.Contact.Parameters.Contains(InstanceId.Flow)
                                                                                 => this with { IsPlain = true },
        _ when answer.Redirection is { } other && Tally.Redirections < Settings.MaximumRedirections
                                                                                 => this with { Redirection = other, Tally = Tally with { Redirections = Tally.Redirections + 1 } },
        var response when answer.HasAlternative && Tally.Walked < LongestWalk => Floored(response, now).Walk(CauseOf(response)),
        var response => Failed(CauseOf(response), now, jitter),
    };

    // RFC 3263 §4.3: the next server is part of the same attempt.
    private RegistrationPlan Walk(RegistrationFailure cause)
    {
        var next = this with { Tally = Tally with { Walked = Tally.Walked + 1 }, Trouble = cause, Redirection = null };
        return next with { State = next.Trying() };
    }

    // A request that its connection failed under says less than what broke the connection.
    private RegistrationFailure CauseOf(SipResponse response) =>
        IsFlowLost && Trouble is not null && response is { IsLocal: true, StatusCode: SipStatus.ServiceUnavailable } ? Trouble : RegistrationFailure.From(response);

    private RegistrationPlan Granted(RegistrationEvent.Answered answer, DateTimeOffset now, double jitter)
    {
        var grant = Grant.From(answer.Response, answer.Flow.Contact, Asked);
        if (IsListed && !grant.IsListed && grant.Others.Count > 0 && Binding?.Contact.Uri.Equals(answer.Flow.Contact.Uri) == true)
            return Displaced(Surroundings.IsLeaving ? null : RegistrationFailure.Displaced(answer.Response));
        if (grant.Time <= TimeSpan.Zero)
            return Surroundings.IsLeaving ? End(null) : Failed(RegistrationFailure.NothingGranted(answer.Response), now, jitter);
        var plan = Bound(grant, answer.Flow, now) with
        {
            Due = now + Settings.Refresh.After(grant.Time, Settings.AttemptDuration, jitter),
        };
        return Surroundings.IsLeaving ? plan.Leave(null) : plan;
    }

    private RegistrationPlan Bound(Grant grant, RegistrarFlow flow, DateTimeOffset now)
    {
        var until = grant.Time < DateTimeOffset.MaxValue - now ? now + grant.Time : DateTimeOffset.MaxValue;
        var binding = new Binding(Settings.Aor, flow.Contact, grant.Time) { Registrar = Registrar, Server = flow.Server, Others = grant.OtherDevices, Terms = grant.Terms.Equals(flow.Terms) ? flow.Terms : grant.Terms };
        return this with
        {
            Phase = RegistrationPhase.Wait,
            Binding = binding,
            Until = until,
            Strays = StrayContacts.None,
            Tally = default,
            Trouble = null,
            IsFlowLost = false,
            IsListed = grant.IsListed,
            Since = Stands ? Since : now,
            Retries = Retries.Succeeded(),
            State = new RegistrationState.Registered(binding, until),
        };
    }

    private RegistrationPlan Failed(RegistrationFailure failure, DateTimeOffset now, double jitter)
    {
        if (failure.Kind != RegistrationFailureKind.Transient || Settings.Recovery is not RecoveryPolicy.Backoff || Retries.Failures >= Settings.MaximumRetries)
            return End(failure);
        return (Floored(failure.Response, now) with
        {
            Trouble = failure,
            Tally = default,
            Redirection = null,
        }).CountFailure(now).WaitAfter(failure, now, jitter);
    }

    // Of several servers tried in a row the one that wants the longest rest decides.
    private RegistrationPlan Floored(SipResponse? response, DateTimeOffset now) =>
        this with { Retries = Retries.NotWithin(response?.RetryAfter?.Delay, now) };

    private RegistrationPlan CountFailure(DateTimeOffset now) => this with { Retries = Retries.Failed(IsSettled(now)) };

    private RegistrationPlan WaitAfter(RegistrationFailure cause, DateTimeOffset now, double jitter)
    {
        var due = Retries.Due(Settings.Recovery, Surroundings.DoOthersStand, now, jitter);
        return this with { Phase = RegistrationPhase.Wait, Due = due, State = Waiting(due, cause) };
    }

    private RegistrationPlan Leave(RegistrationFailure? cause) =>
        Leftovers.IsEmpty ? End(cause) : this with { Phase = RegistrationPhase.Leave, Trouble = cause, State = new RegistrationState.Unregistering() };

    private RegistrationPlan End(RegistrationFailure? cause) =>
        this with { Phase = RegistrationPhase.Over, State = new RegistrationState.Unregistered(cause) };

    private RegistrationState Trying() =>
        Stands ? new RegistrationState.Refreshing(Binding!, Until) : new RegistrationState.Registering(Retries.Attempt, Trouble);

    private RegistrationState.WaitingForRetry Waiting(DateTimeOffset due, RegistrationFailure cause) =>
        new(due, Retries.Attempt, cause, Stands ? Until : null);

    private bool IsSettled(DateTimeOffset now) => Stands && now - Since >= Settings.AttemptDuration;
}
