using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>
/// ms-diagnostics, ms-diagnostics-public, ms-client-diagnostics: what Office Communications Server says of a failure
/// ([MS-OCER] §2.2.1).
/// </summary>
/// <param name="Code">The error's number.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record MsDiagnostics(int Code, SipParameters Parameters)
{
    /// <summary>What failed, without quotes.</summary>
    public string? Reason => Parameters.Get("reason");

    /// <summary>The server that says so, without quotes.</summary>
    public string? Source => Parameters.Get("source");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public MsDiagnostics WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads an ms-diagnostics value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MsDiagnostics? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads an ms-diagnostics value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static MsDiagnostics Parse(string text) => HeaderText.Parse<MsDiagnostics>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out MsDiagnostics? value)
    {
        value = HeaderText.TrySplit(text, out ReadOnlySpan<byte> code, out var parameters) && Shapes.TryCount(code, out var number)
            ? new MsDiagnostics(number, parameters)
            : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{Code}{Parameters}";
}
