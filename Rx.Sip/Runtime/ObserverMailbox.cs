using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Rx.Sip.Runtime;

/// <summary>
/// Runs what concerns the observers of one endpoint, one letter at a time, in order, always on the endpoint's scheduler and
/// never on the thread that posts: a slow observer holds up nobody else. Drained in batches, so that a burst costs one hop.
/// </summary>
/// <param name="scheduler">Where letters run.</param>
/// <param name="onError">Told of an exception that a letter let escape; the mailbox goes on.</param>
/// <param name="highMark">From how many letters that are not done on <see cref="IsFull"/> is true, until half of them are.</param>
internal sealed class ObserverMailbox(IScheduler scheduler, Action<Exception> onError, int highMark)
{
    private readonly Lock _gate = new();
    private Queue<Letter> _waiting = new();
    private Queue<Letter> _running = new();
    private int _count;
    private bool _scheduled;
    private volatile bool _full;

    /// <summary>Whether new work from the network should be refused for now.</summary>
    public bool IsFull => _full;

    public void Post(Action<object?, object?> run, object? first, object? second)
    {
        lock (_gate)
        {
            _waiting.Enqueue(new Letter(run, first, second));
            if (Interlocked.Increment(ref _count) >= highMark)
                _full = true;
            if (_scheduled)
                return;
            _scheduled = true;
        }
        scheduler.Schedule(this, static (_, self) =>
        {
            self.Drain();
            return Disposable.Empty;
        });
    }

    /// <summary>Posts a letter that needs nothing but what it captured; for what is rare.</summary>
    public void Post(Action run) => Post(static (action, _) => ((Action)action!)(), run, null);

    private void Drain()
    {
        while (TryTakeBatch())
            while (_running.TryDequeue(out var letter))
            {
                letter.Run(onError);
                if (Interlocked.Decrement(ref _count) <= highMark / 2 && _full)
                    _full = false;
            }
    }

    private bool TryTakeBatch()
    {
        lock (_gate)
        {
            (_waiting, _running) = (_running, _waiting);
            return _scheduled = _running.Count > 0;
        }
    }
}
