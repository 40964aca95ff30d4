using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>One coding of Accept-Encoding (RFC 3261 §20.2).</summary>
/// <param name="Name"><c>gzip</c>, <c>identity</c>, <c>*</c>.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record ContentCoding(string Name, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public ContentCoding(string name) : this(name, SipParameters.Empty)
    {
    }

    /// <summary>How much it is wanted, from 0, not at all, to 1 (RFC 3261 §20.2).</summary>
    public double Quality => Parameters.Quality();

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public ContentCoding WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a content coding; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ContentCoding? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a content coding. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static ContentCoding Parse(string text) => HeaderText.Parse<ContentCoding>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out ContentCoding? value)
    {
        value = HeaderText.TrySplit(text, out string? token, out var parameters) ? new ContentCoding(token, parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Name + Parameters;
}
