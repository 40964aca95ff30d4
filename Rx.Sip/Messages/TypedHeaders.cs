using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rx.Sip.Messages;

/// <summary>Reads the shapes that header values come in: texts, numbers, tokens, addresses, lists. One way for each shape.</summary>
internal static class TypedHeaders
{
    public delegate bool Reader<T>(ReadOnlySpan<byte> text, [NotNullWhen(true)] out T? value) where T : class;

    public static string? Text(MessageFrame frame, HeaderId id) =>
        frame.Keep(id, static (from, header) => from.TryFind(header, out var value) ? Grammar.Text(value) : null);

    public static int? Number(MessageFrame frame, HeaderId id) =>
        frame.TryFind(id, out var value) && Grammar.TryNumber(value, int.MaxValue, out var number) ? (int)number : null;

    /// <summary>Delta seconds (RFC 3261 §25.1), at most 2^32 - 1; more is read as that much.</summary>
    public static TimeSpan? Seconds(MessageFrame frame, HeaderId id)
    {
        if (!frame.TryFind(id, out var value))
            return null;
        return TrySeconds(value, out var seconds) ? seconds : null;
    }

    public static bool TrySeconds(ReadOnlySpan<byte> text, out TimeSpan seconds)
    {
        seconds = TimeSpan.FromSeconds(Grammar.TryNumber(text, uint.MaxValue, out var number) ? number : uint.MaxValue);
        return Grammar.IsDigits(text);
    }

    public static NameAddress? Address(MessageFrame frame, HeaderId id) =>
        frame.Keep(id, static (from, header) =>
            from.TryFind(header, out var value) && NameAddress.TryRead(value, out var address) ? address : null);

    public static DateTimeOffset? Date(MessageFrame frame, HeaderId id) =>
        Text(frame, id) is { } text
        && DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public static IReadOnlyList<string> Tokens(MessageFrame frame, HeaderId id) =>
        List<string>(frame, id, ReadToken);

    /// <summary>The values of all fields of that kind, comma lists and separate lines alike; what can't be read is left out.</summary>
    public static IReadOnlyList<T> List<T>(MessageFrame frame, HeaderId id, Reader<T> read) where T : class =>
        frame.Keep<IReadOnlyList<T>, Reader<T>>(id, read, static (from, header, reader) =>
        {
            var values = new List<T>(1);
            for (var i = from.IndexOf(header); i >= 0; i = from.IndexOf(header, i + 1))
            {
                var list = from.ValueOf(from.Slots[i]);
                while (Grammar.TryNext(ref list, out var element))
                    if (reader(element, out var value))
                        values.Add(value);
            }
            return values;
        }) ?? [];

    /// <summary>Challenges and credentials: their parameters are separated by commas too, so each field is one value.</summary>
    public static IReadOnlyList<AuthenticationParameters> Schemes(MessageFrame frame, HeaderId id) =>
        frame.Keep<IReadOnlyList<AuthenticationParameters>>(id, static (from, header) =>
        {
            var values = new List<AuthenticationParameters>(1);
            for (var i = from.IndexOf(header); i >= 0; i = from.IndexOf(header, i + 1))
                if (AuthenticationParameters.TryRead(from.ValueOf(from.Slots[i]), out var value))
                    values.Add(value);
            return values;
        }) ?? [];

    private static bool ReadToken(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? token)
    {
        token = Grammar.Text(text);
        return true;
    }
}
