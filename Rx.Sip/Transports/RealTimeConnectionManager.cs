using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports;

/// <summary>
/// Holds the flows to peers and the addresses listened on, and runs the protocol of all endpoints that use it, in one mailbox
/// (RFC 3261 §18; UCMA's class of that name). Safe from any thread. Disposing closes every flow and stops listening.
/// </summary>
public abstract class RealTimeConnectionManager : IAsyncDisposable
{
    private readonly ImmutableArray<TransportPort> _ports;
    private readonly SipTransportType _listensOver;
    private readonly HotStream<ConnectionChange> _changes = new();
    private readonly HotStream<FlowClosed> _closed = new();
    private readonly HotStream<Flow> _opened = new();
    private readonly ObserverMailbox _observers;
    private readonly Dictionary<FlowKey, Flow> _flows = [];
    private ImmutableArray<ListeningAddress> _listening = [];
    private volatile bool _disposed;

    private protected RealTimeConnectionManager(ConnectionManagerSettings settings, SipTransportType? listensOver)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        Mailbox = new Mailbox(static _ => { });
        Reception = new Reception(this);
        _observers = new ObserverMailbox(settings.Scheduler, static _ => { }, int.MaxValue);
        IReadOnlyList<ISipTransport> transports = settings.Transports is [] ? [new UdpTransport(), new TcpTransport()] : settings.Transports;
        _ports = [.. transports.Select(transport => new TransportPort(this, transport))];
        if (_ports.Select(port => port.Type).Distinct().Count() != _ports.Length)
            throw new ArgumentException("There can be one transport of each type.", nameof(settings));
        _listensOver = listensOver ?? (_ports is [var first, ..] ? first.Type : SipTransportType.Udp);
    }

    /// <summary>The clock of everything that waits.</summary>
    public IScheduler Scheduler => Settings.Scheduler;

    /// <summary>Finds where hosts live.</summary>
    public ISipResolver Resolver => Settings.Resolver;

    /// <summary>The source of randomness.</summary>
    public SipIdentifiers Identifiers => Settings.Identifiers;

    /// <summary>The addresses listened on now.</summary>
    public ImmutableArray<ListeningAddress> ListeningAddresses => _listening;

    /// <summary>
    /// Hot, without replay: connections that opened and closed, with what broke them; UDP has none. Completes when the manager is
    /// disposed, never errors, speaks on <see cref="Scheduler"/>.
    /// </summary>
    public IObservable<ConnectionChange> Connections => _changes;

    internal ConnectionManagerSettings Settings { get; }

    /// <summary>In which everything of the protocol runs.</summary>
    internal Mailbox Mailbox { get; }

    /// <summary>The layer above; it attaches itself.</summary>
    internal IMessageSink? Sink { get; set; }

    /// <summary>Hot: flows that closed, told inside the mailbox, behind the sink. Completes when the manager is disposed.</summary>
    internal IObservable<FlowClosed> FlowsClosed => _closed;

    /// <summary>Hot: connections that stand, told inside the mailbox. Completes when the manager is disposed.</summary>
    internal IObservable<Flow> FlowsOpened => _opened;

    internal TrafficCounters Counters { get; } = new();

    internal Reception Reception { get; }

    /// <summary>
    /// Cold: listens on an address over the manager's own transport as long as it is subscribed to. See
    /// <see cref="StartListening(SipTransportType, IPEndPoint)"/>.
    /// </summary>
    public IObservable<IPEndPoint> StartListening(IPEndPoint local) => StartListening(_listensOver, local);

    /// <summary>
    /// Cold: each subscription listens on an address (port 0: the system chooses) and yields the bound one before Subscribe
    /// returns, then stays. Disposing the subscription stops listening; connections that were accepted stay. Completes when the
    /// manager is disposed; errors with <see cref="ConnectionFailureException"/> when the address can't be had.
    /// </summary>
    public IObservable<IPEndPoint> StartListening(SipTransportType transport, IPEndPoint local)
    {
        ArgumentNullException.ThrowIfNull(local);
        return Observable.Create<IPEndPoint>(observer => Listen(transport, local, observer));
    }

    /// <summary>Closes every flow, stops listening and frees what the transports hold.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_disposed)
            return;
        _disposed = true;
        foreach (var port in _ports)
            await port.DisposeAsync().ConfigureAwait(false);
        Mailbox.Post(_closed.Complete);
        Mailbox.Post(_opened.Complete);
        _observers.Post(_changes.Complete);
    }

    /// <summary>
    /// The flow to a target: the one there is to that transport and address, else a new one. Inside the mailbox only. Never
    /// throws: a target that can't be reached closes the flow it gets.
    /// </summary>
    internal Flow FlowTo(SipTarget target)
    {
        var key = new FlowKey(target.Transport, target.EndPoint);
        if (_flows.TryGetValue(key, out var known) && known.IsOpen)
            return known;
        var flow = PortOf(target.Transport).Connect(target.EndPoint);
        flow.IsOutgoing = true;
        _flows[key] = flow;
        return flow;
    }

    internal void FlowOpened(Flow flow) => Mailbox.Post(() =>
    {
        flow.MarkStanding();
        _flows.TryAdd(new FlowKey(flow.Transport, flow.RemoteEndPoint), flow);
        _opened.OnNext(flow);
        Tell(new ConnectionChange.Opened(flow));
    });

    internal void FlowClosed(Flow flow, Exception? error)
    {
        flow.MarkClosed();
        Mailbox.Post(() =>
        {
            var key = new FlowKey(flow.Transport, flow.RemoteEndPoint);
            if (_flows.TryGetValue(key, out var known) && known == flow)
                _flows.Remove(key);
            Sink?.OnFlowClosed(flow, error);
            _closed.OnNext(new FlowClosed(flow, error));
            if (flow.IsReliable)
                Tell(new ConnectionChange.Closed(flow, error));
        });
    }

    private TransportPort PortOf(SipTransportType type) =>
        _ports.FirstOrDefault(port => port.Type == type)
        ?? throw new ConnectionFailureException($"This connection manager has no transport for {type}.", null);

    private IDisposable Listen(SipTransportType transport, IPEndPoint local, IObserver<IPEndPoint> observer)
    {
        try
        {
            var listener = PortOf(transport).Listen(local);
            var address = new ListeningAddress(transport, listener.LocalEndPoint);
            ImmutableInterlocked.Update(ref _listening, static (all, one) => all.Add(one), address);
            observer.OnNext(address.EndPoint);
            return Disposable.Create(() =>
            {
                ImmutableInterlocked.Update(ref _listening, static (all, one) => all.Remove(one), address);
                listener.Dispose();
            });
        }
        catch (Exception error) when (error is SocketException or ConnectionFailureException)
        {
            observer.OnError(error as ConnectionFailureException
                ?? new ConnectionFailureException($"Can't listen on {new ListeningAddress(transport, local)}: {error.Message}", error));
            return Disposable.Empty;
        }
    }

    private void Tell(ConnectionChange change)
    {
        if (_changes.HasObservers)
            _observers.Post(static (stream, what) => ((HotStream<ConnectionChange>)stream!).OnNext((ConnectionChange)what!), _changes, change);
    }
}
