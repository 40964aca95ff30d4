using System.Globalization;

namespace Rx.Sip.Messages.Headers;

/// <summary>Timestamp: when a request was sent, by its sender's own reckoning (RFC 3261 §20.38). Digits are kept as they came.</summary>
/// <param name="Time">Seconds since a moment that the sender knows.</param>
/// <param name="Delay">Seconds between the request's arrival and its response; null in requests.</param>
public readonly record struct SipTimestamp(decimal Time, decimal? Delay)
{
    // As many digits as a decimal holds without rounding.
    private const int MaxDigits = 28;

    /// <summary>Reads a Timestamp value; false when the text is none.</summary>
    public static bool TryParse(string? text, out SipTimestamp value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a Timestamp value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static SipTimestamp Parse(string text) => HeaderText.Parse<SipTimestamp>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, out SipTimestamp value)
    {
        value = default;
        var space = text.IndexOfAny((byte)' ', (byte)'\t');
        if (!TryNumber(space < 0 ? text : text[..space], out var time))
            return false;
        if (space < 0)
            value = new SipTimestamp(time, null);
        else if (TryNumber(Grammar.Trim(text[space..]), out var delay))
            value = new SipTimestamp(time, delay);
        else
            return false;
        return true;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() =>
        Delay is { } delay ? string.Create(CultureInfo.InvariantCulture, $"{Time} {delay}") : Time.ToString(CultureInfo.InvariantCulture);

    // A delay may begin with its dot.
    private static bool TryNumber(ReadOnlySpan<byte> text, out decimal number)
    {
        number = 0;
        return text.Length <= MaxDigits && text.ContainsAnyInRange((byte)'0', (byte)'9')
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
