using System.Net;
using System.Reactive.Concurrency;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// The targets that failed lately, and until when they are tried last (RFC 3263 §4.3; RFC 3261 §21.5.4 for those that named a time). Used inside
/// the mailbox. What is not looked at again makes room.
/// </summary>
internal sealed class TargetMarks(IScheduler scheduler)
{
    /// <summary>How long a target that did not answer, or named no time, is tried last.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(5);

    private readonly RecentCache<(SipTransportType, IPEndPoint), Mark> _marks = new(512);

    public void Fail(SipTarget target, TimeSpan? duration)
    {
        var until = scheduler.Now + (duration ?? Default);
        var key = (target.Transport, target.EndPoint);
        if (!_marks.TryGet(key, out var known) || known.Until < until)
            _marks.Set(key, new Mark(until));
    }

    public void Clear(SipTarget target)
    {
        if (_marks.Count > 0 && _marks.TryGet((target.Transport, target.EndPoint), out var mark))
            _marks.Remove((target.Transport, target.EndPoint), mark);
    }

    public bool IsMarked(SipTarget target)
    {
        if (_marks.Count == 0 || !_marks.TryGet((target.Transport, target.EndPoint), out var mark))
            return false;
        if (scheduler.Now < mark.Until)
            return true;
        Clear(target);
        return false;
    }

    private sealed record Mark(DateTimeOffset Until);
}
