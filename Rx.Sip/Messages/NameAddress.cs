using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// A <c>name-addr</c> or <c>addr-spec</c> with header parameters, as in From, To, Contact, Route (RFC 3261 §20.10). Immutable,
/// compared by value.
/// </summary>
/// <param name="DisplayName">The display name without quotes; null when there is none.</param>
/// <param name="Uri">The URI.</param>
/// <param name="Parameters">The parameters of the header, not of the URI.</param>
public sealed record NameAddress(string? DisplayName, SipUri Uri, SipParameters Parameters)
{
    /// <summary>An address without display name and parameters.</summary>
    public NameAddress(SipUri uri) : this(null, uri, SipParameters.Empty)
    {
    }

    /// <summary>The <c>tag</c> parameter of From and To.</summary>
    public string? Tag => Parameters.Get("tag");

    /// <summary>The <c>expires</c> parameter of a Contact (RFC 3261 §20.10).</summary>
    public TimeSpan? Expires =>
        Parameters.Get("expires") is { } text && TypedHeaders.TrySeconds(Encoding.UTF8.GetBytes(text), out var seconds) ? seconds : null;

    /// <summary>The same address with one parameter set.</summary>
    public NameAddress WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>The same address with that tag.</summary>
    public NameAddress WithTag(string tag) => WithParameter("tag", tag);

    /// <summary>Reads an address; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NameAddress? address)
    {
        address = null;
        return text is not null && TryRead(Encoding.UTF8.GetBytes(text), out address);
    }

    /// <summary>Reads an address. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static NameAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not a SIP address.");
    }

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out NameAddress? address)
    {
        address = null;
        text = Grammar.Trim(text);
        var open = IndexOfOpening(text);
        ReadOnlySpan<byte> name = default, uriText, rest;
        if (open >= 0)
        {
            var close = text[open..].IndexOf((byte)'>');
            if (close < 0)
                return false;
            name = Grammar.Trim(text[..open]);
            uriText = text.Slice(open + 1, close - 1);
            rest = Grammar.Trim(text[(open + close + 1)..]);
            if (!rest.IsEmpty && rest[0] != ';')
                return false;
        }
        else
        {
            // Without brackets every parameter is the header's, RFC 3261 §20.10.
            var semicolon = text.IndexOf((byte)';');
            uriText = Grammar.Trim(semicolon < 0 ? text : text[..semicolon]);
            rest = semicolon < 0 ? default : text[semicolon..];
        }
        if (!SipUri.TryRead(uriText, out var uri))
            return false;
        var parameters = rest.IsEmpty ? SipParameters.Empty : SipParameters.Read(rest[1..]);
        if (parameters is null || !IsDisplayName(name))
            return false;
        address = new NameAddress(name.IsEmpty ? null : Grammar.Unquote(name), uri, parameters);
        return true;
    }

    /// <summary>The address as on the wire, the URI in brackets.</summary>
    public override string ToString() => DisplayName is null ? $"<{Uri}>{Parameters}" : $"{Grammar.Quote(DisplayName)} <{Uri}>{Parameters}";

    // The bracket that opens the URI, not one inside a quoted display name.
    private static int IndexOfOpening(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'"', ..])
            return text.IndexOf((byte)'<');
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return text[i..].IndexOf((byte)'<') is >= 0 and var open ? i + open : -1;
        }
        return -1;
    }

    private static bool IsDisplayName(ReadOnlySpan<byte> name)
    {
        if (name is [(byte)'"', ..])
            return name.Length > 1 && name[^1] == '"';
        foreach (var octet in name)
            if (!Grammar.IsWhite(octet) && octet < 0x80 && !Grammar.Token.Contains(octet))
                return false;
        return true;
    }
}
