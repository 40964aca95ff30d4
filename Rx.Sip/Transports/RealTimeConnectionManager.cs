using System.Collections.Immutable;
using System.Net;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Microsoft.Extensions.Logging;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Transports.Limits;
using Rx.Sip.Transports.Liveness;
using Rx.Sip.Transports.Tls;

namespace Rx.Sip.Transports;

/// <summary>
/// Holds the flows to peers and the addresses listened on, and runs the protocol of all endpoints that use it, in one mailbox
/// (RFC 3261 §18; UCMA's class of that name). Safe from any thread. Disposing closes every flow and stops listening.
/// </summary>
public abstract class RealTimeConnectionManager : IAsyncDisposable
{
    private readonly ImmutableArray<TransportPort> _ports;
    private readonly SipTransportType _listensOver;
    private readonly ManagerStreams _streams;
    private readonly Admissions _admissions;
    private readonly ListeningSet _listening;
    private readonly ILogger _log;
    private readonly TlsContext _tls;
    private int _disposed;

    private protected RealTimeConnectionManager(ConnectionManagerSettings settings, SipTransportType? listensOver)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        Resolver = settings.Resolver ?? new DnsResolver(new DnsSettings { Scheduler = settings.Scheduler, Identifiers = settings.Identifiers });
        _tls = new TlsContext(settings.Tls);
        _log = settings.LoggerFactory.CreateLogger(SipDiagnostics.Name + ".Transports");
        Mailbox = new Mailbox(OnUnexpected);
        _streams = new ManagerStreams(settings.Scheduler, OnUnexpected);
        Flows = new FlowSet(this, _streams);
        _admissions = new Admissions(this, Flows, _streams);
        Guard = new TrafficGuard(settings.Scheduler, settings.TrafficLimits, Meter.Exceeded);
        var backlog = new Backlog(Mailbox, settings.TrafficLimits, OnBacklog);
        Life = new FlowLife(this, _admissions, backlog, _log);
        _listening = new ListeningSet(_streams.Listening, _log);
        KeepAlives = new KeepAlives(settings.Scheduler, Mailbox, settings.Identifiers);
        Reception = new Reception(this, backlog, Meter, _log);
        IReadOnlyList<ISipTransport> transports = settings.Transports is [] ? StandardTransports.Of(settings, _tls, Guard) : settings.Transports;
        _ports = [.. transports.Select(transport => new TransportPort(this, transport))];
        if (_ports.DistinctBy(port => port.Type).Count() != _ports.Length)
            throw new ArgumentException("There can be one transport of each type.", nameof(settings));
        Transports = [.. _ports.Select(port => port.Type)];
        _listensOver = listensOver ?? _ports[0].Type;
    }

    /// <summary>The clock of everything that waits.</summary>
    public IScheduler Scheduler => Settings.Scheduler;

    /// <summary>Finds where hosts live.</summary>
    public ISipResolver Resolver { get; }

    /// <summary>The source of randomness.</summary>
    public SipIdentifiers Identifiers => Settings.Identifiers;

    /// <summary>The addresses listened on now.</summary>
    public ImmutableArray<ListeningAddress> ListeningAddresses => _listening.Addresses;

    /// <summary>
    /// Hot, replays the latest: the addresses listened on, each time they change. Completes when the manager is disposed, never errors, speaks on
    /// <see cref="Scheduler"/>.
    /// </summary>
    public IObservable<ImmutableArray<ListeningAddress>> ListeningAddressChanges => _streams.Listening;

    /// <summary>What has passed through since the manager was made.</summary>
    public TrafficCounts Traffic => Meter.Counts;

    /// <summary>
    /// Hot, without replay: connections that opened and closed, with what broke them; UDP has none. Completes when the manager is
    /// disposed, never errors, speaks on <see cref="Scheduler"/>.
    /// </summary>
    public IObservable<ConnectionChange> Connections => _streams.Changes;

    /// <summary>
    /// Hot, without replay: water marks that were reached. Completes when the manager is disposed, never errors, speaks on <see cref="Scheduler"/>.
    /// </summary>
    public IObservable<ThrottlingChange> Throttling => _streams.Throttling;

    /// <summary>The pools that have connections now.</summary>
    public ImmutableArray<ConnectionPool> ConnectionPools => Flows.Pools;

    /// <summary>
    /// Hot, without replay: each pool as it is since a connection joined or left it; one without connections is over. Completes when the manager
    /// is disposed, never errors, speaks on <see cref="Scheduler"/>.
    /// </summary>
    public IObservable<ConnectionPool> ConnectionPoolChanges => _streams.Pools;

    /// <summary>
    /// Hot, without replay: TLS connections that could not be had, ours and those of peers that called. Completes when the manager is disposed,
    /// never errors, speaks on <see cref="Scheduler"/>.
    /// </summary>
    public IObservable<TlsFailureException> TlsFailures =>
        _streams.Changes.OfType<ConnectionChange.Closed>().Select(change => change.Cause!).OfType<TlsFailureException>();

    /// <summary>
    /// Hot, without replay: connections that peers have opened and that have to be allowed, where
    /// <see cref="ConnectionManagerSettings.NeedsConnectionAuthorization"/>; with nobody subscribed they are denied. Completes when the manager is
    /// disposed, never errors, speaks on <see cref="Scheduler"/>.
    /// </summary>
    public IObservable<ConnectionAuthorizationRequest> ConnectionAuthorizationRequests => _streams.Requests;

    /// <summary>
    /// Whom the manager's own transports trust over TLS and what they show; setting it holds for handshakes from then on, and established
    /// connections stay as they are. Transports that were given to the manager have settings of their own.
    /// </summary>
    public TlsSettings Tls
    {
        get => _tls.Settings;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _tls.Settings = value;
        }
    }

    internal ConnectionManagerSettings Settings { get; }
    internal TrafficMeter Meter { get; } = new();

    /// <summary>What targets can be reached by.</summary>
    internal IReadOnlyList<SipTransportType> Transports { get; }

    /// <summary>In which everything of the protocol runs.</summary>
    internal Mailbox Mailbox { get; }

    /// <summary>The layer above; it attaches itself.</summary>
    internal IMessageSink? Sink { get; set; }

    /// <summary>Hot: flows that closed, told inside the mailbox, behind the sink. Completes when the manager is disposed.</summary>
    internal IObservable<FlowClosed> FlowsClosed => _streams.Closed;

    /// <summary>Hot: connections that stand, told inside the mailbox. Completes when the manager is disposed.</summary>
    internal IObservable<Flow> FlowsOpened => _streams.Opened;

    /// <summary>Hot: what was thrown inside the mailbox, where nothing should throw. Completes when the manager is disposed.</summary>
    internal IObservable<Exception> Unexpected => _streams.Errors;

    internal Reception Reception { get; }

    internal TrafficGuard Guard { get; }

    internal FlowSet Flows { get; }

    internal FlowLife Life { get; }

    internal KeepAlives KeepAlives { get; }

    /// <summary>Connections that something may become overdue for; for tests that nothing is left.</summary>
    internal int Watched => Flows.Watched + _admissions.Count;

    /// <summary>
    /// Cold: listens on an address over the manager's own transport as long as it is subscribed to. See
    /// <see cref="StartListening(SipTransportType, IPEndPoint)"/>.
    /// </summary>
    public IObservable<IPEndPoint> StartListening(IPEndPoint local) => StartListening(_listensOver, local);

    /// <summary>
    /// Cold: each subscription listens on an address (port 0: the system chooses) and yields the bound one before Subscribe
    /// returns, on the subscriber's thread, then stays. Disposing the subscription stops listening; connections that were accepted
    /// stay. All addresses of a family are listened on with <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/>; over UDP the system
    /// chooses then which of them answers leave from. Completes when the manager is disposed; errors with
    /// <see cref="ConnectionFailureException"/> when the address can't be had.
    /// </summary>
    public IObservable<IPEndPoint> StartListening(SipTransportType transport, IPEndPoint local)
    {
        ArgumentNullException.ThrowIfNull(local);
        return Find(transport) is { } port
            ? Observable.Create<IPEndPoint>(observer => _listening.Start(port, local, observer))
            : Observable.Throw<IPEndPoint>(NoTransport(transport));
    }

    /// <summary>Closes every flow, stops listening and frees what the transports hold.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _listening.Complete();
        foreach (var port in _ports)
            await port.DisposeAsync().ConfigureAwait(false);
        Mailbox.Post(() =>
        {
            (Sink as IDisposable)?.Dispose();
            _admissions.Dispose();
            Flows.Dispose();
            KeepAlives.Dispose();
            _streams.Complete();
        });
        Meter.Dispose();
    }

    /// <summary>
    /// The flow to a target: the one there is to that transport and address, else a new one. Inside the mailbox only. Never
    /// throws: a target that can't be reached gets a flow that closes.
    /// </summary>
    internal Flow FlowTo(SipTarget target) => Flows.FlowTo(target);

    /// <summary>The datagram flow to another port of the same host. From any thread.</summary>
    internal Flow FlowBeside(Flow flow, int port) => Find(flow.Transport)!.Connect(new IPEndPoint(flow.RemoteEndPoint.Address, port));

    /// <summary>Has the flow looked at when something about it can be overdue. From any thread.</summary>
    internal void Watch(Flow flow) =>
        Mailbox.Post(static (self, what) => ((FlowSet)self!).Watch((Flow)what!), Flows, flow);

    /// <summary>The transport of a type, where there is one.</summary>
    internal TransportPort? Find(SipTransportType type)
    {
        foreach (var port in _ports)
            if (port.Type == type)
                return port;
        return null;
    }

    internal static ConnectionFailureException NoTransport(SipTransportType type) => new($"This connection manager has no transport for {type}.", null);

    internal void NoteSent(Flow flow, SipMessage message)
    {
        Meter.Sent(message);
        if (_log.IsEnabled(LogLevel.Trace))
            _log.Sent(flow, WireText.Of(message.Bytes.Span));
    }

    /// <summary>RFC 3261 §18.2.2: a response whose connection is gone goes over a new one, to where Via says the sender can be called.</summary>
    internal void SendBeyond(Flow flow, SipMessage message)
    {
        if (message is SipResponse response && ResponseTarget.Of(flow, response) is { } target)
            Mailbox.Post(() => FlowTo(target).SendOnce(response));
    }

    internal void TellThrottling(ThrottlingChange change) => _streams.TellThrottling(change);

    private void OnBacklog(bool full)
    {
        _streams.TellThrottling(new ThrottlingChange.Receiving(full, Mailbox.Count));
        if (full)
            _log.Overloaded(Mailbox.Count);
        else
            _log.OverloadOver();
    }

    /// <summary>Something threw where nothing should. From any thread.</summary>
    internal void OnUnexpected(Exception error)
    {
        _log.Unexpected(error);
        Mailbox.Post(() => _streams.TellError(error));
    }
}
