using System.Net;
using System.Reactive.Concurrency;

namespace Rx.Sip.Transports.Limits;

/// <summary>
/// Sees to it that no peer sends more than its share. So many peers are remembered and no more: those not heard of lately are forgotten, so
/// who makes up addresses does not make it grow. Safe from any thread.
/// </summary>
internal sealed class SourceWatch
{
    private readonly Lock _gate = new();
    private readonly RecentCache<SourceKey, Source> _sources;
    private readonly IStopwatch _stopwatch;
    private readonly TrafficLimits _limits;

    public SourceWatch(IScheduler scheduler, TrafficLimits limits)
    {
        (_stopwatch, _limits) = (scheduler.StartStopwatch(), limits);
        _sources = new RecentCache<SourceKey, Source>(Math.Max(1, limits.MaxPeersRemembered / 2));
    }

    /// <summary>Whether messages are counted at all.</summary>
    public bool IsPaced => _limits.MaxMessagesPerSecond != int.MaxValue;

    /// <summary>How many peers are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _sources.Count;
        }
    }

    /// <summary>One message more over a flow; gives how far its peer is ahead of its share, zero or less when it is not.</summary>
    public TimeSpan TakeMessage(Flow flow) =>
        new(SourceOf(flow).TakeMessage(Now, _limits.MaxMessagesPerSecond, flow.IsReliable ? long.MaxValue : TimeSpan.TicksPerSecond));

    /// <summary>One thing more that is no message; false when the peer has sent too much of that.</summary>
    public bool TakeMalformed(Flow flow) =>
        _limits.MaxMalformedPerSecond == int.MaxValue || SourceOf(flow).TakeMalformed(Now, _limits.MaxMalformedPerSecond) <= 0;

    /// <summary>Whether a peer has sent so much that is no message that it can't have another connection.</summary>
    public bool IsShunned(SourceKey key)
    {
        lock (_gate)
            if (!_sources.TryGet(key, out var source))
                return false;
            else
                return source.IsFullOfMalformed(Now, _limits.MaxMalformedPerSecond);
    }

    private long Now => _stopwatch.Elapsed.Ticks;

    private Source SourceOf(Flow flow) => flow.Source ??= Find(flow.RemoteEndPoint.Address);

    private Source Find(IPAddress address)
    {
        var key = SourceKey.Of(address);
        lock (_gate)
        {
            if (_sources.TryGet(key, out var known))
                return known;
            var source = new Source();
            _sources.Set(key, source);
            return source;
        }
    }
}
