namespace Rx.Sip.Runtime;

/// <summary>
/// Keeps what was made last: what very many ask for in a row with the same key is made once and shared. Safe from any thread; at worst
/// something is made twice.
/// </summary>
/// <param name="make">Makes the value of a key; a pure function.</param>
internal sealed class LatestMade<TKey, TValue>(Func<TKey, TValue> make) where TKey : notnull where TValue : class
{
    private Made? _latest;

    /// <summary>The value of a key.</summary>
    public TValue Of(TKey key)
    {
        var latest = Volatile.Read(ref _latest);
        if (latest is null || !EqualityComparer<TKey>.Default.Equals(latest.Key, key))
            Volatile.Write(ref _latest, latest = new Made(key, make(key)));
        return latest.Value;
    }

    private sealed record Made(TKey Key, TValue Value);
}
