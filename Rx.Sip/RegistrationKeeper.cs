using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Runtime;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>
/// Keeps an endpoint registered: runs the registration loop over the way to the server, and leads the endpoint's state by the
/// registration's (see <see cref="EndpointLife"/>).
/// </summary>
internal sealed class RegistrationKeeper : IDisposable
{
    private readonly EndpointCore _core;
    private readonly ServerClient _server;
    private readonly AuthenticatingClient _client;
    private readonly CredentialCache _credentials;
    private readonly SipEndpointSettings _settings;
    private readonly Action? _onTerminated;
    private readonly LatestStream<RegistrationState> _registration;
    private readonly RegistrationLoop _loop;
    private readonly Lock _gate = new();
    private readonly SerialDisposable _hold = new();
    private Run? _run;
    private int _waiting;
    private Flow? _flow;

    public RegistrationKeeper(
        EndpointCore core, ServerClient server, AuthenticatingClient client, CredentialCache credentials, SipEndpointSettings settings, Action? onTerminated)
    {
        (_core, _server, _client, _credentials, _settings, _onTerminated) = (core, server, client, credentials, settings, onTerminated);
        _registration = new LatestStream<RegistrationState>(new RegistrationState.Unregistered(null), core.Mailbox);
        var manager = core.Directory.Manager;
        var aor = core.Identity.Aor;
        _loop = new RegistrationLoop(client, null, new RegistrationSettings
        {
            Aor = aor,
            Registrar = SipUri.Parse($"{aor.Scheme}:{aor.Host}"),
            Contact = server.Connect().Do(Use).Select(flow => flow is null ? null : ContactOver(flow)),
            DisplayName = core.Identity.DisplayName,
            Expires = settings.RegistrationLifetime,
            Headers = [new SipHeader("User-Agent", core.Identity.UserAgent)],
            Recovery = settings.Recovery,
            AttemptDuration = settings.Timers.Timeout,
            Admit = Admit,
        }, manager.Identifiers, manager.Scheduler);
    }

    public IObservable<RegistrationState> Registration => _registration;

    public AuthenticationOutcome Authentication => _client.Outcome;

    public IObservable<EndpointState> Establish() => Observable.Defer(() =>
    {
        lock (_gate)
        {
            if (_core.IsTerminated)
                return Observable.Throw<EndpointState>(new InvalidOperationException("The endpoint is terminated."));
            _waiting++;
            if (_run is null)
                Start();
        }
        return _core.States
            .Where(state => state is EndpointState.Established or EndpointState.Idle or EndpointState.Terminated)
            .Take(1)
            .Select(state => state is EndpointState.Established ? state : throw Refusal(state))
            .Finally(StopWaiting);
    });

    public IObservable<EndpointState> Unregister() => Observable.Defer(() =>
    {
        lock (_gate)
        {
            if (_core.IsTerminated)
                return Observable.Throw<EndpointState>(new InvalidOperationException("The endpoint is terminated."));
            if (_run is { } run)
                Leave(run);
        }
        return _core.States.Where(state => state is EndpointState.Idle or EndpointState.Terminated).Take(1);
    });

    public IObservable<EndpointState> Terminate() => Observable.Defer(() =>
    {
        Run? run;
        lock (_gate)
            run = _run;
        if (run is null)
        {
            End(TerminationReason.TerminatedLocally, null);
        }
        else
        {
            run.IsTerminating = true;
            _core.States.Publish(new EndpointState.Terminating());
            Leave(run);
        }
        return _core.States.Where(state => state is EndpointState.Terminated).Take(1);
    });

    // Behind the beginning of the run, which is posted too.
    private void Leave(Run run) => _core.Directory.Manager.Mailbox.Post(run.Leave);

