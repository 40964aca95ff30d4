using System.Collections.Immutable;
using System.Reactive.Concurrency;
using System.Runtime.ExceptionServices;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports;

/// <summary>
/// What a manager tells: to the layers above inside its mailbox, to users on its scheduler. Everything but the streams themselves is for
/// the inside of the mailbox.
/// </summary>
internal sealed class ManagerStreams
{
    private readonly HotStream<ConnectionChange> _changes = new();
    private readonly HotStream<ConnectionAuthorizationRequest> _requests = new();
    private readonly HotStream<ConnectionPool> _pools = new();
    private readonly HotStream<ThrottlingChange> _throttling = new();
    private readonly HotStream<FlowClosed> _closed = new();
    private readonly HotStream<Flow> _opened = new();
    private readonly HotStream<Exception> _errors = new();
    private readonly Action<Exception> _onUnexpected;
    private readonly ObserverMailbox _observers;

    /// <summary>The streams of a manager.</summary>
    /// <param name="scheduler">Where users hear.</param>
    /// <param name="onUnexpected">Told of what a user's observer let escape.</param>
    public ManagerStreams(IScheduler scheduler, Action<Exception> onUnexpected)
    {
        _onUnexpected = onUnexpected;
        _observers = new ObserverMailbox(scheduler, onUnexpected, int.MaxValue);
        Listening = new LatestStream<ImmutableArray<ListeningAddress>>([], _observers);
    }

    /// <summary>Connections that opened and closed, for users.</summary>
    public IObservable<ConnectionChange> Changes => _changes;

    /// <summary>Connections that wait for being allowed, for users.</summary>
    public IObservable<ConnectionAuthorizationRequest> Requests => _requests;

    /// <summary>Pools as they are since a connection joined or left, for users.</summary>
    public IObservable<ConnectionPool> Pools => _pools;

    /// <summary>Water marks that were reached, for users.</summary>
    public IObservable<ThrottlingChange> Throttling => _throttling;

    /// <summary>The addresses listened on, for users. Published from any thread.</summary>
    public LatestStream<ImmutableArray<ListeningAddress>> Listening { get; }

    /// <summary>Flows that closed, UDP's too.</summary>
    public IObservable<FlowClosed> Closed => _closed;

    /// <summary>Connections that stand.</summary>
    public IObservable<Flow> Opened => _opened;

    /// <summary>What was thrown where nothing should.</summary>
    public IObservable<Exception> Errors => _errors;

    public void TellOpened(Flow flow)
    {
        _opened.OnNext(flow);
        Tell(_changes, new ConnectionChange.Opened(flow));
    }

    public void TellClosed(FlowClosed closed)
    {
        _closed.OnNext(closed);
        if (closed.Flow.IsReliable)
            Tell(_changes, new ConnectionChange.Closed(closed.Flow, closed.Error));
    }

    /// <summary>From any thread.</summary>
    public void TellThrottling(ThrottlingChange change) => Tell(_throttling, change);

    public void TellPool(ConnectionPool pool) => Tell(_pools, pool);

    /// <summary>Asks users; false when none is there.</summary>
    public bool TryAsk(ConnectionAuthorizationRequest request)
    {
        if (!_requests.HasObservers)
            return false;
        _observers.Post(static (self, what) => ((ManagerStreams)self!).Ask((ConnectionAuthorizationRequest)what!), this, request);
        return true;
    }

    public void TellError(Exception error) => _errors.OnNext(error);

    public void Complete()
    {
        _opened.Complete();
        _closed.Complete();
        _errors.Complete();
        Listening.Complete();
        _observers.Post(() =>
        {
            _changes.Complete();
            _requests.Complete();
            _pools.Complete();
            _throttling.Complete();
        });
    }

    private void Ask(ConnectionAuthorizationRequest request)
    {
        var thrown = _requests.OnNext(request);
        request.Settle();
        if (thrown is not null)
            _onUnexpected(thrown);
    }

    private void Tell<T>(HotStream<T> stream, T value) where T : class
    {
        if (stream.HasObservers)
            _observers.Post(static (to, what) => Rethrow(((HotStream<T>)to!).OnNext((T)what!)), stream, value);
    }

    // To the mailbox, which knows whom to tell.
    private static void Rethrow(Exception? thrown)
    {
        if (thrown is not null)
            ExceptionDispatchInfo.Throw(thrown);
    }
}
