using System.Collections.Immutable;
using System.Reactive.Disposables;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Runtime;

namespace Rx.Sip;

/// <summary>The registrations over all flows of an endpoint, from one start to the end. In the protocol mailbox.</summary>
internal sealed class FlowsRun(
    ImmutableArray<OutboundFlow> flows, Mailbox mailbox, Func<OutboundFlow, IObservable<RegistrationState>> register,
    IObserver<RegistrationState> observer, Action changed) : IDisposable
{
    private readonly CompositeDisposable _subscriptions = [];

    public void Start()
    {
        foreach (var flow in flows)
            Start(flow);
    }

    public void Dispose() => _subscriptions.Dispose();

    private void Start(OutboundFlow flow)
    {
        var subscription = new SingleAssignmentDisposable();
        _subscriptions.Add(subscription);
        // Timers speak wherever the scheduler runs them: back to the mailbox.
        subscription.Disposable = register(flow).Subscribe(
            state => mailbox.Post(() => Follow(flow, state)),
            () => _subscriptions.Remove(subscription));
    }

    private void Follow(OutboundFlow flow, RegistrationState state)
    {
        if (_subscriptions.IsDisposed)
            return;
        var stood = flow.Stands;
        flow.Follow(state);
        if (flow.Stands != stood)
            TellOthers();
        if (IsOneTooMany(flow))
            flow.StandDown();
        else
            CallStandbys();
        changed();
        observer.OnNext(CombinedRegistration.Of([.. flows.Select(one => one.State)], state));
    }

    private void TellOthers()
    {
        foreach (var one in flows)
            one.Tell(flows.Any(other => other != one && other.Stands));
    }

    // Without RFC 5626 each binding is a device of its own, and whatever is sent to the user would arrive by each.
    private bool IsOneTooMany(OutboundFlow flow) =>
        flow.State is RegistrationState.Registered { Binding.Terms.IsOutbound: false } && flows.Any(other => other != flow && other.Stands);

    // While none stands and one is looking for a way: not when all have taken leave.
    private void CallStandbys()
    {
        if (flows.Any(flow => flow.Stands) || !flows.Any(flow => flow.State is RegistrationState.WaitingForRetry or RegistrationState.Registering))
            return;
        foreach (var flow in flows.Where(flow => flow.IsStandby && flow.State is RegistrationState.Unregistered))
            Start(flow);
    }
}
