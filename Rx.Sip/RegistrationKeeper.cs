using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Runtime;

namespace Rx.Sip;

/// <summary>
/// Keeps an endpoint registered: runs the registration loop over the way to the server, and leads the endpoint's state by the
/// registration's (see <see cref="EndpointLife"/>). Everything happens in the protocol mailbox, one thing at a time.
/// </summary>
internal sealed class RegistrationKeeper : IDisposable
{
    private readonly EndpointCore _core;
    private readonly ServerClient _server;
    private readonly RegistrarAccess _access;
    private readonly AuthenticatingClient _client;
    private readonly CredentialCache _credentials;
    private readonly SipEndpointSettings _settings;
    private readonly Action? _onTerminated;
    private readonly LatestStream<RegistrationState> _registration;
    private readonly RegistrationLoop _loop;
    private readonly Mailbox _mailbox;
    private Run? _run;
    private int _waiting;

    public RegistrationKeeper(
        EndpointCore core, ServerClient server, AuthenticatingClient client, CredentialCache credentials, SipEndpointSettings settings, Action? onTerminated)
    {
        (_core, _server, _client, _credentials, _settings, _onTerminated) = (core, server, client, credentials, settings, onTerminated);
        _registration = new LatestStream<RegistrationState>(new RegistrationState.Unregistered(null), core.Mailbox);
        var manager = core.Directory.Manager;
        _mailbox = manager.Mailbox;
        var aor = core.Identity.Aor;
        _access = new RegistrarAccess(core, server);
        _loop = new RegistrationLoop(client, _access, new RegistrationSettings
        {
            Aor = aor,
            Registrar = SipUri.Parse($"{aor.Scheme}:{aor.Host}"),
            DisplayName = core.Identity.DisplayName,
            Expires = settings.RegistrationLifetime,
            Headers = [new SipHeader("User-Agent", core.Identity.UserAgent)],
            Recovery = settings.Recovery,
            MaximumRetries = settings.MaxRegisterRetries,
            MaximumRedirections = settings.MaximumRegisterRedirectionAttempts,
            Refresh = settings.RefreshWindow,
            AttemptDuration = settings.Timers.Timeout,
            Admit = Admit,
        }, manager.Identifiers, manager.Scheduler);
    }

    public IObservable<RegistrationState> Registration => _registration;

    public AuthenticationOutcome Authentication => _client.Outcome;

    public IObservable<EndpointState> Establish() => InMailbox(() =>
    {
        if (_core.IsTerminated || _run is { Ending: not null })
            return Misuse("The endpoint is terminated.");
        _waiting++;
        if (_run is null)
            Start();
        return _core.States
            .Where(state => state is EndpointState.Established or EndpointState.Idle or EndpointState.Terminated)
            .Take(1)
            .Select(state => state is EndpointState.Established ? state : throw Refusal(state))
            .Finally(() => _mailbox.Post(StopWaiting));
    });

    public IObservable<EndpointState> Unregister() => InMailbox(() =>
    {
        if (_core.IsTerminated)
            return Misuse("The endpoint is terminated.");
        _run?.Leave();
        return _core.States.Where(state => state is EndpointState.Idle or EndpointState.Terminated).Take(1);
    });

    public IObservable<EndpointState> Terminate(TerminationReason reason) => InMailbox(() =>
    {
        if (_run is null)
        {
            End(reason, null);
        }
        else if (_run.Ending is null)
        {
            _run.Ending = reason;
            _core.States.Publish(new EndpointState.Terminating());
            _run.Leave();
        }
        return _core.States.Where(state => state is EndpointState.Terminated).Take(1);
    });

    // What begins in the mailbox sees no other change between its look at the run and its subscription to the states.
    private IObservable<EndpointState> InMailbox(Func<IObservable<EndpointState>> begin) => Observable.Create<EndpointState>(observer =>
    {
        var waiting = new SingleAssignmentDisposable();
        _mailbox.Post(() =>
        {
            if (!waiting.IsDisposed)
                waiting.Disposable = begin().Subscribe(observer);
        });
        return waiting;
    });

