namespace Rx.Sip.Transactions;

/// <summary>A block of <see cref="AnsweredRequests"/>: room for so many octets and entries, filled from the front and emptied from there.</summary>
internal sealed class AnsweredBlock(int octets, int entries)
{
    private readonly byte[] _octets = GC.AllocateUninitializedArray<byte>(octets);
    private readonly AnsweredRequest[] _entries = new AnsweredRequest[entries];
    private int _used;

    /// <summary>Octets there is room for.</summary>
    public int Size => _octets.Length;

    /// <summary>Entries there were so far, those included that are gone.</summary>
    public int Count { get; private set; }

    /// <summary>Where the oldest entry is.</summary>
    public int First { get; private set; }

    public ref readonly AnsweredRequest this[int index] => ref _entries[index];

    public bool HasRoom(int needed) => Count < _entries.Length && _used + needed <= _octets.Length;

    public ReadOnlySpan<byte> KeyOf(int index) => _octets.AsSpan(_entries[index].Start, _entries[index].KeyLength);

    public ReadOnlySpan<byte> ResponseOf(int index) => _octets.AsSpan(_entries[index].Start + _entries[index].KeyLength, _entries[index].ResponseLength);

    /// <summary>Adds an entry; its place among the octets is set here.</summary>
    public void Add(AnsweredRequest entry, ReadOnlySpan<byte> key, ReadOnlySpan<byte> response)
    {
        key.CopyTo(_octets.AsSpan(_used));
        response.CopyTo(_octets.AsSpan(_used + key.Length));
        (entry.Start, entry.KeyLength, entry.ResponseLength) = (_used, key.Length, response.Length);
        _entries[Count++] = entry;
        _used += key.Length + response.Length;
    }

    public void RemoveFirst() => _entries[First++] = default;

    /// <summary>Makes the block as good as new.</summary>
    public void Reset() => (_used, Count, First) = (0, 0, 0);
}
