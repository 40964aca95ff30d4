using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>One language of Accept-Language (RFC 3261 §20.3).</summary>
/// <param name="Tag"><c>en</c>, <c>en-gb</c>, <c>*</c>.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record LanguageRange(string Tag, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public LanguageRange(string tag) : this(tag, SipParameters.Empty)
    {
    }

    /// <summary>How much it is wanted, from 0, not at all, to 1 (RFC 3261 §20.3).</summary>
    public double Quality => Parameters.Quality();

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public LanguageRange WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a language range; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out LanguageRange? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a language range. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static LanguageRange Parse(string text) => HeaderText.Parse<LanguageRange>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out LanguageRange? value)
    {
        value = HeaderText.TrySplit(text, out string? token, out var parameters) ? new LanguageRange(token, parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Tag + Parameters;
}
