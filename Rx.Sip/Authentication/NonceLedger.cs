using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Authentication;

/// <summary>
/// What has been done with the nonces in use. It remembers so many and no more: when the oldest has to go, every nonce as old
/// or older is out of date from then on, so a forgotten use is never taken for a first one.
/// </summary>
internal sealed class NonceLedger(int capacity)
{
    private readonly Dictionary<string, NonceUses> _uses = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _oldest = new();
    private DateTimeOffset _forgotten = DateTimeOffset.MinValue;

    public int Count => _uses.Count;

    /// <summary>Notes the use of a nonce; false when it is a replay, or the nonce older than what is remembered.</summary>
    public bool TryUse(string nonce, DateTimeOffset made, uint count) =>
        TryOpen(nonce, made, out var uses) && uses.TryUse(count);

    /// <summary>Forgets the nonces that were made before an instant: they are no longer good for anything.</summary>
    public void ForgetBefore(DateTimeOffset instant)
    {
        while (_oldest.TryPeek(out _, out var made) && made < instant)
            ForgetOldest();
    }

    private bool TryOpen(string nonce, DateTimeOffset made, [NotNullWhen(true)] out NonceUses? uses)
    {
        if (_uses.TryGetValue(nonce, out uses))
            return true;
        if (made <= _forgotten)
            return false;
        _uses[nonce] = uses = new NonceUses();
        _oldest.Enqueue(nonce, made);
        if (_uses.Count > capacity)
            ForgetOldest();
        return _uses.ContainsKey(nonce);
    }

    private void ForgetOldest()
    {
        if (_oldest.TryDequeue(out var nonce, out var made))
        {
            _uses.Remove(nonce);
            _forgotten = made;
        }
    }
}
