using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Registration;

/// <summary>
/// How a registration goes on (RFC 3261 §10.2, RFC 5626 §4.5). Pure: it is told what happened, when, and a random number, and
/// says what to do next. The loop around it does it.
/// </summary>
internal sealed record RegistrationPlan
{
    /// <summary>No attempt counts further than this while it answers challenges.</summary>
    public const uint SequenceGap = 16;

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    private RegistrationPlan(RegistrationSettings settings, uint sequence, DateTimeOffset now) =>
        (Settings, Sequence, Due, Asked) = (settings, sequence, now, settings.Expires);

    public RegistrationSettings Settings { get; }

    /// <summary>What is wanted now.</summary>
    public RegistrationPhase Phase { get; private init; }

    /// <summary>What the world is told.</summary>
    public RegistrationState State { get; private init; } = new RegistrationState.Registering(1);

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
    public SipUri? RedirectedTo { get; private init; }

    private bool IsFlowLost { get; init; }

    private bool IsBriefTried { get; init; }

    private bool MayBeBound { get; init; }

    private int Redirections { get; init; }

    /// <summary>Attempts that failed in a row.</summary>
    private int Failures { get; init; }

    /// <summary>Losses in a row that came as soon as the registration stood: failures in disguise.</summary>
    private int Flaps { get; init; }

    private DateTimeOffset Since { get; init; }

    private DateTimeOffset NotBefore { get; init; }

    private RegistrationFailure? Cause { get; init; }

    private int Attempt => Failures + Flaps + 1;

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

    /// <summary>The plan of a registration that begins now, with that CSeq.</summary>
    public static RegistrationPlan Begin(RegistrationSettings settings, uint sequence, DateTimeOffset now) => new(settings, sequence, now);

    /// <summary>The plan after an event.</summary>
    public RegistrationPlan Next(RegistrationEvent input, DateTimeOffset now, double jitter) => (Phase, input) switch
    {
        (RegistrationPhase.Wait, RegistrationEvent.TimePassed) => AfterWaiting(now),
        (RegistrationPhase.Wait, RegistrationEvent.Changed(var around)) => Heard(around, now, jitter),
        (RegistrationPhase.Attempt, RegistrationEvent.Answered answer) => Counted(answer).After(answer, now, jitter),
        (RegistrationPhase.Attempt, RegistrationEvent.Unreachable) when Surroundings.IsLeaving => Leave(null),
        (RegistrationPhase.Attempt, RegistrationEvent.Unreachable) => Failed(RegistrationFailure.Unreachable, now, jitter),
        (RegistrationPhase.Attempt, RegistrationEvent.Changed(var around)) => HeardMeanwhile(around),
        (RegistrationPhase.Attempt, RegistrationEvent.TimePassed) => RanOut(now),
        (RegistrationPhase.Attempt, RegistrationEvent.WaitedEnough(var wasSent)) => (this with { MayBeBound = wasSent, Sequence = Sequence + SequenceGap }).Leave(null),
        (RegistrationPhase.Leave, RegistrationEvent.Answered or RegistrationEvent.WaitedEnough) => End(Cause),
        (_, RegistrationEvent.Changed(var around)) => this with { Surroundings = around },
        _ => this, // late or stray: absorbed
    };

    private RegistrationPlan AfterWaiting(DateTimeOffset now)
    {
        if (now < Due)
            return RanOut(now);
        if (!Surroundings.IsNetworkAvailable)
            return RanOut(now).AwaitNetwork();
        var attempt = RanOut(now) with { Phase = RegistrationPhase.Attempt };
        return attempt with { State = attempt.Trying() };
    }

