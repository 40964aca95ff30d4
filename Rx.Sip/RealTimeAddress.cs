using System.Diagnostics.CodeAnalysis;
using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>Who somebody is: a URI, and perhaps a name to show. Compared by URI.</summary>
public sealed class RealTimeAddress : IEquatable<RealTimeAddress>
{
    /// <summary>An address without a display name. Throws <see cref="FormatException"/> unless the text is a SIP, SIPS or TEL URI.</summary>
    public RealTimeAddress(string uri) : this(ParseUri(uri), null)
    {
    }

    /// <summary>An address with a name to show, null for none.</summary>
    public RealTimeAddress(SipUri uri, string? displayName)
    {
        ArgumentNullException.ThrowIfNull(uri);
        (Uri, DisplayName) = (uri, displayName);
    }

    /// <summary>The URI.</summary>
    public SipUri Uri { get; }

    /// <summary>The name to show; null when there is none.</summary>
    public string? DisplayName { get; }

    /// <summary><c>user@host</c>.</summary>
    public string UserAtHost => Uri.UserAtHost;

    /// <summary>Whether this is a telephone number.</summary>
    public bool IsPhone => Uri.IsTel || string.Equals(Uri.Parameters.Get("user"), "phone", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a URI or a header-style address such as <c>"Alice" &lt;sip:alice@example.test&gt;</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RealTimeAddress? address)
    {
        address = SipUri.TryParse(text, out var uri) && (uri.IsSip || uri.IsTel) ? new RealTimeAddress(uri, null)
            : NameAddress.TryParse(text, out var named) ? new RealTimeAddress(named.Uri, named.DisplayName)
            : null;
        return address is not null;
    }

    /// <inheritdoc/>
    public bool Equals(RealTimeAddress? other) => other is not null && Uri.Equals(other.Uri);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RealTimeAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => Uri.GetHashCode();

    /// <summary>The name and the URI, or the URI alone.</summary>
    public override string ToString() => DisplayName is null ? Uri.ToString() : $"{DisplayName} <{Uri}>";

    internal NameAddress ToNameAddress() => new(DisplayName, Uri, SipParameters.Empty);

    private static SipUri ParseUri(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return TryParse(uri, out var address) ? address.Uri
            : throw new FormatException($"'{uri}' is not a SIP address. Write it like sip:alice@example.test.");
    }
}
