using Rx.Sip.Authentication;
using Rx.Sip.Dialogs;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Outbound;

namespace Rx.Sip;

/// <summary>
/// One way of an endpoint to its registrar: a proxy, the connection to it, the registration over it (RFC 5626 §4.2). Lives in the
/// protocol mailbox.
/// </summary>
internal sealed class OutboundFlow(ServerClient server, AuthenticatingClient client, int regId) : IObserver<RegistrationState>, IDisposable
{
    private static readonly RegistrationState Resting = new RegistrationState.Unregistered(null);

    private RegistrarAccess? _access;
    private RegistrationLoop? _loop;
    private FlowsRun? _run;
    private RequestRoute? _route;

    public int RegId => regId;

    /// <summary>Where requests go that are to take this flow.</summary>
    public ServerClient Server => server;

    /// <summary>The client that registers.</summary>
    public AuthenticatingClient Client => client;

    /// <summary>What the registration is doing.</summary>
    public RegistrationState State { get; private set; } = Resting;

    /// <summary>The latest grant; null before the first and when the registration is over.</summary>
    public RegistrationState.Registered? Granted { get; private set; }

    /// <summary>Whether it rests until no other flow is registered any more.</summary>
    public bool IsStandby { get; private set; }

    /// <summary>Whether a request over it was not answered, and nothing has come of it since.</summary>
    public bool IsSuspect { get; private set; }

    public bool Stands => CombinedRegistration.Stands(State);

    /// <summary>What goes along with requests over this flow; null while there is nothing. Made when the first request asks, which most endpoints never do.</summary>
    public RequestRoute? Route
    {
        get
        {
            if (Granted is not { Binding: var binding })
                return null;
            var known = _route;
            return known?.Binding == binding ? known : _route = RequestRoute.Of(binding);
        }
    }

    public FlowRegistration Description => new(regId, server.Home.Port == 0 ? server.Home.Host : $"{server.Home.Host}:{server.Home.Port}", State, IsStandby);

    /// <summary>Registers over this flow and stays registered; the run is told how it goes. See <see cref="RegistrationLoop"/>.</summary>
    public void Start(FlowsRun run, RegistrationKeeper keeper)
    {
        (_run, IsStandby) = (run, false);
        var directory = keeper.Core.Directory;
        _access ??= new RegistrarAccess(keeper, this);
        if (_loop is null)
        {
            _loop = new RegistrationLoop(client, _access, keeper.Registered, directory.Manager.Identifiers, directory.Alarms) { Pace = directory.Pace };
            // Only Office Communications Server speaks in the dialog of a REGISTER.
            if (keeper.Core.Identity.IsNamedInFrom)
                directory.Dialogs.Add(Dialog!.Value, new DeregistrationNotices(Evict));
        }
        _loop.Start(keeper.NetworkAvailable, this);
    }

    /// <summary>What would be the dialog of the REGISTERs if they made one; null before the first.</summary>
    public DialogSetId? Dialog => _loop is { Requests: var requests } ? new DialogSetId(requests.CallId, requests.Tag) : null;

    /// <summary>Removes the binding and rests, for another flow is registered and one is enough.</summary>
    public void StandDown()
    {
        IsStandby = true;
        Leave();
    }

    /// <summary>Removes the binding.</summary>
    public void Leave() => _loop?.Leave();

    /// <summary>Stops registering, and sends nothing.</summary>
    public void Stop() => _loop?.Dispose();

    /// <summary>Tells the registration whether another flow stands.</summary>
    public void Tell(bool othersStand) => _loop?.Tell(othersStand);

    /// <summary>The connection that carries the binding is gone.</summary>
    public void Lose(Exception? error) => _loop?.Lose(error);

    void IObserver<RegistrationState>.OnNext(RegistrationState value) => _run!.Follow(this, value);

    void IObserver<RegistrationState>.OnError(Exception error)
    {
        // A registration has none.
    }

    void IObserver<RegistrationState>.OnCompleted()
    {
    }

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

    /// <summary>The registrar has said that the binding is gone; null: it has to be registered again soon, for the registrar says so or sees us at a new address.</summary>
    public void Evict(Eviction? eviction) => _loop?.Outdate(eviction);

    /// <summary>The registration is given up as it is.</summary>
    public void Abandon()
    {
        if (State is not RegistrationState.Unregistered)
            State = new RegistrationState.Unregistered((State as RegistrationState.WaitingForRetry)?.Cause);
        Rest();
    }

    public void Dispose()
    {
        _loop?.Dispose();
        _access?.Dispose();
        server.Dispose();
    }

    private void Settle(RegistrationState.Registered granted)
    {
        (Granted, IsSuspect) = (granted, false);
        _access!.Agree(granted.Binding.Terms);
    }

    private void Rest()
    {
        (Granted, _route, IsSuspect) = (null, null, false);
        _access?.Release();
    }
}
