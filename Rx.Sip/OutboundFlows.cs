using System.Collections.Immutable;
using System.Reactive.Linq;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Bindings;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Transactions;

namespace Rx.Sip;

/// <summary>
/// The flows of an endpoint (RFC 5626): registers over each, is registered as long as one of them is, and sends requests over one
/// that is. With a registrar that doesn't know RFC 5626 one flow is registered at a time and the others stand by.
/// </summary>
internal sealed class OutboundFlows : IRequestClient, IDisposable
{
    private readonly ImmutableArray<OutboundFlow> _flows;

    public OutboundFlows(EndpointDirectory directory, IReadOnlyList<ServerName> proxies, SipTimers timers, SecurityAssociations associations)
    {
        Timers = timers;
        _flows = [.. proxies.Select((proxy, index) => Make(new ServerClient(directory, proxy, timers), index + 1, associations))];
    }

    /// <summary>The timers of what is sent.</summary>
    public SipTimers Timers { get; }

    /// <summary>All of them.</summary>
    public ImmutableArray<OutboundFlow> All => _flows;

    /// <summary>How many there are.</summary>
    public int Count => _flows.Length;

    /// <summary>The flows as they are; in the mailbox.</summary>
    public OutboundState State => new([.. _flows.Select(flow => flow.Description)]);

    /// <summary>What goes along with requests over the flow that would be taken now; null while none is registered.</summary>
    public RequestRoute? Route => Best([])?.Route;

    /// <summary>All bindings that the latest answer to a registration told of.</summary>
    public BindingSet Bindings =>
        _flows.Where(flow => flow.Stands).Select(flow => flow.Granted).OfType<RegistrationState.Registered>().ToArray() is [_, ..] granted
            ? BindingSet.Of(granted.MaxBy(state => state.Until - state.Binding.Granted)!, granted)
            : new BindingSet(DateTimeOffset.MinValue, []);

    /// <summary>Where REGISTERs go that are of no flow.</summary>
    public IRequestClient Registrar => (Best([]) ?? _flows[0]).Client;

    /// <summary>How the registration was authenticated: over the flow where it failed, else over the first where it was.</summary>
    public AuthenticationOutcome Authentication =>
        _flows.Select(flow => flow.Client.Outcome).FirstOrDefault(outcome => outcome.Failure is not null)
        ?? _flows.Select(flow => flow.Client.Outcome).FirstOrDefault(outcome => outcome != AuthenticationOutcome.Open)
        ?? AuthenticationOutcome.Open;

    /// <summary>The registrations over all flows from now on, to be started; the keeper is told what they amount to, see <see cref="CombinedRegistration"/>.</summary>
    public FlowsRun Run(RegistrationKeeper keeper) => new(keeper, _flows);

    /// <summary>
    /// A request over a flow that is registered. When it turns out that nobody is there, or says 503, the next one is tried (RFC 3263
    /// §4.3). With nothing registered the first one is tried.
    /// </summary>
    public IObservable<SipResponse> Request(SipRequest request) => _flows.Length > 1 ? new FlowWalk(this, request) : Over(_flows[0], request);

    public static IObservable<SipResponse> Over(OutboundFlow flow, SipRequest request) =>
        flow.Server.Request(flow.Route is { } route ? route.Apply(request) : request);

    /// <summary>The flow to try next; null when all that are registered were tried.</summary>
    public OutboundFlow? Best(IReadOnlyCollection<OutboundFlow> tried)
    {
        OutboundFlow? suspect = null;
        foreach (var flow in _flows)
        {
            if (!flow.Stands || tried.Contains(flow))
                continue;
            if (!flow.IsSuspect)
                return flow;
            suspect ??= flow;
        }
        return suspect ?? (tried.Count == 0 ? _flows[0] : null);
    }

    /// <summary>The registrations are given up as they are, and the connections let go.</summary>
    public void Abandon()
    {
        foreach (var flow in _flows)
            flow.Abandon();
    }

    public void Dispose()
    {
        foreach (var flow in _flows)
            flow.Dispose();
    }

    private static OutboundFlow Make(ServerClient server, int regId, SecurityAssociations associations) =>
        new(server, new AuthenticatingClient(server, associations), regId);
}
