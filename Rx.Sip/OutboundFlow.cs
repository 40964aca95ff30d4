using System.Reactive;
using System.Reactive.Linq;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Runtime;
using Rx.Sip.Transactions;

namespace Rx.Sip;

/// <summary>
/// One way of an endpoint to its registrar: a proxy, the connection to it, the registration over it (RFC 5626 §4.2). Lives in the
/// protocol mailbox.
/// </summary>
internal sealed class OutboundFlow(ServerClient server, AuthenticatingClient client, string proxy, int regId) : IDisposable
{
    private readonly HotStream<bool> _othersStand = new();
    private RegistrarAccess? _access;
    private RegistrationLoop? _loop;
    private HotStream<Unit>? _leave;

    public int RegId => regId;

    /// <summary>Where requests go that are to take this flow.</summary>
    public ServerClient Server => server;

    /// <summary>The client that registers.</summary>
    public AuthenticatingClient Client => client;

    /// <summary>What the registration is doing.</summary>
    public RegistrationState State { get; private set; } = new RegistrationState.Unregistered(null);

    /// <summary>The latest grant; null before the first and when the registration is over.</summary>
    public RegistrationState.Registered? Granted { get; private set; }

    /// <summary>Whether it rests until no other flow is registered any more.</summary>
    public bool IsStandby { get; private set; }

    /// <summary>Whether a request over it was not answered, and nothing has come of it since.</summary>
    public bool IsSuspect { get; private set; }

    public bool Stands => CombinedRegistration.Stands(State);

    /// <summary>What goes along with requests over this flow; null while there is nothing.</summary>
    public RequestRoute? Route { get; private set; }

    public FlowRegistration Description => new(regId, proxy, State, IsStandby);

    /// <summary>
    /// Cold: registers over this flow and stays registered; see <see cref="RegistrationLoop"/>. Speaks wherever it likes.
    /// </summary>
    public IObservable<RegistrationState> Register(EndpointCore core, RegistrationSettings settings, Func<NameAddress, NameAddress> mark, RegistrationSignals signals)
    {
        var manager = core.Directory.Manager;
        _access ??= new RegistrarAccess(core, server, mark);
        _loop ??= new RegistrationLoop(core.Directory.Pace is { } pace ? new PacedClient(client, pace) : client, _access, settings, manager.Identifiers, manager.Scheduler);
        var leave = _leave = new HotStream<Unit>();
        IsStandby = false;
        return _loop.Run(signals with
        {
            FlowLost = _access.FlowLost,
            Outdated = _access.Outdated,
            OthersStand = _othersStand,
            Leave = signals.Leave.Merge(leave),
        });
    }

    /// <summary>Removes the binding and rests, for another flow is registered and one is enough.</summary>
    public void StandDown()
    {
        IsStandby = true;
        _leave?.OnNext(Unit.Default);
    }

    /// <summary>Tells the registration whether another flow stands.</summary>
    public void Tell(bool othersStand) => _othersStand.OnNext(othersStand);

    /// <summary>The registration went on.</summary>
    public void Follow(RegistrationState state)
    {
        State = state;
        if (state is RegistrationState.Registered granted)
            Settle(granted);
        else if (state is RegistrationState.Unregistered)
            Rest();
    }

    /// <summary>A request over this flow was not answered: others are preferred from now on, and the peer is asked whether it is there.</summary>
    public void Suspect()
    {
        IsSuspect = true;
        _access?.Suspect();
    }

    /// <summary>A request over this flow was answered.</summary>
    public void Trust() => IsSuspect = false;

    /// <summary>The registrar has said that the binding is gone; null: that it has to be registered again soon.</summary>
    public void Evict(Eviction? eviction) => _access?.Evict(eviction);

    /// <summary>The registration is given up as it is.</summary>
    public void Abandon()
    {
        if (State is not RegistrationState.Unregistered)
            State = new RegistrationState.Unregistered((State as RegistrationState.WaitingForRetry)?.Cause);
        Rest();
    }

    public void Dispose()
    {
        _access?.Dispose();
        server.Dispose();
    }

    private void Settle(RegistrationState.Registered granted)
    {
        (Granted, IsSuspect, Route) = (granted, false, RequestRoute.Of(granted.Binding));
        _access!.Agree(granted.Binding.Terms);
    }

    private void Rest()
    {
        (Granted, Route, IsSuspect) = (null, null, false);
        _access?.Release();
    }
}
