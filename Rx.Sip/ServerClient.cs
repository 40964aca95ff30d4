using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>
/// Sends everything to one server, whatever the Request-URI says. The target that worked is kept to, so that registration and messages go
/// the same way; one that fails gives way to the next (see <see cref="ServerRoute"/>). A server that redirects is followed by everything.
/// </summary>
internal sealed class ServerClient : IRequestClient, IObserver<FlowClosed>, IDisposable
{
    private readonly EndpointDirectory _directory;
    private readonly IDisposable _watch;
    private ServerRoute _route;
    private ServerName _server;

    public ServerClient(EndpointDirectory directory, ServerName server, SipTimers timers)
    {
        (_directory, Home, Timers) = (directory, server, timers);
        (_server, _route) = (server, RouteTo(server));
        _watch = directory.Manager.FlowsClosed.Subscribe(this);
    }

    /// <summary>The server that was asked for.</summary>
    public ServerName Home { get; }

    /// <summary>The timers of what is sent.</summary>
    public SipTimers Timers { get; }

    /// <summary>Who registers here, and is told of flows that close; null when nobody does.</summary>
    public RegistrarAccess? Access { get; set; }

    public IObservable<SipResponse> Request(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new PendingRequest(_directory.Layer, request, null, Volatile.Read(ref _route), Timers);
    }

    /// <summary>From now on everything goes to that server. In the mailbox.</summary>
    public void TurnTo(ServerName server)
    {
        if (_server == server)
            return;
        _server = server;
        Volatile.Write(ref _route, RouteTo(server));
    }

    /// <summary>
    /// Cold: yields a flow to the server that stands, or null when none can be had, and completes; errors with the
    /// <see cref="TlsFailureException"/> that the last target came to. The targets are looked up anew and tried one after the other, the one that worked last first (RFC 3263 §4.3). Speaks in the protocol mailbox.
    /// </summary>
    public IObservable<Flow?> Connect() => Observable.Create<Flow?>(observer =>
    {
        var connecting = new Connecting(_directory, Volatile.Read(ref _route), observer);
        _directory.Manager.Mailbox.Post(connecting.Start);
        return connecting;
    });

    /// <summary>
    /// Leaves the current target for the next one, if it is the one that the flow leads to: it has been told once that it failed, maybe twice.
    /// Whether there is another one to be tried before the first is tried again. In the mailbox.
    /// </summary>
    public bool Leave(Flow flow) => Volatile.Read(ref _route).Leave(flow);

    public void Dispose() => _watch.Dispose();

    void IObserver<FlowClosed>.OnNext(FlowClosed value)
    {
        if (value.Error is not null)
            Volatile.Read(ref _route).Lose(value.Flow);
        Access?.Lose(value);
    }

    void IObserver<FlowClosed>.OnError(Exception error)
    {
        // The manager's streams have none.
    }

    void IObserver<FlowClosed>.OnCompleted()
    {
    }

    private ServerRoute RouteTo(ServerName server) => new(_directory.Layer, _directory.Shared.QueryFor(server));

    private sealed class Connecting(EndpointDirectory directory, ServerRoute route, IObserver<Flow?> observer) : ITargetWalker, IDisposable
    {
        private readonly SerialDisposable _opening = new();
        private TargetWalk? _walk;
        private TlsFailureException? _trouble;
        private volatile bool _disposed;

        public void Start()
        {
            if (!_disposed)
                (_walk = route.Connect(this)).GoOn();
        }

        public void Try(SipTarget target)
        {
            if (_disposed)
                return;
            var manager = directory.Manager;
            var flow = manager.FlowTo(target);
            if (flow.IsStanding)
                Stand(target, flow);
            else
                _opening.Disposable = manager.FlowsOpened.Where(opened => opened == flow).Select(_ => true)
                    .Merge(manager.FlowsClosed.Where(closed => closed.Flow == flow).Do(closed => _trouble = closed.Error as TlsFailureException ?? _trouble).Select(_ => false))
                    .Append(false)
                    .Take(1)
                    .Subscribe(stands => Opened(target, flow, stands));
        }

        public void GiveUp(string? problem)
        {
            route.BeginAnew();
            if (_trouble is null)
                Tell(null);
            else
                observer.OnError(_trouble);
        }

        public void Dispose()
        {
            _disposed = true;
            _opening.Dispose();
            directory.Manager.Mailbox.Post(() => _walk?.Dispose());
        }

        private void Opened(SipTarget target, Flow flow, bool stands)
        {
            if (stands)
            {
                Stand(target, flow);
                return;
            }
            route.Leave(target);
            _walk!.GoOn();
        }

        private void Stand(SipTarget target, Flow flow)
        {
            route.Anchor(target);
            Tell(flow);
        }

        private void Tell(Flow? flow)
        {
            observer.OnNext(flow);
            observer.OnCompleted();
        }
    }
}
