using System.Runtime.ExceptionServices;

namespace Rx.Sip.Runtime;

/// <summary>
/// A hot observable that replays its latest value and leaves out repetitions. Values may be published from anywhere; observers
/// hear them in order in the mailbox, the replayed one included. Without observers a value costs nothing but its keeping.
/// </summary>
internal sealed class LatestStream<T> : IObservable<T> where T : notnull
{
    private readonly ObserverMailbox _mailbox;
    // There while there are observers: very many endpoints have none.
    private HotStream<T>? _stream;
    private T _latest;
    private T _told;
    private int _observers;
    private int _untold;
    private bool _completed;

    public LatestStream(T initial, ObserverMailbox mailbox) => (_latest, _told, _mailbox) = (initial, initial, mailbox);

    /// <summary>The value published last, whether or not observers have heard it yet.</summary>
    public T Latest
    {
        get
        {
            lock (_mailbox)
                return _latest;
        }
    }

    /// <summary>Those who observe, or are about to.</summary>
    public int ObserverCount => Volatile.Read(ref _observers);

    public void Publish(T value)
    {
        lock (_mailbox)
        {
            if (_completed || EqualityComparer<T>.Default.Equals(_latest, value))
                return;
            _latest = value;
            if (_observers == 0 && _untold == 0)
            {
                _told = value;
                return;
            }
            _untold++;
            // Posted under the gate, so that observers hear values in the order they were published.
            _mailbox.Post(static (self, next) => ((LatestStream<T>)self!).Tell((T)next!), this, value);
        }
    }

    /// <summary>Completes behind the values published so far; later ones are ignored.</summary>
    public void Complete()
    {
        lock (_mailbox)
        {
            if (_completed)
                return;
            _completed = true;
            _mailbox.Post(static (self, _) => ((LatestStream<T>)self!).End(), this, null);
        }
    }

    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var joining = new Joining(this, observer);
        lock (_mailbox)
            _observers++;
        _mailbox.Post(static (one, _) => ((Joining)one!).Join(), joining, null);
        return joining;
    }

    private T Told
    {
        get
        {
            lock (_mailbox)
                return _told;
        }
    }

    private void Tell(T value)
    {
        lock (_mailbox)
        {
            _told = value;
            _untold--;
        }
        if (Volatile.Read(ref _stream) is { } stream)
            Rethrow(stream.OnNext(value));
    }

    private void End()
    {
        Rethrow(Stream.Complete());
    }

    private HotStream<T> Stream
    {
        get
        {
            lock (_mailbox)
                return _stream ??= new HotStream<T>();
        }
    }

    private void Left()
    {
        lock (_mailbox)
            if (--_observers == 0 && !_completed)
                _stream = null;
    }

    // To the mailbox, which knows whom to tell.
    private static void Rethrow(Exception? thrown)
    {
        if (thrown is not null)
            ExceptionDispatchInfo.Throw(thrown);
    }

    private sealed class Joining(LatestStream<T> owner, IObserver<T> observer) : IDisposable
    {
        private readonly Lock _gate = new();
        private IDisposable? _subscription;
        private bool _disposed;

        // In the mailbox: nobody is told anything between the replay and the subscription.
        public void Join()
        {
            if (IsDisposed)
                return;
            try
            {
                observer.OnNext(owner.Told);
            }
            finally
            {
                Enter();
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                if (_disposed)
                    return;
                _disposed = true;
            }
            _subscription?.Dispose();
            owner.Left();
        }

        private bool IsDisposed
        {
            get
            {
                lock (_gate)
                    return _disposed;
            }
        }

        private void Enter()
        {
            if (IsDisposed)
                return;
            var subscription = owner.Stream.Subscribe(observer);
            lock (_gate)
            {
                _subscription = subscription;
                if (!_disposed)
                    return;
            }
            subscription.Dispose();
        }
    }
}
