using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Rx.Sip.Runtime;

/// <summary>
/// Runs what concerns the observers of one endpoint, one letter at a time, in order, always on the endpoint's scheduler and
/// never on the thread that posts: a slow observer holds up nobody else. Drained in batches, so that a burst costs one hop.
/// </summary>
internal sealed class ObserverMailbox
{
    private readonly IScheduler _scheduler;
    private readonly Action<object, Exception> _onError;
    private readonly object _owner;
    private readonly int _highMark;
    // Most endpoints of very many never have two letters waiting: the first has a place of its own, and queues are made for more.
    private Letter _first;
    private Queue<Letter>? _waiting;
    private Queue<Letter>? _running;
    private int _count;
    private byte _bursts;
    private bool _scheduled;
    private volatile bool _full;

    /// <summary>A mailbox of somebody.</summary>
    /// <param name="scheduler">Where letters run.</param>
    /// <param name="onError">A static lambda, told of an exception that a letter let escape; the mailbox goes on.</param>
    /// <param name="owner">Whose mailbox it is: what <paramref name="onError"/> is told first.</param>
    /// <param name="highMark">From how many letters that are not done on <see cref="IsFull"/> is true, until half of them are.</param>
    public ObserverMailbox(IScheduler scheduler, Action<object, Exception> onError, object owner, int highMark) =>
        (_scheduler, _onError, _owner, _highMark) = (scheduler, onError, owner, highMark);

    /// <summary>The same for one who has a delegate already.</summary>
    public ObserverMailbox(IScheduler scheduler, Action<Exception> onError, int highMark)
        : this(scheduler, static (report, error) => ((Action<Exception>)report)(error), onError, highMark)
    {
    }

    /// <summary>Whether new work from the network should be refused for now.</summary>
    public bool IsFull => _full;

    public void Post(Action<object?, object?> run, object? first, object? second)
    {
        // The mailbox is never seen outside of this library: it may be its own lock.
        lock (this)
        {
            Put(new Letter(run, first, second));
            if (Interlocked.Increment(ref _count) >= _highMark)
                _full = true;
            if (_scheduled)
                return;
            _scheduled = true;
        }
        _scheduler.Schedule(this, static (_, self) =>
        {
            self.Drain();
            return Disposable.Empty;
        });
    }

    /// <summary>Posts a letter that needs nothing but what it captured; for what is rare.</summary>
    public void Post(Action run) => Post(static (action, _) => ((Action)action!)(), run, null);

    private void Put(in Letter letter)
    {
        if (_first.Action is null && _waiting is not { Count: > 0 })
            _first = letter;
        else
            (_waiting ??= new Queue<Letter>()).Enqueue(letter);
    }

    private void Drain()
    {
        while (TryTakeBatch(out var first))
        {
            Do(first);
            while (_running is not null && _running.TryDequeue(out var letter))
                Do(letter);
        }
    }

    private bool TryTakeBatch(out Letter first)
    {
        lock (this)
        {
            first = _first;
            _first = default;
            (_waiting, _running) = (_running, _waiting);
            _scheduled = first.Action is not null;
            if (!_scheduled && _running is not null)
                Rest();
            return _scheduled;
        }
    }

    // Who has had a few bursts in its life keeps nothing ready for the next; who has them all the time does.
    private void Rest()
    {
        if (_bursts == byte.MaxValue)
            return;
        _bursts++;
        (_waiting, _running) = (null, null);
    }

    private void Do(in Letter letter)
    {
        letter.Run(_onError, _owner);
        if (Interlocked.Decrement(ref _count) <= _highMark / 2 && _full)
            _full = false;
    }
}
