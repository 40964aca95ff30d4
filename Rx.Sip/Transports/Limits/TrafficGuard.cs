using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using Rx.Sip.Diagnostics;

namespace Rx.Sip.Transports.Limits;

/// <summary>What the transports of one manager share so that together they stay within its limits. Safe from any thread.</summary>
/// <param name="scheduler">The clock.</param>
/// <param name="limits">The limits.</param>
/// <param name="exceeded">Told of a limit that was exceeded by somebody who got no flow; a flow tells by what it is closed for.</param>
internal sealed class TrafficGuard(IScheduler scheduler, TrafficLimits limits, Action<TrafficLimit> exceeded)
{
    /// <summary>The guard of a transport that stands alone.</summary>
    public TrafficGuard() : this(TaskPoolScheduler.Default, TrafficLimits.Default, static _ => { })
    {
    }

    public TrafficLimits Limits => limits;

    /// <summary>The connections that peers have opened.</summary>
    public SourceCounts Connections { get; } = new(limits.MaxConnectionsPerPeer);

    /// <summary>The room for what peers do not take.</summary>
    public OctetBudget Unsent { get; } = new(limits.MaxUnsentOctets);

    /// <summary>What peers have sent lately.</summary>
    public SourceWatch Sources { get; } = new(scheduler, limits);

    /// <summary>The connections that are read no more for a while.</summary>
    public FlowRests Rests { get; } = new(scheduler, exceeded);

    /// <summary>The room for messages that are not whole yet.</summary>
    public OctetBudget Partial { get; } = new(limits.MaxPartialOctets);

    public void Exceeded(TrafficLimit limit) => exceeded(limit);

    /// <summary>Runs something when the time is up, unless the result is disposed before.</summary>
    public IDisposable After(TimeSpan time, Action late) => time < TimeSpan.Zero ? Disposable.Empty : scheduler.Schedule(time, late);

    /// <summary>Waits for a peer to take something, which it has to in time.</summary>
    public async ValueTask<int> InTimeAsync(ValueTask<int> sending, Action<Exception> late)
    {
        using (SendLimit(late))
            return await sending.ConfigureAwait(false);
    }

    /// <summary>Waits for a peer to take something, which it has to in time.</summary>
    public async ValueTask InTimeAsync(ValueTask sending, Action<Exception> late)
    {
        using (SendLimit(late))
            await sending.ConfigureAwait(false);
    }

    /// <summary>What a connection is closed for whose peer lets too much wait.</summary>
    public static LimitExceededException Overflow(QueueChange change) => change == QueueChange.OverBudget
        ? new(TrafficLimit.MaxUnsentOctets, "The peer does not take what is sent to it, and there is too much of that altogether.")
        : new(TrafficLimit.MaxUnsentOctetsPerConnection, "The peer does not take what is sent to it.");

    private IDisposable SendLimit(Action<Exception> late) =>
        After(limits.SendTimeout, () => late(new LimitExceededException(TrafficLimit.SendTimeout, "The peer takes nothing of what is sent to it.")));
}
