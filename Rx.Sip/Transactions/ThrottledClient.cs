using System.Reactive.Disposables;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transactions;

/// <summary>
/// Lets so many transactions run at a time and keeps the others waiting in the order they came (UCMA's endpoint throttling).
/// A waiting request whose subscription is disposed leaves the queue; one that finds the queue full is answered with a local 503,
/// and so is everything that is not done when the client is closed.
/// </summary>
/// <param name="inner">Sends the requests.</param>
/// <param name="mailbox">The protocol mailbox, in which everything here runs.</param>
/// <param name="maxConcurrent">How many run at a time; null: any number.</param>
/// <param name="maxQueued">How many may wait.</param>
/// <param name="changed">Told of every change, in the mailbox.</param>
internal sealed class ThrottledClient(
    IRequestClient inner, Mailbox mailbox, int? maxConcurrent, int maxQueued, Action<ThrottleState> changed) : IRequestClient
{
    private readonly int _limit = maxConcurrent ?? int.MaxValue;
    private readonly LinkedList<Entry> _waiting = new();
    private readonly HashSet<Entry> _running = [];
    private bool _isStarting;
    private bool _closed;

    public IObservable<SipResponse> Request(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new Throttled(this, request);
    }

    /// <summary>Ends what runs and what waits, with a local 503; what is asked for later ends the same way.</summary>
    public void Close() => mailbox.Post(static (self, _) => ((ThrottledClient)self!).CloseNow(), this, null);

    private void Enter(Entry entry)
    {
        if (entry.IsOver)
            return;
        if (_closed)
        {
            entry.Conclude("Endpoint Terminated");
            return;
        }
        if (_running.Count >= _limit && _waiting.Count >= maxQueued)
        {
            entry.Conclude("Too Many Requests Waiting");
            return;
        }
        entry.Node = _waiting.AddLast(entry);
        StartWaiting();
        Tell();
    }

    // One that ends inside its start does not start its successor from there: a long queue would be a deep stack.
    private void StartWaiting()
    {
        if (_isStarting)
            return;
        _isStarting = true;
        while (_running.Count < _limit && _waiting.First is { } next)
        {
            _waiting.RemoveFirst();
            next.Value.Node = null;
            _running.Add(next.Value);
            next.Value.Start(inner);
        }
        _isStarting = false;
    }

    private void Leave(Entry entry)
    {
        if (entry.Node is { } node)
        {
            _waiting.Remove(node);
            entry.Node = null;
        }
        else if (_running.Remove(entry))
        {
            StartWaiting();
        }
        else
        {
            return;
        }
        Tell();
    }

    private void CloseNow()
    {
        _closed = true;
        Entry[] entries = [.. _running, .. _waiting];
        _running.Clear();
        _waiting.Clear();
        foreach (var entry in entries)
        {
            entry.Node = null;
            entry.Abandon();
            entry.Conclude("Endpoint Terminated");
        }
        Tell();
    }

    private void Tell()
    {
        if (!_isStarting)
            changed(new ThrottleState(_running.Count, _waiting.Count));
    }

    private void Post(Entry entry, Action<object?, object?> run) => mailbox.Post(run, this, entry);

    private sealed class Throttled(ThrottledClient client, SipRequest request) : IObservable<SipResponse>
    {
        public IDisposable Subscribe(IObserver<SipResponse> observer)
        {
            ArgumentNullException.ThrowIfNull(observer);
            var entry = new Entry(client, request, observer);
            client.Post(entry, static (owner, one) => ((ThrottledClient)owner!).Enter((Entry)one!));
            return entry;
        }
    }

    private sealed class Entry(ThrottledClient client, SipRequest request, IObserver<SipResponse> observer) : IObserver<SipResponse>, IDisposable
    {
        private SingleAssignmentDisposable? _transaction;
        private volatile bool _isOver;

        public LinkedListNode<Entry>? Node { get; set; }

        /// <summary>Whether the observer has heard everything, or wants to hear no more.</summary>
        public bool IsOver => _isOver;

        public void Start(IRequestClient inner)
        {
            _transaction = new SingleAssignmentDisposable();
            try
            {
                _transaction.Disposable = inner.Request(request).Subscribe(this);
            }
            // A client that can't even begin must not keep its place for ever.
            catch (Exception error)
            {
                OnError(error);
            }
        }

        public void Abandon() => _transaction?.Dispose();

        public void Conclude(string reason)
        {
            if (_isOver)
                return;
            _isOver = true;
            observer.OnNext(SipResponse.Local(request, SipStatus.ServiceUnavailable, reason));
            observer.OnCompleted();
        }

        public void OnNext(SipResponse value)
        {
            if (!_isOver)
                observer.OnNext(value);
        }

        public void OnError(Exception error)
        {
            if (_isOver)
                return;
            _isOver = true;
            client.Leave(this);
            observer.OnError(error);
        }

        public void OnCompleted()
        {
            if (_isOver)
                return;
            _isOver = true;
            client.Leave(this);
            observer.OnCompleted();
        }

        public void Dispose()
        {
            _isOver = true;
            client.Post(this, static (owner, one) =>
            {
                ((Entry)one!).Abandon();
                ((ThrottledClient)owner!).Leave((Entry)one);
            });
        }
    }
}
