using System.Diagnostics.CodeAnalysis;
using System.Text;
using Rx.Sip.Messages.Headers;

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
    public TimeSpan? Expires => Parameters.Seconds("expires");

    /// <summary>The same address with one parameter set.</summary>
    public NameAddress WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>The same address with that tag.</summary>
    public NameAddress WithTag(string tag) => WithParameter("tag", tag);

    /// <summary>The <c>epid</c> parameter by which Office Communications Server tells the devices of a user apart.</summary>
    public string? Epid => Parameters.Get("epid");

    /// <summary>Reads an address; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NameAddress? address) => HeaderText.TryParse(text, TryRead, out address);

    /// <summary>Reads an address. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static NameAddress Parse(string text) => HeaderText.Parse<NameAddress>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out NameAddress? address)
    {
        address = null;
        if (!AddressParts.TryRead(text, out var parts) || !SipUri.TryRead(parts.Uri, out var uri)
            || SipParameters.Read(parts.Parameters) is not { } parameters)
            return false;
        address = new NameAddress(parts.DisplayName.IsEmpty ? null : Grammar.Unquote(parts.DisplayName), uri, parameters);
        return true;
    }

    /// <summary>The address as on the wire, the URI in brackets.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(96);
        if (DisplayName is not null)
            text.Append(Grammar.Quote(DisplayName)).Append(' ');
        return Parameters.AppendTo(Uri.AppendTo(text.Append('<')).Append('>')).ToString();
    }
}
