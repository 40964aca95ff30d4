using System.Collections.Concurrent;

namespace Rx.Sip.Authentication;

/// <summary>
/// Counts the uses of every nonce. A server may hand the same nonce to us twice, in a 401 and a 407 of the same second for
/// example; the count goes on then, so that no request looks like a replay of another (RFC 7616 §3.4). Safe from any thread.
/// </summary>
internal sealed class NonceCounts
{
    // Far more than live at a time; an older one that came back would count from 1 again.
    private const int Capacity = 256;

    private readonly ConcurrentDictionary<string, NonceCount> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    public NonceCount Of(string nonce)
    {
        if (_counts.TryGetValue(nonce, out var known))
            return known;
        var count = new NonceCount();
        if (!_counts.TryAdd(nonce, count))
            return Of(nonce);
        _order.Enqueue(nonce);
        if (_order.Count > Capacity && _order.TryDequeue(out var oldest))
            _counts.TryRemove(oldest, out _);
        return count;
    }
}
