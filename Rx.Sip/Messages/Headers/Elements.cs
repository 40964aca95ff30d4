namespace Rx.Sip.Messages.Headers;

/// <summary>Collects the elements of a list. Most lists have one: that costs one array of one.</summary>
internal struct Elements<T>
{
    private T[]? _items;
    private int _count;

    public void Add(T item)
    {
        if (_items is null)
            _items = new T[1];
        else if (_count == _items.Length)
            Array.Resize(ref _items, Math.Max(4, _count * 2));
        _items[_count++] = item;
    }

    /// <summary>The elements; the collection must not be used on.</summary>
    public readonly T[] ToArray() => _items is null ? [] : _count == _items.Length ? _items : _items[.._count];
}
