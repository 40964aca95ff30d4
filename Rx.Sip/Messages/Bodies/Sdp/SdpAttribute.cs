using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>An a= line (RFC 8866 §5.13): a property, or a name and its value.</summary>
/// <param name="Name">The name; letters count as written.</param>
/// <param name="Value">The value, verbatim; null for a property.</param>
public sealed record SdpAttribute(string Name, string? Value)
{
    /// <summary>A property attribute: a name alone.</summary>
    public SdpAttribute(string name) : this(name, null)
    {
    }

    /// <summary>Reads the value of an a= line; false when it has no name.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SdpAttribute? attribute)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        attribute = text is null or "" || colon == 0 ? null : colon < 0 ? new(text) : new(text[..colon], text[(colon + 1)..]);
        return attribute is not null;
    }

    /// <summary>Reads the value of an a= line. Throws <see cref="FormatException"/> when it has no name.</summary>
    public static SdpAttribute Parse(string text) => TryParse(text, out var attribute) ? attribute : throw SdpText.NotA("attribute", text);

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Value is null ? Name : $"{Name}:{Value}";
}