    private void Start()
    {
        var run = _run = new Run();
        var lost = _core.Directory.Manager.FlowsClosed.Where(closed => closed.Flow == _flow && closed.Flow.IsReliable).Select(closed => closed.Error);
        var signals = new RegistrationSignals
        {
            FlowLost = lost,
            Leave = run.Leaving,
            NetworkAvailable = _settings.NetworkAvailable ?? Observable.Never<bool>(),
        };
        _core.States.Publish(new EndpointState.Establishing());
        // Begun in the mailbox, where all else that drives the loop comes from.
        _core.Directory.Manager.Mailbox.Post(() => run.Loop.Disposable = _loop.Run(signals).Subscribe(state => Follow(run, state)));
    }

    private void Follow(Run run, RegistrationState registration)
    {
        if (_run != run)
            return;
        _registration.Publish(registration);
        var next = EndpointLife.After(_core.States.Latest, registration, run.IsTerminating, run.HasRegistered, _core.Directory.Manager.Scheduler.Now);
        run.HasRegistered |= registration is RegistrationState.Registered;
        // The first attempt is the application's: it hears of a failure and decides. Later ones are the policy's.
        if (registration is RegistrationState.Unregistered || next is EndpointState.Idle)
            Stop(run);
        if (next is EndpointState.Terminated end)
            End(end.Reason, end.Cause);
        else
            _core.States.Publish(next);
    }

    private void Stop(Run run)
    {
        lock (_gate)
            _run = null;
        run.Loop.Dispose();
        _hold.Disposable = null;
        if (_registration.Latest is not RegistrationState.Unregistered)
            _registration.Publish(new RegistrationState.Unregistered((_registration.Latest as RegistrationState.WaitingForRetry)?.Cause));
    }

    /// <summary>Lets go of the way to the server.</summary>
    public void Dispose()
    {
        _hold.Dispose();
        _server.Dispose();
    }

    private void End(TerminationReason reason, RegistrationFailure? cause)
    {
        Dispose();
        _core.End(new EndpointState.Terminated(reason, cause));
        _registration.Complete();
        _onTerminated?.Invoke();
    }

    // Whoever establishes and walks away gives up the attempt, unless somebody else still waits for it.
    private void StopWaiting()
    {
        Run? abandoned = null;
        lock (_gate)
            if (--_waiting == 0 && _run is { HasRegistered: false, IsTerminating: false } run)
                abandoned = run;
        if (abandoned is not null)
            _core.Directory.Manager.Mailbox.Post(() =>
            {
                if (_run != abandoned || abandoned.HasRegistered)
                    return;
                Stop(abandoned);
                _core.States.Publish(new EndpointState.Idle(null));
            });
    }

    private void Use(Flow? flow)
    {
        _flow = flow;
        _hold.Disposable = flow?.Hold();
        if (flow is null)
            _server.Advance();
    }

    private NameAddress ContactOver(Flow flow) => new(_core.Identity.Contact(flow.SentBy, flow.Transport));

    private RegistrationFailure? Admit(SipResponse response) =>
        _settings.AllowNoAuthentication || _credentials.IsEmpty || _client.WasChallenged ? null
        : new RegistrationFailure(RegistrationFailureKind.Credentials, "the server never asked for the credentials", response, null);

    private SipException Refusal(EndpointState state)
    {
        var cause = state switch
        {
            EndpointState.Idle idle => idle.Cause,
            EndpointState.Terminated terminated => terminated.Cause,
            _ => null,
        };
        var message = $"{_core.Identity.Aor} could not be registered at {_settings.Server}: {cause?.ToString() ?? "the endpoint was terminated"}.";
        return cause switch
        {
            { Kind: RegistrationFailureKind.Credentials } => new AuthenticationException(
                _client.Outcome.Failure ?? AuthenticationFailureReason.UnchallengingServer, message, _client.Outcome.Realm, cause.Response),
            { Response: { IsLocal: false } response } => new RegisterException(message, response),
            _ => new ConnectionFailureException(message, cause?.Error),
        };
    }

    private sealed class Run
    {
        private readonly HotStream<Unit> _leave = new();

        public SingleAssignmentDisposable Loop { get; } = new();

        public IObservable<Unit> Leaving => _leave;

        public bool IsTerminating { get; set; }

        public bool HasRegistered { get; set; }

        public void Leave() => _leave.OnNext(Unit.Default);
    }
}
