namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Takes the values of headers apart where their structure allows.</summary>
internal static class Structure
{
    /// <summary>The first comma or semicolon outside quotes and brackets at or behind <paramref name="from"/>; -1 when there is none.</summary>
    public static int IndexOfSeparator(string value, int from) => IndexOfAny(value, ",;", from);

    /// <summary>The bracket that opens the URI of an address; -1 when there is none.</summary>
    public static int IndexOfBracket(string value) => IndexOfAny(value, "<", 0);

    /// <summary>The elements of a comma list.</summary>
    public static IReadOnlyList<string> Elements(string value) => Split(value, ",");

    /// <summary>What stands in front of the first semicolon, and the parameters behind it.</summary>
    public static IReadOnlyList<string> Parameters(string value) => Split(value, ";");

    private static List<string> Split(string value, string separator)
    {
        var parts = new List<string>();
        var start = 0;
        for (var at = IndexOfAny(value, separator, 0); at >= 0; at = IndexOfAny(value, separator, start))
        {
            parts.Add(value[start..at].Trim(' ', '\t'));
            start = at + 1;
        }
        parts.Add(value[start..].Trim(' ', '\t'));
        return parts;
    }

    private static int IndexOfAny(string value, string separators, int from)
    {
        var (quoted, bracketed) = (false, false);
        for (var i = 0; i < value.Length; i++)
        {
            var letter = value[i];
            if (quoted && letter == '\\')
                i++;
            else if (letter == '"' && !bracketed)
                quoted = !quoted;
            else if (i >= from && !quoted && !bracketed && separators.Contains(letter, StringComparison.Ordinal))
                return i;
            else if (!quoted && letter is '<' or '>')
                bracketed = letter == '<';
        }
        return -1;
    }
}
