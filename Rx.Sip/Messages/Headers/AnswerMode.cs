using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>Answer-Mode and Priv-Answer-Mode: whether the callee is to answer by itself (RFC 5373 §4).</summary>
/// <param name="Mode"><c>Manual</c>, <c>Auto</c> or an extension.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record AnswerMode(string Mode, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public AnswerMode(string mode) : this(mode, SipParameters.Empty)
    {
    }

    /// <summary>Whether the session is to be answered without asking the user.</summary>
    public bool IsAuto => string.Equals(Mode, "Auto", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the request is to be refused when its mode can't be had.</summary>
    public bool IsRequired => Parameters.Contains("require");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public AnswerMode WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads an Answer-Mode value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AnswerMode? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads an Answer-Mode value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static AnswerMode Parse(string text) => HeaderText.Parse<AnswerMode>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out AnswerMode? value)
    {
        value = HeaderText.TrySplit(text, out string? token, out var parameters) ? new AnswerMode(token, parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Mode + Parameters;
}
