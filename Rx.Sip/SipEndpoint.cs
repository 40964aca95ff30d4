using System.Reactive.Linq;
using Rx.Sip.Authentication;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Bindings;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Runtime;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>
/// An endpoint that registers with a registrar, stays registered, and sends everything through that server. A connection that drops is
/// brought back, and the registration with it, as <see cref="SipEndpointSettings.Recovery"/> says.
/// </summary>
public sealed class SipEndpoint : RealTimeEndpoint
{
    /// <summary>The realm of Office Communications Server; credentials added for it serve every realm that has none of its own.</summary>
    public const string DefaultRtcRealm = CredentialCache.DefaultRealm;

    private readonly SipEndpointSettings _settings;
    private readonly RealTimeConnectionManager _manager;
    private readonly SipTransportType _transport;
    private readonly bool _ownsManager;
    private readonly UserEndpoint? _user;
    private RegistrationKeeper? _keeper;
    private AuthenticatingClient? _sender;

    /// <summary>An endpoint with a connection manager of its own and defaults for the rest (UCMA's minimum constructor).</summary>
    /// <param name="uri">The address-of-record, for example <c>sip:alice@example.test</c>.</param>
    /// <param name="authenticationProtocols">The protocols it may answer challenges with.</param>
    /// <param name="transport">The transport to the server.</param>
    /// <param name="server">The registrar's name or address.</param>
    public SipEndpoint(string uri, SipAuthenticationProtocols authenticationProtocols, SipTransportType transport, string server)
        : this(uri, authenticationProtocols, transport, server, allowNoAuthentication: false, port: 0, connectionManager: null, endpointId: null)
    {
    }

    /// <summary>An endpoint with everything named (UCMA's full constructor).</summary>
    /// <param name="uri">The address-of-record, for example <c>sip:alice@example.test</c>.</param>
    /// <param name="authenticationProtocols">The protocols it may answer challenges with.</param>
    /// <param name="transport">The transport to the server.</param>
    /// <param name="server">The registrar's name or address.</param>
    /// <param name="allowNoAuthentication">Whether a registration without a challenge counts although there are credentials.</param>
    /// <param name="port">The registrar's port; 0: 5060, with TLS 5061.</param>
    /// <param name="connectionManager">The manager to speak through, not disposed with the endpoint; null: one of its own.</param>
    /// <param name="endpointId">What tells it from the user's other endpoints; null: made up.</param>
    public SipEndpoint(
        string uri, SipAuthenticationProtocols authenticationProtocols, SipTransportType transport, string server,
        bool allowNoAuthentication, int port, RealTimeConnectionManager? connectionManager, string? endpointId)
        : this(
            new SipEndpointSettings(uri, server)
            {
                AuthenticationProtocols = authenticationProtocols,
                Transport = transport,
                AllowNoAuthentication = allowNoAuthentication,
                Port = port,
                EndpointId = endpointId,
            },
            connectionManager)
    {
    }

    /// <summary>An endpoint as the settings say. Throws <see cref="ArgumentException"/> for a <c>sips</c> address over a transport without TLS.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="connectionManager">The manager to speak through, not disposed with the endpoint; null: one of its own.</param>
    public SipEndpoint(SipEndpointSettings settings, RealTimeConnectionManager? connectionManager)
        : this(settings, connectionManager, SipTransportType.Tcp, user: null)
    {
    }

    internal SipEndpoint(SipEndpointSettings settings, RealTimeConnectionManager? manager, SipTransportType transport, UserEndpoint? user)
        : base(settings)
    {
        _settings = settings;
        _transport = settings.TransportOr(transport);
        _ownsManager = manager is null;
        _manager = manager ?? new RealTimeClientConnectionManager();
        _user = user;
    }

    /// <summary>The registrar's name or address.</summary>
    public string Server => _settings.Server;

    /// <summary>The registrar's port; 0 means 5060, with TLS 5061.</summary>
    public int ServerPort => _settings.Port;

    /// <summary>The credentials, one per realm. Changes hold from the next challenge on.</summary>
    public CredentialCache CredentialCache { get; } = new();

    /// <summary>
    /// What the registration is doing. Hot, replays the latest state, distinct; completes when the endpoint is terminated, never errors.
    /// Speaks on the connection manager's scheduler.
    /// </summary>
    public IObservable<RegistrationState> Registration => Keeper.Registration;

    /// <summary>
    /// The flows to the registrar and what the registration over each is doing (RFC 5626). Hot, replays the latest, distinct; completes
    /// when the endpoint is terminated, never errors. Speaks on the connection manager's scheduler.
    /// </summary>
    public IObservable<OutboundState> Outbound => Keeper.Outbound;

    /// <summary>What tells this instance of the application from the user's others (RFC 5626 §4.1, UCMA's Uuid): its registrations carry it.</summary>
    public Guid SipInstance => _settings.SipInstance ?? InstanceId.Of(EndpointId);

    /// <summary>
    /// What a request that begins a dialog gives as Contact: the public GRUU when the registrar gave one (RFC 5627), else the contact that
    /// is registered; null while none is.
    /// </summary>
    public NameAddress? Contact => Keeper.Contact;

