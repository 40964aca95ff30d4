using System.Collections.Immutable;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>
/// What the session level and the media descriptions of SDP have in common. A section is its lines: unknown ones and attributes survive
/// verbatim and in order; the typed members are views of them. Immutable, compared by its lines.
/// </summary>
public abstract record SdpSection
{
    private ImmutableArray<SdpAttribute> _attributes;

    private protected SdpSection(ImmutableArray<SdpLine> lines) => Lines = lines;

    /// <summary>The lines of this section in order, as received.</summary>
    public ImmutableArray<SdpLine> Lines { get; }

    /// <summary>The i= line: what this is, for people (RFC 8866 §5.4).</summary>
    public string? Information => First('i');

    /// <summary>The k= line, obsolete (RFC 8866 §5.12).</summary>
    public string? Key => First('k');

    /// <summary>The b= lines (RFC 8866 §5.8).</summary>
    public ImmutableArray<SdpBandwidth> Bandwidths => [.. All('b').Select(SdpBandwidth.Parse)];

    /// <summary>The attributes in order (RFC 8866 §5.13).</summary>
    public ImmutableArray<SdpAttribute> Attributes => _attributes.IsDefault ? _attributes = [.. All('a').Select(SdpAttribute.Parse)] : _attributes;

    /// <summary>The direction this section states (RFC 8866 §6.7); null when it states none.</summary>
    public SdpDirection? Direction =>
        Attributes.Select(attribute => attribute.Value is null ? SdpText.DirectionOf(attribute.Name) : null).FirstOrDefault(direction => direction is not null);

    /// <summary>Whether there is an attribute of that name.</summary>
    public bool HasAttribute(string name) => Attributes.Any(attribute => attribute.Name == name);

    /// <summary>The value of the first attribute of that name; null when it is missing or a property.</summary>
    public string? GetAttribute(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name)?.Value;

    /// <summary>The values of all attributes of that name in order, those without a value left out.</summary>
    public IReadOnlyList<string> GetAttributes(string name) =>
        [.. Attributes.Where(attribute => attribute.Name == name).Select(attribute => attribute.Value).OfType<string>()];

    /// <summary>Equal when the lines are.</summary>
    public virtual bool Equals(SdpSection? other) =>
        other is not null && EqualityContract == other.EqualityContract && Lines.AsSpan().SequenceEqual(other.Lines.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var line in Lines)
            hash.Add(line);
        return hash.ToHashCode();
    }

    internal string? First(char type)
    {
        foreach (var line in Lines)
            if (line.Type == type)
                return line.Value;
        return null;
    }

    internal IEnumerable<string> All(char type) => Lines.Where(line => line.Type == type).Select(line => line.Value);
}
