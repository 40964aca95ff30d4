using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>
/// One value of Accept-Contact, Reject-Contact or Feature-Caps: <c>*</c> and the features behind it (RFC 3841 §9, RFC 6809 §6).
/// </summary>
/// <param name="Parameters">The features, and <c>require</c> and <c>explicit</c>.</param>
public sealed record FeatureSet(SipParameters Parameters)
{
    /// <summary>Whether only who matches may be chosen (RFC 3841 §7.2.4).</summary>
    public bool IsRequired => Parameters.Contains("require");

    /// <summary>Whether who says nothing of a feature doesn't match (RFC 3841 §7.2.4).</summary>
    public bool IsExplicit => Parameters.Contains("explicit");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public FeatureSet WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a set of features; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out FeatureSet? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a set of features. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static FeatureSet Parse(string text) => HeaderText.Parse<FeatureSet>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out FeatureSet? value)
    {
        value = HeaderText.TrySplit(text, out ReadOnlySpan<byte> star, out var parameters) && star is [(byte)'*'] ? new FeatureSet(parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => "*" + Parameters;
}
