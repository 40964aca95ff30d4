using System.Reactive.Disposables;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transactions;

/// <summary>
/// Lets so many transactions run at a time and keeps the others waiting in the order they came (UCMA's endpoint throttling).
/// A waiting request whose subscription is disposed leaves the queue; one that finds the queue full is answered with a local 503.
/// </summary>
/// <param name="inner">Sends the requests.</param>
/// <param name="mailbox">The protocol mailbox, in which everything here runs.</param>
/// <param name="maxConcurrent">How many run at a time; null: any number.</param>
/// <param name="maxQueued">How many may wait.</param>
/// <param name="changed">Told of every change, in the mailbox.</param>
internal sealed class ThrottledClient(
    IRequestClient inner, Mailbox mailbox, int? maxConcurrent, int maxQueued, Action<ThrottleState> changed) : IRequestClient
{
    private readonly LinkedList<Entry> _waiting = new();
    private int _inFlight;

    public IObservable<SipResponse> Request(SipRequest request) =>
        maxConcurrent is null ? inner.Request(request) : new Throttled(this, request);

    private void Enter(Entry entry)
    {
        if (entry.IsDisposed)
            return;
        if (_inFlight < maxConcurrent)
            Start(entry);
        else if (_waiting.Count < maxQueued)
            entry.Node = _waiting.AddLast(entry);
        else
            entry.Refuse();
        Tell();
    }

    private void Start(Entry entry)
    {
        _inFlight++;
        entry.Start(inner);
    }

    private void Leave(Entry entry)
    {
        if (entry.Node is { } node)
        {
            _waiting.Remove(node);
            entry.Node = null;
        }
        else if (entry.IsRunning)
        {
            entry.IsRunning = false;
            _inFlight--;
            while (_inFlight < maxConcurrent && _waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                next.Value.Node = null;
                Start(next.Value);
            }
        }
        else
        {
            return;
        }
        Tell();
    }

    private void Tell() => changed(new ThrottleState(_inFlight, _waiting.Count));

    private sealed class Throttled(ThrottledClient client, SipRequest request) : IObservable<SipResponse>
    {
        public IDisposable Subscribe(IObserver<SipResponse> observer)
        {
            var entry = new Entry(client, request, observer);
            client.Post(entry, static (owner, one) => ((ThrottledClient)owner!).Enter((Entry)one!));
            return entry;
        }
    }

    private void Post(Entry entry, Action<object?, object?> run) => mailbox.Post(run, this, entry);

    private sealed class Entry(ThrottledClient client, SipRequest request, IObserver<SipResponse> observer) : IObserver<SipResponse>, IDisposable
    {
        private SingleAssignmentDisposable? _transaction;

        public LinkedListNode<Entry>? Node { get; set; }

        public bool IsRunning { get; set; }

        public bool IsDisposed { get; private set; }

        public void Start(IRequestClient inner)
        {
            IsRunning = true;
            _transaction = new SingleAssignmentDisposable();
            _transaction.Disposable = inner.Request(request).Subscribe(this);
        }

        public void Refuse()
        {
            observer.OnNext(SipResponse.Local(request, SipStatus.ServiceUnavailable, "Too Many Requests Waiting"));
            observer.OnCompleted();
        }

        public void OnNext(SipResponse value) => observer.OnNext(value);

        public void OnError(Exception error)
        {
            client.Leave(this);
            observer.OnError(error);
        }

        public void OnCompleted()
        {
            client.Leave(this);
            observer.OnCompleted();
        }

        public void Dispose() => client.Post(this, static (owner, one) =>
        {
            var entry = (Entry)one!;
            entry.IsDisposed = true;
            entry._transaction?.Dispose();
            ((ThrottledClient)owner!).Leave(entry);
        });
    }
}