    private RegistrationPlan RanOut(DateTimeOffset now)
    {
        if (Binding is null || now < Until)
            return this;
        var without = this with { Binding = null, MayBeBound = false };
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
        this with { Due = DateTimeOffset.MaxValue, State = Waiting(DateTimeOffset.MaxValue, RegistrationFailure.NetworkAway) };

    private RegistrationPlan Heard(Surroundings around, DateTimeOffset now, double jitter)
    {
        var plan = this with { Surroundings = around };
        if (around.IsLeaving)
            return plan.Leave(null);
        if (around.Losses != Surroundings.Losses && Stands)
            plan = plan.Lost(RegistrationFailure.ConnectionLost(around.Error), now, jitter);
        // Back from nowhere: what the registrar holds may be of yesterday's address, and whoever waits has waited enough.
        if (around.IsNetworkAvailable && !Surroundings.IsNetworkAvailable && plan.Phase == RegistrationPhase.Wait)
            plan = plan with { Due = now > NotBefore ? now : NotBefore };
        return plan;
    }

    private RegistrationPlan HeardMeanwhile(Surroundings around)
    {
        var plan = this with { Surroundings = around, IsFlowLost = IsFlowLost || (around.Losses != Surroundings.Losses && Binding is not null) };
        return plan with { State = around.IsLeaving ? new RegistrationState.Unregistering() : plan.Trying() };
    }

    private RegistrationPlan Lost(RegistrationFailure cause, DateTimeOffset now, double jitter)
    {
        var lost = this with { IsFlowLost = true, RedirectedTo = null, Flaps = IsSettled(now) ? 0 : Flaps + 1 };
        return State is RegistrationState.WaitingForRetry waiting
            ? lost with { State = waiting with { Cause = cause, Until = null } }
            : lost.Settings.Recovery is RecoveryPolicy.None ? lost.End(cause) : lost.WaitAfter(cause, now, jitter);
    }

    // The answer tells which CSeq was used up, challenges answered on the way included; the next is one more (RFC 3261 §10.2).
    // What can't be ours is a registrar's mistake and not gone along with.
    private RegistrationPlan Counted(RegistrationEvent.Answered answer) =>
        this with { Sequence = (answer.Response.CSeq is { } used && used.Number > Sequence && used.Number - Sequence < SequenceGap ? used.Number : Sequence) + 1 };

    private RegistrationPlan After(RegistrationEvent.Answered answer, DateTimeOffset now, double jitter) => answer.Response switch
    {
        { IsSuccess: true } when answer.Refusal is { } refusal => (this with { MayBeBound = true }).Leave(refusal),
        { IsSuccess: true } => Granted(answer, now, jitter),
        _ when Surroundings.IsLeaving => Leave(null),
        { StatusCode: SipStatus.IntervalTooBrief, MinExpires: { } least } when !IsBriefTried && least > Asked
                                                                                 => this with { Asked = least, IsBriefTried = true },
        { StatusCode: 301 or 302, Contacts: [{ Uri: { IsSip: true } other }, ..] } when Redirections < Settings.MaximumRedirections
                                                                                 => this with { RedirectedTo = other, Redirections = Redirections + 1 },
        var response => Failed(RegistrationFailure.From(response), now, jitter),
    };

    private RegistrationPlan Granted(RegistrationEvent.Answered answer, DateTimeOffset now, double jitter)
    {
        var granted = ContactMatch.Granted(answer.Response, answer.Contact, Asked);
        if (granted <= TimeSpan.Zero)
            return Surroundings.IsLeaving ? End(null) : Failed(RegistrationFailure.NothingGranted(answer.Response), now, jitter);
        var until = granted < DateTimeOffset.MaxValue - now ? now + granted : DateTimeOffset.MaxValue;
        var binding = new Binding(Settings.Aor, answer.Contact, granted);
        var plan = this with
        {
            Phase = RegistrationPhase.Wait,
            Binding = binding,
            Until = until,
            MayBeBound = true,
            IsFlowLost = false,
            Due = now + RefreshTime.After(granted, Settings.AttemptDuration, jitter),
            Since = Stands ? Since : now,
            Failures = 0,
            IsBriefTried = false,
            Redirections = 0,
            State = new RegistrationState.Registered(binding, until),
        };
        return Surroundings.IsLeaving ? plan.Leave(null) : plan;
    }

    private RegistrationPlan Failed(RegistrationFailure failure, DateTimeOffset now, double jitter)
    {
        if (failure.Kind != RegistrationFailureKind.Transient || Settings.Recovery is not RecoveryPolicy.Backoff)
            return End(failure);
        var floor = failure.Response?.RetryAfter is { } retry ? now + (retry.Delay < LongestRetryAfter ? retry.Delay : LongestRetryAfter) : default;
        return (this with
        {
            Failures = Failures + 1,
            Flaps = IsSettled(now) ? 0 : Flaps,
            NotBefore = floor,
            RedirectedTo = null,
            Redirections = 0,
            IsBriefTried = false,
            // Nobody said no: the registrar may have heard us.
            MayBeBound = MayBeBound || failure.Response is { IsLocal: true, StatusCode: SipStatus.RequestTimeout },
        }).WaitAfter(failure, now, jitter);
    }

    private RegistrationPlan WaitAfter(RegistrationFailure cause, DateTimeOffset now, double jitter)
    {
        var backoff = Settings.Recovery is RecoveryPolicy.Backoff policy ? new Backoff(policy.Initial, policy.Maximum) : Backoff.FlowRecovery;
        var due = now + backoff.Delay(Failures + Flaps, jitter);
        due = due > NotBefore ? due : NotBefore;
        return this with { Phase = RegistrationPhase.Wait, Due = due, State = Waiting(due, cause) };
    }

    private RegistrationPlan Leave(RegistrationFailure? cause) =>
        MayBeBound
            ? this with { Phase = RegistrationPhase.Leave, Cause = cause, State = new RegistrationState.Unregistering() }
            : End(cause);

    private RegistrationPlan End(RegistrationFailure? cause) =>
        this with { Phase = RegistrationPhase.Over, State = new RegistrationState.Unregistered(cause) };

    private RegistrationState Trying() =>
        Stands ? new RegistrationState.Refreshing(Binding!, Until) : new RegistrationState.Registering(Attempt);

    private RegistrationState.WaitingForRetry Waiting(DateTimeOffset due, RegistrationFailure cause) =>
        new(due, Attempt, cause, Stands ? Until : null);

    private bool IsSettled(DateTimeOffset now) => Stands && now - Since >= Settings.AttemptDuration;
}
