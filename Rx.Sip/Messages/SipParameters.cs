using System.Collections;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// The parameters of a URI or header: <c>;name=value;flag</c>, in order. Names compare without case. Values are as on the
/// wire, quotes included; <see cref="Get"/> takes the quotes off.
/// </summary>
public sealed class SipParameters : IReadOnlyList<KeyValuePair<string, string?>>, IEquatable<SipParameters>
{
    private const int FewItems = 16;

    private static readonly TextComparer ByText = new();

    private readonly KeyValuePair<string, string?>[] _items;
    private Dictionary<string, int>? _places;

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

    /// <summary>
    /// The same parameters with that one set, in its place or at the end; a null value makes a flag. Throws
    /// <see cref="ArgumentException"/> for a name or value that would read back as something else: put what is neither token
    /// nor host between quotes.
    /// </summary>
    public SipParameters With(string name, string? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!IsOneParameter(name, value))
            throw new ArgumentException($"'{(value is null ? name : $"{name}={value}")}' is not one parameter.", nameof(value));
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
        Contains(name) ? new SipParameters([.. _items.Where(item => !IsNamed(item, name))]) : this;

    /// <summary>Reads <c>name=value;flag…</c>, the leading semicolon taken off; null when the text is none.</summary>
    internal static SipParameters? Read(ReadOnlySpan<byte> text)
    {
        var reader = new ParameterReader(text);
        var count = 0;
        for (; reader.TryNext(); count++)
            if (reader.Name.IsEmpty)
                return null;
        if (count == 0)
            return Empty;
        var items = new KeyValuePair<string, string?>[count];
        reader = new ParameterReader(text);
        for (var i = 0; reader.TryNext(); i++)
            items[i] = new(CommonNames.Of(reader.Name), reader.HasValue ? Grammar.Text(reader.Value) : null);
        return new SipParameters(items);
    }

    /// <summary>Equal when both hold the same names and values, whatever the order; letters compare without case.</summary>
    public bool Equals(SipParameters? other) =>
        other is not null && Count == other.Count
        && (_items.SequenceEqual(other._items, ByText) || _items.Order(ByText).SequenceEqual(other._items.Order(ByText), ByText));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipParameters);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = Count;
        foreach (var (name, _) in _items)
            hash = unchecked(hash + StringComparer.OrdinalIgnoreCase.GetHashCode(name));
        return hash;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The parameters as on the wire, each behind a semicolon.</summary>
    public override string ToString() => AppendTo(new StringBuilder()).ToString();

    internal StringBuilder AppendTo(StringBuilder text)
    {
        foreach (var (name, value) in _items)
        {
            text.Append(';').Append(name);
            if (value is not null)
                text.Append('=').Append(value);
        }
        return text;
    }

    // What a caller puts in must come out the same at the other end, and nothing besides.
    internal static bool IsOneParameter(string name, string? value)
    {
        if (!Grammar.IsParameterText(name) || (value is not null && !Grammar.IsParameterText(value)))
            return false;
        var reader = new ParameterReader(Encoding.UTF8.GetBytes(value is null ? name : $"{name}={value}"));
        return reader.TryNext() && Grammar.Text(reader.Name) == name
            && (value is null ? !reader.HasValue : reader.HasValue && Grammar.Text(reader.Value) == value);
    }

    // A peer may send thousands of parameters: those are looked up by a table.
    private int IndexOf(string name)
    {
        if (_items.Length > FewItems)
            return (_places ??= MakePlaces()).GetValueOrDefault(name, -1);
        for (var i = 0; i < _items.Length; i++)
            if (IsNamed(_items[i], name))
                return i;
        return -1;
    }

    // In a URI a name may be written with escapes (RFC 3261 §19.1.4); in a header a percent sign is a letter like others.
    private static bool IsNamed(in KeyValuePair<string, string?> item, string name) =>
        string.Equals(item.Key, name, StringComparison.OrdinalIgnoreCase)
        || (item.Key.Contains('%', StringComparison.Ordinal) && string.Equals(UriEquality.Canonical(item.Key), name, StringComparison.OrdinalIgnoreCase));

    private Dictionary<string, int> MakePlaces()
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < _items.Length; i++)
            places.TryAdd(UriEquality.Canonical(_items[i].Key)!, i);
        return places;
    }

    private sealed class TextComparer : IComparer<KeyValuePair<string, string?>>, IEqualityComparer<KeyValuePair<string, string?>>
    {
        public int Compare(KeyValuePair<string, string?> left, KeyValuePair<string, string?> right) =>
            StringComparer.OrdinalIgnoreCase.Compare(left.Key, right.Key) is not 0 and var byName ? byName
            : StringComparer.OrdinalIgnoreCase.Compare(left.Value, right.Value);

        public bool Equals(KeyValuePair<string, string?> left, KeyValuePair<string, string?> right) => Compare(left, right) == 0;

        public int GetHashCode(KeyValuePair<string, string?> item) => StringComparer.OrdinalIgnoreCase.GetHashCode(item.Key);
    }
}
