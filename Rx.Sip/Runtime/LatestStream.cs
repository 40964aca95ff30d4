namespace Rx.Sip.Runtime;

/// <summary>
/// A hot observable that replays its latest value and leaves out repetitions. Values may be published from anywhere; observers
/// hear them in order in the mailbox, the replayed one included.
/// </summary>
internal sealed class LatestStream<T> : IObservable<T> where T : notnull
{
    private readonly ObserverMailbox _mailbox;
    private readonly HotStream<T> _stream = new();
    private readonly Lock _gate = new();
    private T _latest;
    private T _told;
    private bool _completed;

    public LatestStream(T initial, ObserverMailbox mailbox) => (_latest, _told, _mailbox) = (initial, initial, mailbox);

    /// <summary>The value published last, whether or not observers have heard it yet.</summary>
    public T Latest
    {
        get
        {
            lock (_gate)
                return _latest;
        }
    }

    public int ObserverCount => _stream.ObserverCount;

    public void Publish(T value)
    {
        lock (_gate)
        {
            if (_completed || EqualityComparer<T>.Default.Equals(_latest, value))
                return;
            _latest = value;
            // Posted under the gate, so that observers hear values in the order they were published.
            _mailbox.Post(static (self, next) => ((LatestStream<T>)self!).Tell((T)next!), this, value);
        }
    }

    /// <summary>Completes behind the values published so far; later ones are ignored.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            if (_completed)
                return;
            _completed = true;
            _mailbox.Post(static (self, _) => ((LatestStream<T>)self!)._stream.Complete(), this, null);
        }
    }

    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var joining = new Joining(this, observer);
        _mailbox.Post(static (one, _) => ((Joining)one!).Join(), joining, null);
        return joining;
    }

    private void Tell(T value)
    {
        _told = value;
        if (_stream.OnNext(value) is { } error)
            throw new AggregateException("An observer of a state stream threw.", error);
    }

    private sealed class Joining(LatestStream<T> owner, IObserver<T> observer) : IDisposable
    {
        private readonly Lock _gate = new();
        private IDisposable? _subscription;
        private bool _disposed;

        // In the mailbox: nobody publishes between the replay and the subscription.
        public void Join()
        {
            lock (_gate)
                if (_disposed)
                    return;
            observer.OnNext(owner._told);
            var subscription = owner._stream.Subscribe(observer);
            lock (_gate)
            {
                _subscription = subscription;
                if (!_disposed)
                    return;
            }
            subscription.Dispose();
        }

        public void Dispose()
        {
            lock (_gate)
                _disposed = true;
            _subscription?.Dispose();
        }
    }
}
