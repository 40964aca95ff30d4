using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rx.Sip.Tests.Messages;

/// <summary>
/// The file of messages of our own with the defects of the torture messages. Each begins behind a line with what is expected: the case
/// it is like, the fitting answers (0: taken, -1: dropped), the answer's header, values. <c>\xHH</c> is an octet, <c>*</c> the right length.
/// </summary>
internal static partial class OwnTortureMessages
{
    private const string Heading = "= ";

    public static IReadOnlyDictionary<string, (JsonElement Expected, byte[] Octets)> All { get; } =
        Read().ToDictionary(message => message.Expected.GetProperty("like").GetString()!, message => message);

    private static IEnumerable<(JsonElement Expected, byte[] Octets)> Read()
    {
        var text = File.ReadAllText(Repository.Path("Rx.Sip.Tests", "Messages", "Torture", "own.txt")).ReplaceLineEndings("\r\n");
        foreach (var section in text.Split("\r\n" + Heading))
        {
            var end = section.IndexOf("\r\n", StringComparison.Ordinal);
            using var expected = JsonDocument.Parse(section[..end].TrimStart('=', ' '));
            yield return (expected.RootElement.Clone(), Octets(section[(end + 2)..] + "\r\n"));
        }
    }

    private static byte[] Octets(string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var body = Unescape(text[head..]);
        return [.. Unescape(LengthLine().Replace(text[..head], $": {body.Length}")), .. body];
    }

    private static byte[] Unescape(string text)
    {
        var octets = new List<byte>();
        var position = 0;
        foreach (Match match in Escape().Matches(text))
        {
            octets.AddRange(Encoding.UTF8.GetBytes(text[position..match.Index]));
            octets.Add(byte.Parse(match.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            position = match.Index + match.Length;
        }
        return [.. octets, .. Encoding.UTF8.GetBytes(text[position..])];
    }

    [GeneratedRegex(@"\\x[0-9A-F]{2}")]
    private static partial Regex Escape();

    [GeneratedRegex(@": \*(?=\r)")]
    private static partial Regex LengthLine();
}
