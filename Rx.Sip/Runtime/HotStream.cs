using System.Collections.Immutable;

namespace Rx.Sip.Runtime;

/// <summary>
/// A hot observable without replay. Its owner calls <see cref="OnNext"/> and <see cref="Complete"/> from one mailbox; observers
/// come and go from any thread. An observer that throws keeps its subscription and hurts no other.
/// </summary>
internal sealed class HotStream<T> : IObservable<T>
{
    // Null once completed.
    private ImmutableArray<Subscription>? _subscriptions = [];
    private readonly Lock _gate = new();

    public bool HasObservers => Subscriptions is { IsEmpty: false };

    public int ObserverCount => Subscriptions?.Length ?? 0;

    /// <summary>Gives the value to every observer. What one of them threw comes back, or all of it when several did; null when nobody did.</summary>
    public Exception? OnNext(T value)
    {
        Exception? thrown = null;
        foreach (var subscription in Subscriptions ?? [])
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
        ImmutableArray<Subscription>? subscriptions;
        lock (_gate)
            (subscriptions, _subscriptions) = (_subscriptions, null);
        Exception? thrown = null;
        foreach (var subscription in subscriptions ?? [])
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
            completed = _subscriptions is null;
            _subscriptions = _subscriptions?.Add(subscription);
        }
        if (completed)
            observer.OnCompleted();
        return subscription;
    }

    private ImmutableArray<Subscription>? Subscriptions
    {
        get
        {
            lock (_gate)
                return _subscriptions;
        }
    }

    private static Exception Together(Exception? thrown, Exception error) => thrown switch
    {
        null => error,
        AggregateException all => new AggregateException([.. all.InnerExceptions, error]),
        _ => new AggregateException(thrown, error),
    };

    private void Remove(Subscription subscription)
    {
        lock (_gate)
            _subscriptions = _subscriptions?.Remove(subscription);
    }

    private sealed class Subscription(HotStream<T> stream, IObserver<T> observer) : IDisposable
    {
        private volatile IObserver<T>? _observer = observer;

        /// <summary>Null once disposed, so that a value that is being given out reaches nobody who has left.</summary>
        public IObserver<T>? Observer => _observer;

        public void Dispose()
        {
            _observer = null;
            stream.Remove(this);
        }
    }
}
