namespace Rx.Sip.Runtime;

/// <summary>
/// Runs letters one at a time in the order they came. An idle mailbox runs a letter on the thread that posts it, a busy one
/// queues it for the thread that is at work: no thread of its own, no hop in the common case, and what runs inside needs no lock.
/// </summary>
/// <param name="onError">Told of an exception that a letter let escape; the mailbox goes on.</param>
internal sealed class Mailbox(Action<Exception> onError)
{
    private readonly Lock _gate = new();
    private readonly Queue<Letter> _waiting = new();
    private volatile int _count;
    private bool _busy;

    /// <summary>Letters waiting for the one that runs; looking costs nothing.</summary>
    public int Count => _count;

    /// <summary>
    /// Posts a letter. <paramref name="run"/> should be a static lambda: what it needs comes with it, so that nothing is
    /// allocated. Posted from inside a letter, it runs after that letter.
    /// </summary>
    public void Post(Action<object?, object?> run, object? first, object? second)
    {
        lock (_gate)
        {
            if (_busy)
            {
                _waiting.Enqueue(new Letter(run, first, second));
                _count = _waiting.Count;
                return;
            }
            _busy = true;
        }
        var letter = new Letter(run, first, second);
        do
            letter.Run(onError);
        while (TryNext(out letter));
    }

    /// <summary>Posts a letter that needs nothing but what it captured; for what is rare.</summary>
    public void Post(Action run) => Post(static (action, _) => ((Action)action!)(), run, null);

    private bool TryNext(out Letter letter)
    {
        lock (_gate)
        {
            _busy = _waiting.TryDequeue(out letter);
            _count = _waiting.Count;
            return _busy;
        }
    }
}
