using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>One URI in angle brackets with parameters, as in Call-Info, Alert-Info, Error-Info and Geolocation (RFC 3261 §20.4, §20.9, §20.18; RFC 6442 §4.1).</summary>
/// <param name="Uri">The URI, of any scheme.</param>
/// <param name="Parameters">The header's parameters.</param>
public sealed record UriReference(SipUri Uri, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public UriReference(SipUri uri) : this(uri, SipParameters.Empty)
    {
    }

    /// <summary>What a Call-Info is for: <c>icon</c>, <c>info</c>, <c>card</c> … (RFC 3261 §20.9).</summary>
    public string? Purpose => Parameters.Get("purpose");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public UriReference WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a URI with parameters; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out UriReference? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a URI with parameters. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static UriReference Parse(string text) => HeaderText.Parse<UriReference>(text, TryRead);

    // Brackets are demanded by the grammar and left out by some.
    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out UriReference? value)
    {
        value = AddressParts.TryRead(text, out var parts) && parts.DisplayName.IsEmpty
            && SipUri.TryRead(parts.Uri, out var uri) && SipParameters.Read(parts.Parameters) is { } parameters
                ? new UriReference(uri, parameters)
                : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"<{Uri}>{Parameters}";
}
