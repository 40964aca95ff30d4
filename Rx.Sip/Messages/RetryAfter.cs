using System.Diagnostics.CodeAnalysis;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Messages;

/// <summary>Retry-After: how long to leave the sender alone (RFC 3261 §20.33).</summary>
/// <param name="Delay">How long to wait, in whole seconds: fractions are rounded up.</param>
/// <param name="Parameters">Parameters, for example <c>duration</c>.</param>
public sealed record RetryAfter(TimeSpan Delay, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public RetryAfter(TimeSpan delay) : this(delay, SipParameters.Empty)
    {
    }

    /// <summary>How long to wait, in whole seconds: fractions are rounded up.</summary>
    public TimeSpan Delay { get; init => field = Shapes.Whole(value); } = Shapes.Whole(Delay);

    /// <summary>Reads a Retry-After value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RetryAfter? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a Retry-After value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static RetryAfter Parse(string text) => HeaderText.Parse<RetryAfter>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out RetryAfter? value)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var rest = digits < 0 ? default : Behind(Grammar.Trim(text[digits..]));
        var semicolon = Grammar.IndexOutside(rest, (byte)';');
        value = Shapes.TrySeconds(digits < 0 ? text : text[..digits], out var delay)
            ? new RetryAfter(delay, (semicolon < 0 ? null : SipParameters.Read(rest[(semicolon + 1)..])) ?? SipParameters.Empty)
            : null;
        return value is not null;
    }

    // A comment, in which there may be others, may stand between the number and the parameters; it is of no use to a machine.
    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> comment)
    {
        var depth = 0;
        for (var i = 0; i < comment.Length; i++)
        {
            depth += comment[i] switch { (byte)'(' => 1, (byte)')' => -1, _ => 0 };
            if (depth == 0)
                return comment[i..];
            if (comment[i] == '\\')
                i++;
        }
        return default;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => Shapes.Seconds(Delay) + Parameters;
}
