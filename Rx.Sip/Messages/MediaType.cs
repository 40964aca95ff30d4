using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>A media type with its parameters, as in Content-Type (RFC 3261 §20.15). Names are in lower case.</summary>
/// <param name="Type">The type, for example <c>text</c>.</param>
/// <param name="Subtype">The subtype, for example <c>plain</c>.</param>
/// <param name="Parameters">The parameters, for example <c>charset</c>.</param>
public sealed record MediaType(string Type, string Subtype, SipParameters Parameters)
{
    /// <summary><c>type/subtype</c>.</summary>
    public string Name => $"{Type}/{Subtype}";

    /// <summary>Whether this is that type, parameters aside: <c>Is("text/plain")</c>.</summary>
    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a media type; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MediaType? mediaType)
    {
        mediaType = text is null ? null : Read(Encoding.UTF8.GetBytes(text));
        return mediaType is not null;
    }

    internal static MediaType? Read(MessageFrame frame, HeaderId id) => frame.TryFind(id, out var value) ? Read(value) : null;

    private static MediaType? Read(ReadOnlySpan<byte> text)
    {
        var semicolon = Grammar.IndexOutside(text, (byte)';');
        var name = semicolon < 0 ? text : text[..semicolon];
        var slash = name.IndexOf((byte)'/');
        if (slash < 0)
            return null;
        var type = Grammar.Trim(name[..slash]);
        var subtype = Grammar.Trim(name[(slash + 1)..]);
        var parameters = semicolon < 0 ? SipParameters.Empty : SipParameters.Read(text[(semicolon + 1)..]);
        return Grammar.IsToken(type) && Grammar.IsToken(subtype) && parameters is not null
            ? new MediaType(Grammar.Text(type).ToLowerInvariant(), Grammar.Text(subtype).ToLowerInvariant(), parameters)
            : null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Name + Parameters;
}
