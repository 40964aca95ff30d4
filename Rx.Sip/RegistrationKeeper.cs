using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Bindings;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Runtime;

namespace Rx.Sip;

/// <summary>
/// Keeps an endpoint registered: runs the registration loop over the way to the server, and leads the endpoint's state by the
/// registration's (see <see cref="EndpointLife"/>). Everything happens in the protocol mailbox, one thing at a time.
/// </summary>
internal sealed class RegistrationKeeper : IDisposable
{
    private readonly EndpointCore _core;
    private readonly OutboundFlows _flows;
    private readonly CredentialCache _credentials;
    private readonly SipEndpointSettings _settings;
    private readonly UserEndpoint? _user;
    private readonly LatestStream<RegistrationState> _registration;
    private LatestStream<OutboundState>? _outbound;
    private BindingAccess? _bindings;
    private RegistrationWatch? _watch;
    private FlowsRun? _run;
    private int _waiting;

    public RegistrationKeeper(
        EndpointCore core, OutboundFlows flows, CredentialCache credentials, SipEndpointSettings settings, UserEndpoint? user)
    {
        (_core, _flows, _credentials, _settings, _user) = (core, flows, credentials, settings, user);
        _registration = new LatestStream<RegistrationState>(new RegistrationState.Unregistered(null), core.Mailbox);
    }

    public EndpointCore Core => _core;

    /// <summary>What is registered.</summary>
    public RegistrationSettings Registered => field ??= Describe();

    /// <summary>Whether there is a network, as far as the application says; null when it never does.</summary>
    public IObservable<bool>? NetworkAvailable => _settings.NetworkAvailable;

    public IObservable<RegistrationState> Registration => _registration;

    public IObservable<OutboundState> Outbound => _outbound ?? Made(ref _outbound, new LatestStream<OutboundState>(_flows.State, _core.Mailbox), stream => stream.Complete());

    public BindingAccess Bindings => _bindings ?? Made(ref _bindings, new BindingAccess(_core, _flows, Registered, Instance, _watch?.Latest ?? _flows.Bindings), access => access.Complete());

    /// <summary>Takes a binding away; one of our own comes back with the next refresh.</summary>
    public IObservable<BindingSet> Remove(DeviceBinding binding) => Bindings.Ask(requests =>
    {
        if (binding.IsOwn)
            _watch?.Expect(binding.Contact.Uri);
        return requests.Remove(binding.Contact.Uri);
    });

    public NameAddress? Contact => _flows.Route?.Contact;

    public AuthenticationOutcome Authentication => _flows.Authentication;

    public IObservable<EndpointState> Establish() => InMailbox(() =>
    {
        if (_core.IsDraining || _run is { Ending: not null })
            return Misuse("The endpoint is terminated, or about to be.");
        _waiting++;
        if (_run is null)
            Start();
        return _core.States
            .Where(state => state is EndpointState.Established or EndpointState.Idle or EndpointState.Terminated)
            .Take(1)
            .Select(state => state is EndpointState.Established ? state : throw Refusal(state))
            .Finally(() => Mailbox.Post(StopWaiting));
    });

