using System.Text;
using System.Text.RegularExpressions;

namespace Rx.Sip.Diagnostics;

/// <summary>
/// Octets of the wire as text for a log: without credentials and passwords, and without control characters that would
/// let a peer forge lines of the log.
/// </summary>
internal static partial class WireText
{
    private const int MaxOctets = 64 * 1024;
    private const string Hidden = "***";

    private static readonly string[] Secret = ["Authorization", "Proxy-Authorization"];

    public static string Of(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length + 16);
        var (hiding, inBody) = (false, false);
        foreach (var range in Lines(octets[..Math.Min(octets.Length, MaxOctets)]))
        {
            var line = Encoding.UTF8.GetString(octets[range]);
            inBody |= line.Length == 0;
            // A folded line belongs to the header above it.
            hiding = !inBody && (line[0] is ' ' or '\t' ? hiding : IsSecret(line));
            text.Append(text.Length == 0 ? "" : "\n").Append(hiding ? Hide(line) : Plain(inBody ? line : Password().Replace(line, Hidden)));
        }
        if (octets.Length > MaxOctets)
            text.Append($"\n({octets.Length - MaxOctets} octets more)");
        return text.ToString();
    }

    private static List<Range> Lines(ReadOnlySpan<byte> octets)
    {
        var lines = new List<Range>();
        var start = 0;
        while (octets[start..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            var end = start + length;
            lines.Add(start..(end > start && octets[end - 1] == '\r' ? end - 1 : end));
            start = end + 1;
        }
        if (start < octets.Length)
            lines.Add(start..octets.Length);
        return lines;
    }

    private static bool IsSecret(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Secret.Contains(line[..colon].Trim(), StringComparer.OrdinalIgnoreCase);
    }

    // The scheme may be seen, what follows it may not.
    private static string Hide(string line)
    {
        var colon = line[0] is ' ' or '\t' ? -1 : line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return $" {Hidden}";
        var scheme = line[(colon + 1)..].TrimStart().Split(' ', 2)[0];
        return Plain($"{line[..colon]}: {(scheme.Contains('=', StringComparison.Ordinal) ? "" : $"{scheme} ")}{Hidden}");
    }

    // sip:alice:secret@example.test (RFC 3261 §19.1.1 advises against it, which does not keep it from being sent). The bounds keep
    // the search linear on hostile text.
    [GeneratedRegex("""(?<=sips?:[^\s@>,":;]{1,128}:)[^\s@>,"]{1,128}(?=@)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Password();

    private static string Plain(string line)
    {
        foreach (var letter in line)
            if (IsUnwelcome(letter))
                return string.Concat(line.Select(one => IsUnwelcome(one) ? $"\\x{(int)one:x2}" : one.ToString()));
        return line;
    }

    private static bool IsUnwelcome(char letter) => char.IsControl(letter) && letter != '\t';
}
