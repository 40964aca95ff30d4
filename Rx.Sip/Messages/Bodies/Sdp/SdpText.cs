using System.Globalization;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>The few shapes that values in session descriptions come in (RFC 8866 §9).</summary>
internal static class SdpText
{
    /// <summary>The fields between spaces; several spaces count as one, as peers write them.</summary>
    public static string[]? Fields(string? text) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    public static bool IsToken(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
            if (letter is <= ' ' or >= '\u007F' or '"' or '(' or ')' or ',' or '/' or ':' or ';' or '<' or '=' or '>' or '?' or '@' or '[' or '\\' or ']')
                return false;
        return !text.IsEmpty;
    }

    public static bool TryNumber(ReadOnlySpan<char> text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    public static bool TryPort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue;

    public static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    public static string NameOf(SdpDirection direction) => direction switch
    {
        SdpDirection.SendOnly => "sendonly",
        SdpDirection.ReceiveOnly => "recvonly",
        SdpDirection.SendReceive => "sendrecv",
        _ => "inactive",
    };

    public static SdpDirection? DirectionOf(string name) => name switch
    {
        "sendonly" => SdpDirection.SendOnly,
        "recvonly" => SdpDirection.ReceiveOnly,
        "sendrecv" => SdpDirection.SendReceive,
        "inactive" => SdpDirection.Inactive,
        _ => null,
    };

    /// <summary>The value as it is written. Throws <see cref="ArgumentException"/> when that would read back as something else.</summary>
    public static string Checked<T>(T value, Func<string, T> parse)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = BodyText.OneLine(value.ToString()!, nameof(value));
        try
        {
            if (parse(text).Equals(value))
                return text;
        }
        catch (FormatException)
        {
            // Said below, with the value.
        }
        throw new ArgumentException($"'{text}' would read back as something else.", nameof(value));
    }

    public static FormatException NotA(string what, string text) => new($"'{text}' is not the {what} of a session description.");
}
