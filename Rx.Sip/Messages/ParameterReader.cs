namespace Rx.Sip.Messages;

/// <summary>Walks over <c>name=value;flag…</c>, the leading semicolon taken off, without making text of it. Empty parts are passed over.</summary>
internal ref struct ParameterReader(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>The parameter's name; empty when a value stands there without one.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value as written, quotes included.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether there is a value, be it empty.</summary>
    public bool HasValue { get; private set; }

    public bool TryNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = Grammar.IndexOutside(_rest, (byte)';');
            var part = Grammar.Trim(end < 0 ? _rest : _rest[..end]);
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (part.IsEmpty)
                continue;
            var equals = part.IndexOf((byte)'=');
            HasValue = equals >= 0;
            Name = HasValue ? Grammar.Trim(part[..equals]) : part;
            Value = HasValue ? Grammar.Trim(part[(equals + 1)..]) : default;
            return true;
        }
        return false;
    }

    /// <summary>Finds a parameter; its value is empty when it is a flag.</summary>
    public static bool TryFind(ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        // Tag and branch nearly always come first and plain.
        if (parameters.Length > name.Length && parameters[name.Length] == '=' && parameters.StartsWith(name))
        {
            // The name holds none of these; with it there are often octets enough for one vector.
            var end = parameters.IndexOfAny((byte)';', (byte)'"', (byte)'<');
            if (end < 0 || parameters[end] == ';')
            {
                value = Grammar.Trim(end < 0 ? parameters[(name.Length + 1)..] : parameters[(name.Length + 1)..end]);
                return true;
            }
        }
        var reader = new ParameterReader(parameters);
        while (reader.TryNext())
            if (Grammar.Same(reader.Name, name))
            {
                value = reader.Value;
                return true;
            }
        value = default;
        return false;
    }

    /// <summary>Whether every part has a name.</summary>
    public static bool IsReadable(ReadOnlySpan<byte> parameters)
    {
        var reader = new ParameterReader(parameters);
        while (reader.TryNext())
            if (reader.Name.IsEmpty)
                return false;
        return true;
    }
}
