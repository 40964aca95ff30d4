using System.Buffers;
using System.Text;

namespace Rx.Sip.Testing.Generators.Mutations;

/// <summary>Spoils numbers, tokens, line ends, lists and what is nested.</summary>
internal static class TextMutations
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-."u8);

    private static readonly byte[][] Numbers = Of("0", "-1", "+1", "1", "00", "007", "2147483647", "2147483648", "4294967295", "4294967296", "18446744073709551616", "99999999999999999999999999", "1e9", "0x10", "65536", "");

    private static readonly byte[][] Tokens = Of(
        "SIP/2.0", "sip:", "sips:", "tel:", "Via", "v", "From", "To", "Call-ID", "CSeq", "Contact", "Content-Length", "l", "Content-Type", "Route", "Record-Route",
        "INVITE", "ACK", "CANCEL", "MESSAGE", "REGISTER", "branch=z9hG4bK", ";tag=", ";lr", ";received=", ";rport", ";expires=", ";q=", "%00", "%", "%C3%A9", "[::1]", "[", "]:",
        "multipart/mixed;boundary=\"", "--", "Digest ", "realm=\"", "*", "\"\\\"", "\"", "<", ">", "\u00e9", "\ud83d\ude00", "v=0", "m=audio 0 RTP/AVP 0", "\r\n\r\n", "\r\n ", "application/sdp");

    private static readonly byte[][] LineEnds = Of("\n", "\r", "\r\n\r\n", "\n\r", "", " \r\n", "\r\n \r\n", "\0", "\u2028");

    private static readonly byte[][] Folds = Of("\r\n ", "\r\n\t", "\n ", "\r\n\r\n ", "\r\n  \t ");

    private static readonly byte[][] Brackets = Of("<", "\"", "(", "\\", "[", "%", "\\\"", "<\"", "\r\n ", ";", ",", "=", "@", ":", "--\r\n", "sip:");

    public static void ChangeNumber(MutationRoom room, Random random, ReadOnlySpan<byte> other) => Change(room, random, Digits, Numbers);

    public static void SwapToken(MutationRoom room, Random random, ReadOnlySpan<byte> other) => Change(room, random, Letters, Tokens);

    /// <summary>Two words change places.</summary>
    public static void SwapTokens(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var (first, second) = (Run(room.Span, random, Letters), Run(room.Span, random, Letters));
        if (first.Start > second.Start)
            (first, second) = (second, first);
        if (first.Start + first.Length > second.Start)
            return;
        var (left, right) = (room.Span.Slice(first.Start, first.Length).ToArray(), room.Span.Slice(second.Start, second.Length).ToArray());
        room.Replace(second.Start, second.Length, left);
        room.Replace(first.Start, first.Length, right);
    }

    /// <summary>One line end, or all of them, become something else.</summary>
    public static void ChangeLineEnds(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var (by, all) = (Any(LineEnds, random), random.Next(6) == 0);
        var at = all ? 0 : random.Next(room.Length + 1);
        for (var changed = 0; changed < 200 && room.Span[at..].IndexOf("\r\n"u8) is >= 0 and var found; changed++)
        {
            room.Replace(at + found, 2, by);
            at = Math.Min(room.Length, at + found + by.Length);
            if (!all)
                return;
        }
    }

    public static void Fold(MutationRoom room, Random random, ReadOnlySpan<byte> other) => room.Replace(random.Next(room.Length + 1), 0, Any(Folds, random));

    /// <summary>An element of a list comes again and again.</summary>
    public static void GrowList(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var start = random.Next(room.Length + 1);
        var found = room.Span[start..].IndexOfAny((byte)',', (byte)';', (byte)'&');
        if (found < 0)
            return;
        start += found;
        var end = room.Span[(start + 1)..].IndexOfAny((byte)',', (byte)';', (byte)'\r');
        if (end > 0)
            room.Repeat(start, end + 1, random.Next(30) == 0 ? random.Next(4000) : random.Next(1, 12));
    }

    /// <summary>Something is opened many times.</summary>
    public static void Nest(MutationRoom room, Random random, ReadOnlySpan<byte> other)
    {
        var (start, opening) = (random.Next(room.Length + 1), Any(Brackets, random));
        room.Replace(start, 0, opening);
        room.Repeat(start, Math.Min(opening.Length, room.Length - start), random.Next(30) == 0 ? random.Next(5000) : random.Next(1, 30));
    }

    private static void Change(MutationRoom room, Random random, SearchValues<byte> kind, byte[][] others)
    {
        var (start, length) = Run(room.Span, random, kind);
        room.Replace(start, length, Any(others, random));
    }

    // The first run of such octets behind some place.
    private static (int Start, int Length) Run(ReadOnlySpan<byte> octets, Random random, SearchValues<byte> kind)
    {
        var start = random.Next(octets.Length + 1);
        var found = octets[start..].IndexOfAny(kind);
        if (found < 0)
            return (octets.Length, 0);
        start += found;
        var length = octets[start..].IndexOfAnyExcept(kind);
        return (start, length < 0 ? octets.Length - start : length);
    }

    private static byte[] Any(byte[][] choices, Random random) => choices[random.Next(choices.Length)];

    private static byte[][] Of(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
