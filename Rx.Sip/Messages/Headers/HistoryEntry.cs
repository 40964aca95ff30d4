using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>One entry of History-Info: where a request was sent on its way (RFC 7044 §5).</summary>
/// <param name="DisplayName">The display name without quotes; null when there is none.</param>
/// <param name="Uri">Where the request was sent.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record HistoryEntry(string? DisplayName, SipUri Uri, SipParameters Parameters)
{
    /// <summary>An entry without display name, with its index.</summary>
    public HistoryEntry(SipUri uri, string index) : this(null, uri, SipParameters.Empty.With("index", index))
    {
    }

    /// <summary>The place in the tree of forks and retargets: <c>1.1.2</c>.</summary>
    public string? Index => Parameters.Get("index");

    /// <summary>The entry whose target was changed into this one, whether the user stayed the same (<c>rc</c>) or not (<c>mp</c>, <c>np</c>).</summary>
    public string? MappedFrom => Parameters.Get("rc") ?? Parameters.Get("mp") ?? Parameters.Get("np");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public HistoryEntry WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a History-Info entry; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out HistoryEntry? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a History-Info entry. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static HistoryEntry Parse(string text) => HeaderText.Parse<HistoryEntry>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out HistoryEntry? value)
    {
        value = NameAddress.TryRead(text, out var address) ? new HistoryEntry(address.DisplayName, address.Uri, address.Parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => new NameAddress(DisplayName, Uri, Parameters).ToString();
}
