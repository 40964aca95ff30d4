using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>The smallest parts of messages: tokens, numbers, text (RFC 3261 §25.1).</summary>
internal static class Words
{
    public const string Digits = "0123456789";
    public const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string TokenMarks = "-.!%*_+`'~";

    // One to four octets of UTF-8, a combining mark and letters written from right to left among them.
    private static readonly string[] Runes = ["a", "Z", "7", " ", "é", "ß", "Ω", "я", "א", "ع", "e\u0301", "中", "한", "€", "😀", "\U00010348", ",", ";", "<", ">", "@", "'"];

    private static readonly string[] Phrases = ["Need more boxes", "Bob", "J. Doe", "Zoë Müller", "会議室", "It's 5 o'clock; come, now!", "a=b", "?", "100% sure"];

    public static Gen<string> Token { get; } = Gen.Frequency(
        (6, Chars(Letters + Digits, 1, 10)),
        (2, Chars(Letters + Digits + TokenMarks, 1, 12)),
        (1, Gen.Elements("a", "0", "-", "~", "z9hG4bK", "A.b-C_d!e*f+g`h'i~j%k")));

    /// <summary>One line of text without white space at its ends; may be empty.</summary>
    public static Gen<string> Text { get; } = Gen.Frequency(
        (5, Gen.Elements(Phrases)),
        (3, Pick(Runes, 0, 24).Select(text => text.Trim())),
        (1, Gen.Constant("")),
        (1, Chars(Letters + " ", 40, 120).Select(text => text.Trim())));

    /// <summary>A quoted string, escapes included; some escape what needs none.</summary>
    public static Gen<string> Quoted { get; } =
        from text in Text
        from spare in Gen.Elements("", "", "", "\\\\", "\\\"", "\\a", "\\,", "\\<")
        select $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}{spare}\"";

    public static Gen<string> Hex { get; } = Chars("0123456789abcdef", 1, 32);

    /// <summary>A number of seconds or the like, its extremes among them.</summary>
    public static Gen<string> Number { get; } = Gen.Frequency(
        (6, Gen.Choose(0, 7200).Select(Plain)),
        (1, Gen.Elements("0", "1", "2147483647", "4294967295", "007")));

    public static Gen<string> Port { get; } = Gen.Frequency((3, Gen.Elements("5060", "5061")), (2, Gen.Choose(1, 65535).Select(Plain)));

    /// <summary>Letters of an alphabet, as many as said. One throw of the dice decides them all: a message has thousands.</summary>
    public static Gen<string> Chars(string alphabet, int least, int most) => Pick([.. alphabet.Select(letter => letter.ToString())], least, most);

    /// <summary>So many of them with that between them.</summary>
    public static Gen<string> Join(string separator, Gen<string> part, int least, int most) =>
        from count in Gen.Choose(least, most)
        from parts in part.ArrayOf(count)
        select string.Join(separator, parts);

    public static Gen<string> Maybe(int share, Gen<string> part) => Gen.Frequency((100 - share, Gen.Constant("")), (share, part));

    public static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Gen<string> Pick(string[] alphabet, int least, int most) =>
        from count in Gen.Choose(least, most)
        from seed in Gen.Choose(0, int.MaxValue)
        select Pick(alphabet, count, (ulong)seed);

    // Knuth's linear congruences for 64 bits; the upper half is good enough for spelling.
    private static string Pick(string[] alphabet, int count, ulong state)
    {
        var text = new StringBuilder(count);
        for (var left = count; left > 0; left--)
        {
            state = unchecked(state * 6364136223846793005 + 1442695040888963407);
            text.Append(alphabet[(int)((state >> 33) % (ulong)alphabet.Length)]);
        }
        return text.ToString();
    }
}
