using System.Reactive.Concurrency;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports;

/// <summary>
/// What a manager tells: to the layers above inside its mailbox, to users on its scheduler. Everything but the streams themselves is for
/// the inside of the mailbox.
/// </summary>
/// <param name="scheduler">Where users hear.</param>
/// <param name="onUnexpected">Told of what a user's observer let escape.</param>
internal sealed class ManagerStreams(IScheduler scheduler, Action<Exception> onUnexpected)
{
    private readonly HotStream<ConnectionChange> _changes = new();
    private readonly HotStream<FlowClosed> _closed = new();
    private readonly HotStream<Flow> _opened = new();
    private readonly HotStream<Exception> _errors = new();
    private readonly ObserverMailbox _observers = new(scheduler, onUnexpected, int.MaxValue);

    /// <summary>Connections that opened and closed, for users.</summary>
    public IObservable<ConnectionChange> Changes => _changes;

    /// <summary>Flows that closed, UDP's too.</summary>
    public IObservable<FlowClosed> Closed => _closed;

    /// <summary>Connections that stand.</summary>
    public IObservable<Flow> Opened => _opened;

    /// <summary>What was thrown where nothing should.</summary>
    public IObservable<Exception> Errors => _errors;

    public void TellOpened(Flow flow)
    {
        _opened.OnNext(flow);
        Tell(new ConnectionChange.Opened(flow));
    }

    public void TellClosed(FlowClosed closed)
    {
        _closed.OnNext(closed);
        if (closed.Flow.IsReliable)
            Tell(new ConnectionChange.Closed(closed.Flow, closed.Error));
    }

    public void TellError(Exception error) => _errors.OnNext(error);

    public void Complete()
    {
        _opened.Complete();
        _closed.Complete();
        _errors.Complete();
        _observers.Post(() => _changes.Complete());
    }

    private void Tell(ConnectionChange change)
    {
        if (_changes.HasObservers)
            _observers.Post(static (stream, what) => ((HotStream<ConnectionChange>)stream!).OnNext((ConnectionChange)what!), _changes, change);
    }
}
