using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages;

/// <summary>One Warning value (RFC 3261 §20.43).</summary>
/// <param name="Code">The three-digit code.</param>
/// <param name="Agent">Host or pseudonym of who warns.</param>
/// <param name="Text">The text without quotes.</param>
public sealed record SipWarning(int Code, string Agent, string Text)
{
    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipWarning? warning)
    {
        warning = null;
        var first = text.IndexOf((byte)' ');
        var second = first < 0 ? -1 : text[(first + 1)..].IndexOf((byte)' ');
        if (second < 0 || !Grammar.TryNumber(text[..first], 999, out var code))
            return false;
        warning = new SipWarning((int)code, Grammar.Text(text.Slice(first + 1, second)), Grammar.Unquote(Grammar.Trim(text[(first + second + 2)..])));
        return true;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{Code} {Agent} {Grammar.Quote(Text)}";
}
