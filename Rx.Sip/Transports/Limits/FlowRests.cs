using System.Collections.Concurrent;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using Rx.Sip.Diagnostics;

namespace Rx.Sip.Transports.Limits;

/// <summary>Connections that are read no more for a while, since their peers ask too much. Safe from any thread.</summary>
internal sealed class FlowRests(IScheduler scheduler, Action<TrafficLimit> exceeded)
{
    private readonly ConcurrentDictionary<Flow, IDisposable> _resting = [];

    /// <summary>How many rest.</summary>
    public int Count => _resting.Count;

    /// <summary>Has a connection rest, unless it does already.</summary>
    public void Begin(Flow flow, TimeSpan time, TrafficLimit limit)
    {
        var timer = new SingleAssignmentDisposable();
        if (!_resting.TryAdd(flow, timer))
            return;
        exceeded(limit);
        flow.Pause();
        timer.Disposable = scheduler.Schedule(time, () =>
        {
            if (_resting.TryRemove(flow, out _))
                flow.Resume();
        });
        if (!flow.IsOpen)
            Forget(flow);
    }

    /// <summary>The flow is over.</summary>
    public void Forget(Flow flow)
    {
        if (_resting.TryRemove(flow, out var timer))
            timer.Dispose();
    }
}
