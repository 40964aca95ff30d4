using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>Info-Package, or one element of Recv-Info: what an INFO is about (RFC 6086 §7).</summary>
/// <param name="Name">The name in the registry of Info Packages.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record InfoPackage(string Name, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public InfoPackage(string name) : this(name, SipParameters.Empty)
    {
    }

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public InfoPackage WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads an Info Package; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out InfoPackage? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads an Info Package. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static InfoPackage Parse(string text) => HeaderText.Parse<InfoPackage>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out InfoPackage? value)
    {
        value = HeaderText.TrySplit(text, out string? token, out var parameters) ? new InfoPackage(token, parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Name + Parameters;
}
