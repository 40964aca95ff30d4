using System.Reactive.Disposables;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transactions;

/// <summary>
/// Gives turns, no more than so many a second: first to those that can't wait, then to the others, each in the order in which they asked.
/// However many wait, there is one alarm. Inside the mailbox only.
/// </summary>
internal sealed class RequestPace(int perSecond, AlarmTable alarms) : Alarm
{
    // Real timers come late. What a pace falls behind by that is made up for, but a longer gap is not followed by a burst.
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _interval = TimeSpan.FromTicks(TimeSpan.TicksPerSecond / perSecond);
    private readonly LinkedList<Action> _urgent = [];
    private readonly LinkedList<Action> _others = [];
    private TimeSpan _next;

    /// <summary>How many wait.</summary>
    public int Waiting => _urgent.Count + _others.Count;

    /// <summary>Begins when the turn has come, maybe on the spot. Disposing gives the turn up; it is somebody else's then.</summary>
    public IDisposable Ask(bool isUrgent, Action begin)
    {
        var now = alarms.Elapsed;
        if (Waiting == 0 && _next <= now)
        {
            _next = now + _interval;
            begin();
            return Disposable.Empty;
        }
        var node = (isUrgent ? _urgent : _others).AddLast(begin);
        if (!IsSet)
            alarms.Set(this, _next - now);
        return Disposable.Create((Pace: this, Node: node), static turn => turn.Pace.GiveUp(turn.Node));
    }

    internal override void Ring()
    {
        var now = alarms.Elapsed;
        if (_next < now - Lag)
            _next = now - Lag;
        while (_next <= now && (_urgent.First ?? _others.First) is { } first)
        {
            first.List!.Remove(first);
            _next += _interval;
            first.Value();
        }
        if (Waiting > 0)
            alarms.Set(this, _next - now);
    }

    private void GiveUp(LinkedListNode<Action> turn)
    {
        turn.List?.Remove(turn);
        if (Waiting == 0)
            alarms.Stop(this);
    }
}
