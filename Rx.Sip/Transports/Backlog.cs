using Rx.Sip.Runtime;

namespace Rx.Sip.Transports;

/// <summary>
/// Watches how much waits in the protocol mailbox. Past the high mark connections that go on sending are read no more until the low
/// mark is reached; datagrams can't be held up, so new requests among them are refused.
/// </summary>
/// <param name="mailbox">The protocol mailbox.</param>
/// <param name="limits">The marks, in letters.</param>
/// <param name="changed">Told when it becomes full (true) and when that is over.</param>
internal sealed class Backlog(Mailbox mailbox, TrafficLimits limits, Action<bool> changed)
{
    private readonly int _high = limits.MessageHighWaterMark;
    private readonly int _low = Math.Min(limits.MessageLowWaterMark, limits.MessageHighWaterMark);
    private readonly Lock _gate = new();
    private readonly HashSet<Flow> _paused = [];
    private volatile bool _full;

    public bool IsFull => _full || (mailbox.Count >= _high && Fill());

    /// <summary>Whether not even what belongs to something under way can be taken.</summary>
    public bool IsOverflowing => mailbox.Count / 2 >= _high;

    /// <summary>Stops reading from a connection until the overload is over.</summary>
    public void Pause(Flow flow)
    {
        lock (_gate)
            if (_full && _paused.Add(flow))
                flow.Pause();
    }

    public void Forget(Flow flow)
    {
        lock (_gate)
            _paused.Remove(flow);
    }

    private bool Fill()
    {
        lock (_gate)
        {
            if (_full)
                return true;
            _full = true;
        }
        changed(true);
        Post();
        return true;
    }

    // Each look runs behind all that waited when it was posted.
    private void Post() => mailbox.Post(static (self, _) => ((Backlog)self!).Look(), this, null);

    private void Look()
    {
        if (mailbox.Count > _low)
        {
            Post();
            return;
        }
        Flow[] paused;
        lock (_gate)
        {
            _full = false;
            paused = [.. _paused];
            _paused.Clear();
        }
        changed(false);
        foreach (var flow in paused)
            flow.Resume();
    }
}
