namespace Rx.Sip.Runtime;

/// <summary>
/// A hot observable without replay. Its owner calls <see cref="OnNext"/> and <see cref="Complete"/> from one mailbox; observers
/// come and go from any thread, in constant time however many there are. An observer that throws keeps its subscription and hurts no other.
/// </summary>
internal sealed class HotStream<T> : IObservable<T>
{
    private readonly Lock _gate = new();
    private Subscription? _first;
    private Subscription? _last;
    // Those of the links above, until somebody comes or goes: values are given out of it without a lock.
    private Subscription[]? _snapshot = [];
    private int _count;
    private bool _completed;

    public bool HasObservers => Volatile.Read(ref _count) > 0;

    public int ObserverCount => Volatile.Read(ref _count);

    /// <summary>Gives the value to every observer. What one of them threw comes back, or all of it when several did; null when nobody did.</summary>
    public Exception? OnNext(T value)
    {
        Exception? thrown = null;
        foreach (var subscription in Subscriptions())
        {
            try
            {
                subscription.Observer?.OnNext(value);
            }
            catch (Exception error)
            {
                thrown = Together(thrown, error);
            }
        }
        return thrown;
    }

    /// <summary>Completes every observer, once. What they threw comes back as from <see cref="OnNext"/>.</summary>
    public Exception? Complete()
    {
        Subscription[] subscriptions;
        lock (_gate)
        {
            subscriptions = Subscriptions();
            (_first, _last, _snapshot, _count, _completed) = (null, null, [], 0, true);
        }
        Exception? thrown = null;
        foreach (var subscription in subscriptions)
        {
            try
            {
                subscription.Observer?.OnCompleted();
            }
            catch (Exception error)
            {
                thrown = Together(thrown, error);
            }
        }
        return thrown;
    }

    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = new Subscription(this, observer);
        bool completed;
        lock (_gate)
        {
            completed = _completed;
            if (!completed)
                Add(subscription);
        }
        if (completed)
            observer.OnCompleted();
        return subscription;
    }

    private Subscription[] Subscriptions()
    {
        if (Volatile.Read(ref _snapshot) is { } known)
            return known;
        lock (_gate)
        {
            var snapshot = new Subscription[_count];
            var index = 0;
            for (var one = _first; one is not null; one = one.Next)
                snapshot[index++] = one;
            return _snapshot = snapshot;
        }
    }

    private static Exception Together(Exception? thrown, Exception error) => thrown switch
    {
        null => error,
        AggregateException all => new AggregateException([.. all.InnerExceptions, error]),
        _ => new AggregateException(thrown, error),
    };

    private void Add(Subscription subscription)
    {
        subscription.Previous = _last;
        if (_last is null)
            _first = subscription;
        else
            _last.Next = subscription;
        _last = subscription;
        (_snapshot, _count) = (null, _count + 1);
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            if (_completed)
                return;
            if (subscription.Previous is null)
                _first = subscription.Next;
            else
                subscription.Previous.Next = subscription.Next;
            if (subscription.Next is null)
                _last = subscription.Previous;
            else
                subscription.Next.Previous = subscription.Previous;
            (_snapshot, _count) = (null, _count - 1);
        }
    }

    private sealed class Subscription(HotStream<T> stream, IObserver<T> observer) : IDisposable
    {
        private IObserver<T>? _observer = observer;

        public Subscription? Previous { get; set; }

        public Subscription? Next { get; set; }

        /// <summary>Null once disposed, so that a value that is being given out reaches nobody who has left.</summary>
        public IObserver<T>? Observer => Volatile.Read(ref _observer);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _observer, null) is not null)
                stream.Remove(this);
        }
    }
}
