namespace Rx.Sip.Testing.Network;

/// <summary>What a story owns and has to leave behind empty: what it closes at its end, and what it looks at afterwards.</summary>
internal sealed class Estate
{
    private readonly Stack<IAsyncDisposable> _owned = new();
    private readonly List<KeyValuePair<string, Func<int>>> _watched = [];

    public void Own(IAsyncDisposable thing) => _owned.Push(thing);

    public void Watch(string what, Func<int> count) => _watched.Add(new(what, count));

    /// <summary>The thing to close next, the youngest first; null when all are closed.</summary>
    public IAsyncDisposable? TakeNext() => _owned.TryPop(out var thing) ? thing : null;

    public IEnumerable<string> Left() =>
        from watched in _watched
        let count = watched.Value()
        where count != 0
        select $"{count} {watched.Key}";
}
