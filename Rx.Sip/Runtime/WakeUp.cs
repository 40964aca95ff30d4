using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Rx.Sip.Runtime;

/// <summary>One outstanding <c>Schedule</c> that ends in a mailbox. To be used inside the mailbox only.</summary>
/// <param name="scheduler">The clock.</param>
/// <param name="mailbox">Where <paramref name="wake"/> runs.</param>
/// <param name="wake">A static lambda: what is to be done; it gets <paramref name="sleeper"/>.</param>
/// <param name="sleeper">Who sleeps.</param>
internal sealed class WakeUp(IScheduler scheduler, Mailbox mailbox, Action<object?> wake, object sleeper) : IDisposable
{
    // Real timers tick in milliseconds at best, and each wake-up costs as much as a transaction: what is due within one tick
    // happens together. Virtual time costs nothing and stays exact.
    private static readonly TimeSpan RealTick = TimeSpan.FromMilliseconds(10);

    private readonly SerialDisposable _outstanding = new();
    private readonly TimeSpan _tick = scheduler is LocalScheduler ? RealTick : TimeSpan.Zero;

    /// <summary>Whether a wake-up is outstanding.</summary>
    public bool IsSet { get; private set; }

    /// <summary>Sets the wake-up, in place of one that is set.</summary>
    public void Set(TimeSpan wait)
    {
        IsSet = true;
        _outstanding.Disposable = scheduler.Schedule(this, wait > _tick ? wait : _tick, static (_, self) =>
        {
            self.Post();
            return Disposable.Empty;
        });
    }

    /// <summary>Takes it back for now.</summary>
    public void Stop()
    {
        IsSet = false;
        _outstanding.Disposable = Disposable.Empty;
    }

    /// <summary>Takes it back for good.</summary>
    public void Dispose() => _outstanding.Dispose();

    private void Post() => mailbox.Post(static (self, _) => ((WakeUp)self!).Wake(), this, null);

    private void Wake()
    {
        IsSet = false;
        if (!_outstanding.IsDisposed)
            wake(sleeper);
    }
}
