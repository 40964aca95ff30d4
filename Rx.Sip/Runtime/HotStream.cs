using System.Collections.Immutable;

namespace Rx.Sip.Runtime;

/// <summary>
/// A hot observable without replay. Its owner calls <see cref="OnNext"/> and <see cref="Complete"/> from one mailbox; observers
/// come and go from any thread. An observer that throws keeps its subscription and hurts no other.
/// </summary>
internal sealed class HotStream<T> : IObservable<T>
{
    // Null once completed.
    private ImmutableArray<IObserver<T>>? _observers = [];
    private readonly Lock _gate = new();

    public bool HasObservers => Observers is { IsEmpty: false };

    public int ObserverCount => Observers?.Length ?? 0;

    /// <summary>Gives the value to every observer; the first exception one of them threw comes back.</summary>
    public Exception? OnNext(T value)
    {
        Exception? first = null;
        foreach (var observer in Observers ?? [])
        {
            try
            {
                observer.OnNext(value);
            }
            catch (Exception error)
            {
                first ??= error;
            }
        }
        return first;
    }

    public void Complete()
    {
        ImmutableArray<IObserver<T>>? observers;
        lock (_gate)
            (observers, _observers) = (_observers, null);
        foreach (var observer in observers ?? [])
            observer.OnCompleted();
    }

    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        bool completed;
        lock (_gate)
        {
            completed = _observers is null;
            _observers = _observers?.Add(observer);
        }
        if (completed)
            observer.OnCompleted();
        return new Subscription(this, observer);
    }

    private ImmutableArray<IObserver<T>>? Observers
    {
        get
        {
            lock (_gate)
                return _observers;
        }
    }

    private void Remove(IObserver<T> observer)
    {
        lock (_gate)
            _observers = _observers?.Remove(observer);
    }

    private sealed class Subscription(HotStream<T> stream, IObserver<T> observer) : IDisposable
    {
        private IObserver<T>? _observer = observer;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _observer, null) is { } mine)
                stream.Remove(mine);
        }
    }
}
