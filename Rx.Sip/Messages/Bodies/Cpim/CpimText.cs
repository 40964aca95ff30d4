using System.Globalization;
using System.Text;

namespace Rx.Sip.Messages.Bodies.Cpim;

/// <summary>The escapes of CPIM headers (RFC 3862 §2.3).</summary>
internal static class CpimText
{
    private const string Separators = "()<>@,;:\\\"/[]?={} ";

    public static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
            if (letter is <= ' ' or >= '\u007F' || (letter != '.' && Separators.Contains(letter, StringComparison.Ordinal)))
                return false;
        return !text.IsEmpty;
    }

    /// <summary>Escapes backslashes and control characters; with <paramref name="isQuoted"/> quotes as well.</summary>
    public static string Escape(string text, bool isQuoted)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
            _ = letter switch
            {
                '\\' => escaped.Append(@"\\"),
                '"' when isQuoted => escaped.Append("\\\""),
                '\b' => escaped.Append(@"\b"),
                '\t' => escaped.Append(@"\t"),
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                < ' ' or '\u007F' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => escaped.Append(letter),
            };
        return escaped.ToString();
    }

    /// <summary>Takes escapes off: an unknown one stands for the letter behind the backslash, a last backslash for nothing.</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
                plain.Append(text[i]);
            else if (++i < text.Length)
                i += AppendEscaped(plain, text[i..]);
        }
        return plain.ToString();
    }

    // How many letters more than the first the escape has.
    private static int AppendEscaped(StringBuilder plain, ReadOnlySpan<char> escape)
    {
        if (escape is ['u', _, _, _, _, ..] && ushort.TryParse(escape.Slice(1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            plain.Append((char)code);
            return 4;
        }
        plain.Append(escape[0] switch { 'b' => '\b', 't' => '\t', 'n' => '\n', 'r' => '\r', var other => other });
        return 0;
    }
}