    // Told in the endpoint's mailbox: applications don't run in the protocol's.
    private IObservable<EndpointState> Misuse(string message) => Observable.Create<EndpointState>(observer =>
    {
        var relay = new MailboxObserver<EndpointState>(_core.Mailbox, observer);
        relay.OnError(new InvalidOperationException(message));
        return relay;
    });

    private void Start()
    {
        var run = _run = new Run();
        var signals = new RegistrationSignals
        {
            FlowLost = _access.FlowLost,
            Leave = run.Leaving,
            NetworkAvailable = _settings.NetworkAvailable ?? Observable.Never<bool>(),
        };
        _core.States.Publish(new EndpointState.Establishing());
        // Timers speak wherever the scheduler runs them: back to the mailbox.
        run.Loop.Disposable = _loop.Run(signals).Subscribe(state => _mailbox.Post(() => Follow(run, state)));
    }

    private void Follow(Run run, RegistrationState registration)
    {
        if (_run != run)
            return;
        _registration.Publish(registration);
        var next = EndpointLife.After(_core.States.Latest, registration, run.Ending, run.HasRegistered, _core.Directory.Manager.Scheduler.Now);
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
        _run = null;
        run.Loop.Dispose();
        _access.Release();
        if (_registration.Latest is not RegistrationState.Unregistered)
            _registration.Publish(new RegistrationState.Unregistered((_registration.Latest as RegistrationState.WaitingForRetry)?.Cause));
    }

    /// <summary>Lets go of the way to the server.</summary>
    public void Dispose()
    {
        _access.Dispose();
        _server.Dispose();
    }

    private void End(TerminationReason reason, RegistrationFailure? cause)
    {
        if (_core.IsTerminated)
            return;
        Dispose();
        _core.End(new EndpointState.Terminated(reason, cause));
        _registration.Complete();
        _onTerminated?.Invoke();
    }

    // Whoever establishes and walks away gives up the attempt, unless somebody else still waits for it.
    private void StopWaiting()
    {
        if (--_waiting > 0 || _run is not { HasRegistered: false, IsLeaving: false } run)
            return;
        Stop(run);
        _core.States.Publish(new EndpointState.Idle(null));
    }

    private RegistrationFailure? Admit(SipResponse response) =>
        _settings.AllowNoAuthentication || _credentials.IsEmpty || _client.WasChallenged ? null
        : new RegistrationFailure(RegistrationFailureKind.Credentials, "the server never asked for the credentials", response, null);

    private Exception Refusal(EndpointState state)
    {
        var cause = state switch
        {
            EndpointState.Idle idle => idle.Cause,
            EndpointState.Terminated terminated => terminated.Cause,
            _ => null,
        };
        var message = $"{_core.Identity.Aor} could not be registered at {_settings.Server}: {cause}.";
        return cause switch
        {
            null => new InvalidOperationException($"The endpoint was {(state is EndpointState.Terminated ? "terminated" : "unregistered")} while it was being established."),
            { Kind: RegistrationFailureKind.Credentials } => new AuthenticationException(
                _client.Outcome.Failure ?? AuthenticationFailureReason.UnchallengingServer, message, _client.Outcome.Realm, cause.Response),
            { Response: { IsLocal: false } response } => new RegisterException(message, response),
            _ => new ConnectionFailureException(message, cause.Error),
        };
    }

    private sealed class Run
    {
        private readonly HotStream<Unit> _leave = new();

        public SingleAssignmentDisposable Loop { get; } = new();

        public IObservable<Unit> Leaving => _leave;

        /// <summary>Why the end has been asked for; null when it has not.</summary>
        public TerminationReason? Ending { get; set; }

        public bool IsLeaving { get; private set; }

        public bool HasRegistered { get; set; }

        public void Leave()
        {
            IsLeaving = true;
            _leave.OnNext(Unit.Default);
        }
    }
}
