namespace Rx.Sip.Messages.Headers;

/// <summary>
/// A header that can be read from and written into messages as a typed value: its names, how it is read and how it is written.
/// Those of the RFCs are in <see cref="HeaderFields"/>; an application declares its own as a <see cref="HeaderField{T}"/>,
/// <see cref="HeaderValueField{T}"/> or <see cref="HeaderListField{T}"/>.
/// </summary>
public abstract class HeaderField
{
    private readonly HeaderName _name;

    private protected HeaderField(HeaderId id) => (_name, IsBuiltIn) = (new HeaderName(id, HeaderTable.NameOf(id)), true);

    private protected HeaderField(string name) => _name = HeaderName.ToWrite(name);

    /// <summary>The name as its RFC spells it.</summary>
    public string Name => _name.Text;

    /// <summary>The compact form of the name (RFC 3261 §7.3.3); null when there is none. Reading takes both forms.</summary>
    public string? CompactName => HeaderTable.CompactOf(_name.Id);

    /// <summary>One of <see cref="HeaderFields"/>: the only one that reads this header into this type.</summary>
    internal bool IsBuiltIn { get; }

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;

    internal abstract HeaderReading ReadingOf(MessageFrame frame);

    /// <summary>Where the next such field stands at or behind <paramref name="from"/>; -1 when there is none.</summary>
    internal int IndexIn(MessageFrame frame, int from) =>
        _name.Id != HeaderId.Unknown ? frame.IndexOf(_name.Id, from) : _name.IndexIn(frame, from);
}
