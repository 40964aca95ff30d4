using System.Reactive;
using System.Reactive.Linq;

namespace Rx.Sip.Registration;

/// <summary>What a registration hears from around it. All hot; none need ever say anything, and an error is taken for silence.</summary>
internal sealed record RegistrationSignals
{
    /// <summary>The flow that carried the last successful REGISTER is gone; what the system said about it, null when it was closed in order.</summary>
    public IObservable<Exception?> FlowLost { get; init; } = Observable.Never<Exception?>();

    /// <summary>Whether there is a network at all, as far as the application knows; until it says so there is one.</summary>
    public IObservable<bool> NetworkAvailable { get; init; } = Observable.Never<bool>();

    /// <summary>Whether another flow of the same endpoint is registered: then this one need not hurry back (RFC 5626 §4.5). Until it says so, none is.</summary>
    public IObservable<bool> OthersStand { get; init; } = Observable.Never<bool>();

    /// <summary>
    /// What is bound leads nowhere until it is registered again: the registrar says that it has taken the binding away, or, null, the peer
    /// sees us at a new address.
    /// </summary>
    public IObservable<Eviction?> Outdated { get; init; } = Observable.Never<Eviction?>();

    /// <summary>It is time to leave: the binding is removed, then the states complete.</summary>
    public IObservable<Unit> Leave { get; init; } = Observable.Never<Unit>();
}
