using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Transports;

/// <summary>
/// Remembers what was used recently, never more than twice <paramref name="generation"/> entries, at constant cost: a full
/// generation becomes the old one, and what is not used again before the next has filled is forgotten.
/// </summary>
internal sealed class RecentCache<TKey, TValue>(int generation) where TKey : notnull where TValue : class
{
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];

    public int Count => _young.Count + _old.Count;

    public IEnumerable<TValue> Values => _young.Values.Concat(_old.Values);

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        if (_young.TryGetValue(key, out value))
            return true;
        if (!_old.Remove(key, out value))
            return false;
        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        _old.Remove(key);
        _young[key] = value;
        if (_young.Count >= generation)
            (_young, _old) = ([], _young);
    }

    /// <summary>Forgets the key if it leads to that value.</summary>
    public void Remove(TKey key, TValue value)
    {
        if (TryGet(key, out var known) && ReferenceEquals(known, value))
        {
            _young.Remove(key);
            _old.Remove(key);
        }
    }

    public void Clear()
    {
        _young.Clear();
        _old.Clear();
    }
}
