using System.Reactive.Concurrency;
using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>
/// Knows a request that has come already by another way, RFC 3261 §8.2.2.2: a proxy may try an endpoint by several of its flows. Bounded
/// in number and time; in the protocol mailbox.
/// </summary>
internal sealed class MergedRequests(IScheduler scheduler, TimeSpan lifetime)
{
    private const int Most = 4096;

    private readonly Queue<(string Key, DateTimeOffset Until)> _order = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Whether the request has come before; from now on it has.</summary>
    public bool HasCome(SipRequest request)
    {
        var now = scheduler.Now;
        while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count >= Most))
            _keys.Remove(_order.Dequeue().Key);
        var key = $"{request.CSeq?.Number} {request.From?.Tag} {request.CallId}";
        if (!_keys.Add(key))
            return true;
        _order.Enqueue((key, now + lifetime));
        return false;
    }
}
