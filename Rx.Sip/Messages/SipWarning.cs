using System.Diagnostics.CodeAnalysis;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Messages;

/// <summary>One Warning value (RFC 3261 §20.43).</summary>
/// <param name="Code">The three-digit code.</param>
/// <param name="Agent">Host or pseudonym of who warns.</param>
/// <param name="Text">The text without quotes.</param>
public sealed record SipWarning(int Code, string Agent, string Text)
{
    /// <summary>Reads a Warning value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipWarning? warning) => HeaderText.TryParse(text, TryRead, out warning);

    /// <summary>Reads a Warning value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static SipWarning Parse(string text) => HeaderText.Parse<SipWarning>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipWarning? warning)
    {
        warning = null;
        var space = text.IndexOf((byte)' ');
        if (space != 3 || !Grammar.TryNumber(text[..space], 999, out var code))
            return false;
        text = Grammar.Trim(text[space..]);
        space = text.IndexOf((byte)' ');
        if (space < 0 || !IsAgent(text[..space]) || Grammar.Trim(text[space..]) is not [(byte)'"', ..] quoted || Grammar.EndOfQuoted(quoted, 0) != quoted.Length)
            return false;
        warning = new SipWarning((int)code, Grammar.Text(text[..space]), Grammar.Unquote(quoted));
        return true;
    }

    private static bool IsAgent(ReadOnlySpan<byte> text) => Grammar.IsToken(text) || HostPort.TryRead(text, out _);

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{Code:000} {Agent} {Grammar.Quote(Text)}";
}
