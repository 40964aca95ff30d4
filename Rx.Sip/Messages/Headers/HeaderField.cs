using System.Text;

namespace Rx.Sip.Messages.Headers;

/// <summary>
/// A header that can be read from and written into messages as a typed value: its names, how it is read and how it is written.
/// Those of the RFCs are in <see cref="HeaderFields"/>; an application declares its own as a <see cref="HeaderField{T}"/>,
/// <see cref="HeaderValueField{T}"/> or <see cref="HeaderListField{T}"/>.
/// </summary>
public abstract class HeaderField
{
    private protected HeaderField(HeaderId id) => (Id, Name, IsBuiltIn) = (id, HeaderTable.NameOf(id), true);

    private protected HeaderField(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!Grammar.IsToken(Encoding.UTF8.GetBytes(name)))
            throw new ArgumentException($"'{name}' is not a header name.", nameof(name));
        Id = HeaderTable.Find(name);
        Name = Id == HeaderId.Unknown ? name : HeaderTable.NameOf(Id);
    }

    /// <summary>The name as its RFC spells it.</summary>
    public string Name { get; }

    /// <summary>The compact form of the name (RFC 3261 §7.3.3); null when there is none. Reading takes both forms.</summary>
    public string? CompactName => HeaderTable.CompactOf(Id);

    internal HeaderId Id { get; }

    /// <summary>One of <see cref="HeaderFields"/>: the only one that reads this header into this type.</summary>
    internal bool IsBuiltIn { get; }

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;

    internal abstract HeaderReading ReadingOf(MessageFrame frame);

    /// <summary>Where the next such field stands at or behind <paramref name="from"/>; -1 when there is none.</summary>
    internal int IndexIn(MessageFrame frame, int from) =>
        Id != HeaderId.Unknown ? frame.IndexOf(Id, from) : frame.IndexOf(Name, from);
}
