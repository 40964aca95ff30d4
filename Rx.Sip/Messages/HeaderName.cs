using System.Text;

namespace Rx.Sip.Messages;

/// <summary>The name of a header looked up once, to be compared with many fields: without case, a compact form as its long name.</summary>
internal readonly record struct HeaderName(HeaderId Id, string Text)
{
    /// <summary>A name to look for; one that can't be a header's is found nowhere.</summary>
    public static HeaderName Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var id = HeaderTable.Find(name);
        return new(id, id == HeaderId.Unknown ? name : HeaderTable.NameOf(id));
    }

    /// <summary>A name to write. Throws <see cref="ArgumentException"/> when it is no token.</summary>
    public static HeaderName ToWrite(string name)
    {
        var header = Of(name);
        return header.Id == HeaderId.Unknown && !Grammar.IsToken(Encoding.UTF8.GetBytes(name))
            ? throw new ArgumentException($"'{name}' is not a header name.", nameof(name))
            : header;
    }

    /// <summary>A name that a caller gives a value to. Throws <see cref="ArgumentException"/> for what follows the body by itself.</summary>
    public static HeaderName ToSet(string name)
    {
        var header = ToWrite(name);
        return header.Id == HeaderId.ContentLength
            ? throw new ArgumentException("Content-Length follows the body: set that.", nameof(name))
            : header;
    }

    public bool Is(MessageFrame frame, in HeaderSlot slot) =>
        slot.Id == Id && (Id != HeaderId.Unknown || Ascii.EqualsIgnoreCase(frame.NameOf(slot), Text));

    /// <summary>The position of the first field of that name at or behind <paramref name="from"/>; -1 when there is none.</summary>
    public int IndexIn(MessageFrame frame, int from)
    {
        var slots = frame.Slots;
        for (var i = from; i < slots.Length; i++)
            if (Is(frame, slots[i]))
                return i;
        return -1;
    }
}
