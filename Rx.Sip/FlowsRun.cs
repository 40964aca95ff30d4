using System.Collections.Immutable;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Outbound;

namespace Rx.Sip;

/// <summary>The registrations over all flows of an endpoint, from one start to the end. In the protocol mailbox.</summary>
internal sealed class FlowsRun(RegistrationKeeper keeper, ImmutableArray<OutboundFlow> flows) : IDisposable
{
    private bool _isDisposed;

    /// <summary>Why the end has been asked for; null when it has not.</summary>
    public TerminationReason? Ending { get; set; }

    public bool IsLeaving { get; private set; }

    public bool HasRegistered { get; set; }

    public void Start()
    {
        foreach (var flow in flows)
            flow.Start(this, keeper);
    }

    /// <summary>All take leave.</summary>
    public void Leave()
    {
        IsLeaving = true;
        foreach (var flow in flows)
            flow.Leave();
    }

    public void Dispose()
    {
        _isDisposed = true;
        foreach (var flow in flows)
            flow.Stop();
    }

    /// <summary>The registration over a flow went on.</summary>
    public void Follow(OutboundFlow flow, RegistrationState state)
    {
        if (_isDisposed)
            return;
        var stood = flow.Stands;
        flow.Follow(state);
        if (flows.Length > 1)
            Arrange(flow, stood);
        keeper.Follow(this, flows.Length > 1 ? CombinedRegistration.Of([.. flows.Select(one => one.State)], state) : state);
    }

    private void Arrange(OutboundFlow flow, bool stood)
    {
        if (flow.Stands != stood)
            TellOthers();
        if (IsOneTooMany(flow))
            flow.StandDown();
        else
            CallStandbys();
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
            flow.Start(this, keeper);
    }
}
