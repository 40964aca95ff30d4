using System.Buffers;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>The character classes of RFC 3261 §25.1 and the few operations on octets that every parser here needs.</summary>
internal static class Grammar
{
    private const string Alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary><c>token</c>: names of methods, headers and parameters.</summary>
    public static readonly SearchValues<byte> Token = SearchValues.Create(Encoding.ASCII.GetBytes(Alphanumeric + "-.!%*_+`'~"));

    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\r\n\0\"<>,;");

    private static readonly SearchValues<char> BracketEnders = SearchValues.Create(" \t\r\n\0\"<>");

    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);

    public static bool IsWhite(byte octet) => octet is (byte)' ' or (byte)'\t';

    /// <summary>Removes linear white space from both ends; values are unfolded before they get here.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsWhite(text[start]))
            start++;
        while (end > start && IsWhite(text[end - 1]))
            end--;
        return text[start..end];
    }

    public static bool Same(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => Ascii.EqualsIgnoreCase(left, right);

    public static string Text(ReadOnlySpan<byte> octets) => Encoding.UTF8.GetString(octets);

    public static bool IsDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>Reads digits alone, at most <paramref name="max"/>; anything else is no number.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, uint max, out uint number)
    {
        number = 0;
        if (text.IsEmpty)
            return false;
        ulong value = 0;
        foreach (var octet in text)
        {
            if (octet is < (byte)'0' or > (byte)'9')
                return false;
            value = value * 10 + (uint)(octet - '0');
            if (value > max)
                return false;
        }
        number = (uint)value;
        return true;
    }

    /// <summary>
    /// Finds an octet outside quoted strings and angle brackets: the separator of comma lists and parameters.
    /// Returns -1 when there is none; what is opened and never closed goes on to the end.
    /// </summary>
    public static int IndexOutside(ReadOnlySpan<byte> text, byte separator)
    {
        var position = 0;
        while (text[position..].IndexOfAny(separator, (byte)'"', (byte)'<') is >= 0 and var found)
        {
            position += found;
            if (text[position] == separator)
                return position;
            position = text[position] == '"' ? EndOfQuoted(text, position) : EndOfBracketed(text, position);
            if (position < 0)
                return -1;
        }
        return -1;
    }

    /// <summary>Where what follows the quoted string begins; -1 when the string has no end.</summary>
    public static int EndOfQuoted(ReadOnlySpan<byte> text, int start)
    {
        var position = start + 1;
        while (position < text.Length && text[position..].IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var found)
        {
            position += found;
            if (text[position] == '"')
                return position + 1;
            position += 2;
        }
        return -1;
    }

    private static int EndOfBracketed(ReadOnlySpan<byte> text, int start) =>
        text[start..].IndexOf((byte)'>') is >= 0 and var end ? start + end + 1 : -1;

    /// <summary>Takes the next element off a comma-separated list; false when the list is used up.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> list, out ReadOnlySpan<byte> element)
    {
        element = default;
        while (!list.IsEmpty)
        {
            var comma = IndexOutside(list, (byte)',');
            element = Trim(comma < 0 ? list : list[..comma]);
            list = comma < 0 ? default : list[(comma + 1)..];
            if (!element.IsEmpty)
                return true;
        }
        return false;
    }

    /// <summary>Replaces each fold (line end followed by white space) by one space, RFC 3261 §7.3.1.</summary>
    public static byte[] Unfold(ReadOnlySpan<byte> text)
    {
        var result = new byte[text.Length];
        return result[..Unfold(text, result)];
    }

    /// <summary>The same into room at least as long; returns the length.</summary>
    public static int Unfold(ReadOnlySpan<byte> text, Span<byte> result)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ((byte)'\r' or (byte)'\n'))
            {
                result[length++] = text[i];
                continue;
            }
            while (i + 1 < text.Length && (text[i + 1] is (byte)'\r' or (byte)'\n' || IsWhite(text[i + 1])))
                i++;
            while (length > 0 && IsWhite(result[length - 1]))
                length--;
            result[length++] = (byte)' ';
        }
        return length;
    }

    /// <summary>Takes quotes and escapes off a quoted string; other text comes back as it is.</summary>
    public static string Unquote(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"')
            return Text(text);
        text = text[1..^1];
        if (!text.Contains((byte)'\\'))
            return Text(text);
        var (plain, length) = (new byte[text.Length], 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            plain[length++] = text[i];
        }
        return Text(plain.AsSpan(0, length));
    }

    /// <summary>Puts text between quotes, escaping what must be (RFC 3261 §25.1: NUL too can only be a quoted-pair).</summary>
    public static string Quote(string text) =>
        text.AsSpan().ContainsAny('\\', '"', '\0')
            ? "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\0", "\\\0", StringComparison.Ordinal) + "\""
            : $"\"{text}\"";

    /// <summary>Text that becomes part of a header must not end it: a line end would let the caller's data write headers of its own.</summary>
    public static string RequireOneLine(string text, string name) =>
        IsOneLine(text) ? text : throw new ArgumentException("A header value can't contain a line end, nor a NUL but as a quoted-pair.", name);

    /// <summary>Whether the text holds no line end, and no NUL but as a quoted-pair.</summary>
    public static bool IsOneLine(string text) => !text.AsSpan().ContainsAny('\r', '\n', '\0') || IsOneLine(Encoding.UTF8.GetBytes(text));

    /// <summary>The same of octets: a lone CR or LF that came within a line is no part of a value either.</summary>
    public static bool IsOneLine(ReadOnlySpan<byte> text)
    {
        for (; text.IndexOfAny((byte)'\r', (byte)'\n', (byte)'\0') is >= 0 and var found; text = text[(found + 1)..])
            if (text[found] != '\0' || found == 0 || text[found - 1] != '\\')
                return false;
        return true;
    }

    /// <summary>
    /// Whether the text holds nothing that would end a parameter or its header: a quoted string, something in angle brackets,
    /// or none of what separates.
    /// </summary>
    public static bool IsParameterText(string text) => text switch
    {
        ['"', ..] => !text.AsSpan().ContainsAny("\r\n\0") && EndOfQuoted(Encoding.UTF8.GetBytes(text), 0) == Encoding.UTF8.GetByteCount(text),
        ['<', .. var inner, '>'] => !inner.AsSpan().ContainsAny(BracketEnders),
        _ => !text.AsSpan().ContainsAny(Separators),
    };
}
