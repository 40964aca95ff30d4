namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>A header field as octets: every space and fold stands where the message has it.</summary>
/// <param name="Name">The name as spelled.</param>
/// <param name="Separator">The colon with the white space around it.</param>
/// <param name="Value">The value with its folds.</param>
internal sealed record DraftField(string Name, string Separator, string Value)
{
    private static readonly char[] White = [' ', '\t', '\r', '\n'];

    /// <summary>A field in the usual form.</summary>
    public DraftField(string name, string value) : this(name, ": ", value)
    {
    }

    /// <summary>The long name, whichever the field is spelled with.</summary>
    public string LongName => FieldKinds.LongName(Name);

    public bool Is(string longName) => Octets.Same(LongName, longName);

    /// <summary>The value in one line (RFC 3261 §7.3.1).</summary>
    public string Unfolded =>
        Value.AsSpan().ContainsAny('\r', '\n')
            ? string.Join(' ', Value.Split(["\r\n", "\n"], StringSplitOptions.None).Select(line => line.Trim(' ', '\t'))).Trim()
            : Value;

    public static DraftField Read(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return new DraftField(line, "", "");
        var (nameEnd, valueStart) = (colon, colon + 1);
        while (nameEnd > 0 && line[nameEnd - 1] is ' ' or '\t')
            nameEnd--;
        while (valueStart < line.Length && White.Contains(line[valueStart]))
            valueStart++;
        return new DraftField(line[..nameEnd], line[nameEnd..valueStart], line[valueStart..]);
    }

    public override string ToString() => Name + Separator + Value;
}
