using System.Collections;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// The parameters of a URI or header: <c>;name=value;flag</c>, in order. Names compare without case. Values are as on the
/// wire, quotes included; <see cref="Get"/> takes the quotes off.
/// </summary>
public sealed class SipParameters : IReadOnlyList<KeyValuePair<string, string?>>, IEquatable<SipParameters>
{
    private readonly KeyValuePair<string, string?>[] _items;

    private SipParameters(KeyValuePair<string, string?>[] items) => _items = items;

    /// <summary>No parameters.</summary>
    public static SipParameters Empty { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => _items.Length;

    /// <summary>The parameter at a position; a flag's value is null.</summary>
    public KeyValuePair<string, string?> this[int index] => _items[index];

    /// <summary>Whether there is a parameter of that name.</summary>
    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <summary>The value of that parameter without quotes; null when it is missing or a flag.</summary>
    public string? Get(string name) =>
        IndexOf(name) is >= 0 and var index && _items[index].Value is { } value
            ? value.StartsWith('"') ? Grammar.Unquote(Encoding.UTF8.GetBytes(value)) : value
            : null;

    /// <summary>The same parameters with that one set, in its place or at the end; a null value makes a flag.</summary>
    public SipParameters With(string name, string? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Grammar.RequireOneLine(value ?? "", nameof(value));
        var item = new KeyValuePair<string, string?>(name, value);
        var index = IndexOf(name);
        if (index < 0)
            return new SipParameters([.. _items, item]);
        var items = _items.AsSpan().ToArray();
        items[index] = item;
        return new SipParameters(items);
    }

    /// <summary>The same parameters without that one.</summary>
    public SipParameters Without(string name) =>
        Contains(name) ? new SipParameters([.. _items.Where(item => !Same(item.Key, name))]) : this;

    /// <summary>Reads <c>name=value;flag…</c>, the leading semicolon taken off; null when the text is none.</summary>
    internal static SipParameters? Read(ReadOnlySpan<byte> text)
    {
        var reader = new ParameterReader(text);
        if (!reader.TryNext())
            return Empty;
        var items = new List<KeyValuePair<string, string?>>(4);
        do
        {
            if (reader.Name.IsEmpty)
                return null;
            items.Add(new(Grammar.Text(reader.Name), reader.HasValue ? Grammar.Text(reader.Value) : null));
        }
        while (reader.TryNext());
        return new SipParameters([.. items]);
    }

    /// <summary>Equal when both hold the same names and values, whatever the order.</summary>
    public bool Equals(SipParameters? other) =>
        other is not null && Count == other.Count
        && _items.All(item => other.Contains(item.Key) && Same(other._items[other.IndexOf(item.Key)].Value, item.Value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipParameters);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        _items.Aggregate(Count, (hash, item) => hash ^ StringComparer.OrdinalIgnoreCase.GetHashCode(item.Key));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The parameters as on the wire, each behind a semicolon.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _items)
        {
            text.Append(';').Append(name);
            if (value is not null)
                text.Append('=').Append(value);
        }
        return text.ToString();
    }

    private int IndexOf(string name) => Array.FindIndex(_items, item => Same(item.Key, name));

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