    /// <summary>
    /// All bindings of the user as the registrar listed them last, those of other devices included: with each answer to our own
    /// registration, and to <see cref="FetchBindings"/>; and as soon as one changes, where the registrar notifies of that
    /// (RFC 3680, see <see cref="SipEndpointSettings.RegistrationEvents"/>). Hot, replays the latest, distinct; empty before the first; completes when the
    /// endpoint is terminated, never errors. Speaks on the connection manager's scheduler.
    /// </summary>
    public IObservable<BindingSet> BindingSet => Keeper.Bindings.Latest;

    /// <summary>
    /// Asks the registrar for all bindings of the user (RFC 3261 §10.2.3). Cold; yields them and completes. Errors with
    /// <see cref="RegisterException"/>, <see cref="ConnectionFailureException"/>, or <see cref="InvalidOperationException"/> on a terminated
    /// endpoint. Speaks on the connection manager's scheduler.
    /// </summary>
    public IObservable<BindingSet> FetchBindings() => Keeper.Bindings.Ask(requests => requests.Fetch());

    /// <summary>
    /// Takes one of the user's bindings away from the registrar, for example that of a device that was lost (RFC 3261 §10.2.2). Cold; yields
    /// what is left and completes. Errors as <see cref="FetchBindings"/>. One of our own comes back with the next refresh: see
    /// <see cref="Unregister"/> for these.
    /// </summary>
    public IObservable<BindingSet> RemoveBinding(DeviceBinding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);
        return Keeper.Remove(binding);
    }

    /// <summary>
    /// Takes leave as <see cref="Unregister"/>, and takes the bindings of all the user's other devices away too (<c>Contact: *</c>, RFC 3261
    /// §10.2.2). Cold; yields what is left, nothing unless somebody came meanwhile, and completes. Errors as <see cref="FetchBindings"/>.
    /// </summary>
    public IObservable<BindingSet> UnregisterAll() => Unregister().SelectMany(_ => Keeper.Bindings.Ask(requests => requests.RemoveAll()));

    /// <summary>The same as <see cref="Establish"/>: registering is what establishes this endpoint. Cold.</summary>
    public IObservable<EndpointState> Register() => Establish();

    /// <summary>Starts <see cref="Register"/> now.</summary>
    public Task RegisterAsync(CancellationToken cancellationToken = default) => EstablishAsync(cancellationToken);

    /// <summary>
    /// Takes leave of the registrar for now: the endpoint is idle afterwards and can register again. Cold; yields
    /// <see cref="EndpointState.Idle"/> and completes within a bounded time whatever the registrar says; errors only on a terminated
    /// endpoint (<see cref="InvalidOperationException"/>).
    /// </summary>
    public IObservable<EndpointState> Unregister() => Keeper.Unregister();

    /// <summary>Starts <see cref="Unregister"/> now.</summary>
    public Task UnregisterAsync(CancellationToken cancellationToken = default) => Unregister().ToTaskOn(ConnectionManager.Scheduler, cancellationToken);

    /// <inheritdoc/>
    public override IObservable<EndpointState> Establish() => Keeper.Establish();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await TerminateAsync().ConfigureAwait(false);
        if (!_ownsManager)
            return;
        Core.Directory.Dispose();
        await _manager.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// What is known about how the latest request was authenticated, for people: for example <c>authenticated with SHA-256</c>. As long as
    /// nothing that was sent had to be, it is the registration that this speaks of.
    /// </summary>
    public string AuthenticationSummary
    {
        get
        {
            var registering = Keeper.Authentication;
            var sending = _sender!.Outcome;
            return (sending == AuthenticationOutcome.Open ? registering : sending).ToString();
        }
    }

    private RegistrationKeeper Keeper
    {
        get
        {
            _ = Core;
            return _keeper!;
        }
    }

    internal override IObservable<EndpointState> TerminateBecause(TerminationReason reason) => Keeper.Terminate(reason);

    private protected override bool IsNamedInFrom =>
        (_settings.AuthenticationProtocols & (SipAuthenticationProtocols.Ntlm | SipAuthenticationProtocols.Kerberos)) != 0;

    private protected override EndpointCore MakeCore()
    {
        var directory = EndpointDirectory.Of(_manager, _settings.Timers ?? SipTimers.Default);
        var protocols = new SecurityAssociations(CredentialCache, _settings.AuthenticationProtocols, _manager.Identifiers);
        ServerName[] proxies = _settings.OutboundProxies is []
            ? [directory.Shared.Server(_settings.Server, _settings.Port, _transport)]
            : [.. _settings.OutboundProxies.Select(proxy => OutboundProxy.Parse(proxy, _transport))];
        var timers = _settings.Timers ?? directory.Layer.DefaultTimers;
        var flows = new OutboundFlows(directory, proxies, timers, protocols);
        _sender = new AuthenticatingClient(flows, protocols);
        var core = MakeCore(directory, _sender);
        core.HasSeveralWays = flows.Count > 1;
        _keeper = new RegistrationKeeper(core, flows, CredentialCache, _settings, _user);
        return core;
    }
}
