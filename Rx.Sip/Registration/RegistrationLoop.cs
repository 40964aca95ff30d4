using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Transactions;

namespace Rx.Sip.Registration;

/// <summary>
/// Registers and stays registered: each start is a registration of its own, one after the other. They share Call-ID and From tag, CSeq goes
/// on counting (RFC 3261 §10.2), and what one has left behind the next takes away. Lives in the mailbox of its alarms.
/// </summary>
/// <param name="client">Where REGISTERs go: a client that authenticates and sends to whom <paramref name="access"/> has connected to.</param>
/// <param name="access">The ways to the registrar.</param>
/// <param name="settings">What is registered.</param>
/// <param name="identifiers">Call-ID, tag and jitter.</param>
/// <param name="alarms">Whose time everything waits on.</param>
internal sealed class RegistrationLoop(
    IRequestClient client, IRegistrarAccess access, RegistrationSettings settings, SipIdentifiers identifiers, AlarmTable alarms) : IDisposable
{
    private RegistrationRun? _run;
    private RegistrationPlan? _last;
    private StrayContacts? _abandoned;

    /// <summary>The pace that REGISTERs keep to with those of others; null: none.</summary>
    public RequestPace? Pace { get; init; }

    public IRequestClient Client => client;

    public IRegistrarAccess Access => access;

    public RegistrationSettings Settings => settings;

    public SipIdentifiers Identifiers => identifiers;

    public AlarmTable Alarms => alarms;

    public RegisterRequest Requests { get; } = new(settings, identifiers);

    /// <summary>
    /// Registers at once. The observer is told every state, each different from the one before, and completes behind
    /// <see cref="RegistrationState.Unregistered"/>: when it was told to leave, or when it gave up; there is no error. It is told in letters of
    /// their own, so that it may do what it likes. One REGISTER is on its way at a time.
    /// </summary>
    /// <param name="networkAvailable">Whether there is a network at all, as far as the application knows; until it says so there is one. Null: it never says. An error is taken for silence.</param>
    /// <param name="observer">Who is told.</param>
    public void Start(IObservable<bool>? networkAvailable, IObserver<RegistrationState> observer)
    {
        var plan = RegistrationPlan.Begin(settings, _last is null ? 1 : _last.Sequence + RegistrationPlan.SequenceGap, _abandoned ?? _last?.Leftovers ?? StrayContacts.None, alarms.Now);
        Remember(plan, null);
        _run = new RegistrationRun(this, plan, observer);
        _run.Start(networkAvailable);
    }

    /// <summary>Abandons the registration and sends nothing; another may be started.</summary>
    public void Dispose() => _run?.Dispose();

    /// <summary>The flow that carried the last successful REGISTER is gone.</summary>
    /// <param name="error">What the system said about it; null when it was closed in order.</param>
    public void Lose(Exception? error) => _run?.Change(_run.Surroundings with { Losses = _run.Surroundings.Losses + 1, Error = error });

    /// <summary>What is bound leads nowhere until it is registered again.</summary>
    /// <param name="eviction">What the registrar says of having taken the binding away; null: the peer sees us at a new address.</param>
    public void Outdate(Eviction? eviction) =>
        _run?.Change(_run.Surroundings with { Moves = _run.Surroundings.Moves + 1, Eviction = eviction ?? _run.Surroundings.Eviction });

    /// <summary>Whether another flow of the same endpoint is registered: then this one need not hurry back (RFC 5626 §4.5).</summary>
    public void Tell(bool othersStand) => _run?.Change(_run.Surroundings with { DoOthersStand = othersStand });

    /// <summary>It is time to leave: the binding is removed, then the states complete.</summary>
    public void Leave() => _run?.Change(_run.Surroundings with { IsLeaving = true });

    /// <summary>Notes what a registration after this one has to know.</summary>
    /// <param name="plan">The plan as it is now.</param>
    /// <param name="sent">The contact that a REGISTER on its way may bind; null when none is.</param>
    internal void Remember(RegistrationPlan plan, NameAddress? sent) => (_last, _abandoned) = (plan, sent is null ? null : plan.Leftovers.With(sent));
}