    public IObservable<EndpointState> Unregister() => InMailbox(() =>
    {
        if (_core.IsTerminated)
            return Misuse("The endpoint is terminated.");
        _watch?.Leave();
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
            _watch?.Leave();
            _run.Leave();
        }
        return _core.States.Where(state => state is EndpointState.Terminated).Take(1);
    });

    // What begins in the mailbox sees no other change between its look at the run and its subscription to the states.
    private IObservable<EndpointState> InMailbox(Func<IObservable<EndpointState>> begin) => Observable.Create<EndpointState>(observer =>
    {
        var waiting = new SingleAssignmentDisposable();
        Mailbox.Post(() =>
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
        _run = _flows.Run(this);
        _core.States.Publish(new EndpointState.Establishing());
        _run.Start();
    }

    private void Show() => _outbound?.Publish(_flows.State);

    // Most endpoints are never asked, and there may be very many of them.
    private T Made<T>(ref T? field, T made, Action<T> complete) where T : class
    {
        if (Interlocked.CompareExchange(ref field, made, null) is { } first)
            return first;
        if (_core.IsTerminated)
            complete(made);
        return made;
    }

    /// <summary>What the registrations over all flows amount to has changed, or that of one has.</summary>
    public void Follow(FlowsRun run, RegistrationState registration)
    {
        Show();
        if (_run != run)
            return;
        _registration.Publish(registration);
        _watch?.Follow(registration);
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

    private void Stop(FlowsRun run)
    {
        _run = null;
        run.Dispose();
        _watch?.Leave();
        _flows.Abandon();
        Show();
        if (_registration.Latest is not RegistrationState.Unregistered)
            _registration.Publish(new RegistrationState.Unregistered((_registration.Latest as RegistrationState.WaitingForRetry)?.Cause));
    }

    /// <summary>Lets go of the ways to the server.</summary>
    public void Dispose()
    {
        _flows.Dispose();
        foreach (var flow in _flows.All)
            if (flow.Dialog is { } dialog)
                _core.Directory.Dialogs.Remove(dialog);
    }

    private void End(TerminationReason reason, RegistrationFailure? cause)
    {
        if (_core.IsTerminated)
            return;
        Dispose();
        _core.End(new EndpointState.Terminated(reason, cause));
        _registration.Complete();
        _outbound?.Complete();
        _bindings?.Complete();
        _user?.End();
    }

    // Whoever establishes and walks away gives up the attempt, unless somebody else still waits for it.
    private void StopWaiting()
    {
        if (--_waiting > 0 || _run is not { HasRegistered: false, IsLeaving: false } run)
            return;
        Stop(run);
        _core.States.Publish(new EndpointState.Idle(null));
    }

    private Mailbox Mailbox => _core.Directory.Manager.Mailbox;

    private Guid Instance => _settings.SipInstance ?? InstanceId.Of(_core.Identity.EndpointId);

    private RegistrationSettings Describe()
    {
        var (identity, shared) = (_core.Identity, _core.Directory.Shared);
        return new RegistrationSettings
        {
            Aor = identity.Aor,
            Registrar = shared.RegistrarOf(identity.Aor),
            DisplayName = identity.DisplayName,
            FromParameters = identity.FromParameters,
            Expires = _settings.RegistrationLifetime,
            Headers = shared.HeadersOf(identity, _settings.UsesOutbound),
            Recovery = _settings.Recovery,
            MaximumRetries = _settings.MaxRegisterRetries,
            MaximumRedirections = _settings.MaximumRegisterRedirectionAttempts,
            Refresh = _settings.RefreshWindow,
            AttemptDuration = _flows.Timers.Timeout,
        };
    }

    /// <summary>A contact as it is registered over a flow.</summary>
    public NameAddress Mark(NameAddress contact, int regId) =>
        _settings.UsesOutbound ? InstanceId.Mark(contact, Instance, regId) : contact;

    /// <summary>A last look at a success: why we don't want it; null when we do.</summary>
    public RegistrationFailure? Admit(AuthenticatingClient client, SipResponse response)
    {
        _bindings?.Hear(response);
        if (_watch is null && RegistrationWatch.IsWanted(_settings.RegistrationEvents, response))
            _watch = new RegistrationWatch(_core, _flows, Instance, heard => _bindings?.Hear(heard));
        return _settings.AllowNoAuthentication || _credentials.IsEmpty || client.WasChallenged ? null
            : new RegistrationFailure(RegistrationFailureKind.Credentials, "the server never asked for the credentials", response, null);
    }

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
                Authentication.Failure ?? AuthenticationFailureReason.UnchallengingServer, message, Authentication.Realm, cause.Response),
            { Error: TlsFailureException failure } => new TlsFailureException(failure.Reason, message, failure)
            {
                RemoteCertificate = failure.RemoteCertificate,
                RemoteEndPoint = failure.RemoteEndPoint,
            },
            { Response: { IsLocal: false } response } => new RegisterException(message, response),
            _ => new ConnectionFailureException(message, cause.Error),
        };
    }
}
