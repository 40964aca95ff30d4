using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rx.Sip.Messages.Headers;

/// <summary>The shapes that header values without a type of their own come in: texts, tokens, numbers, times.</summary>
internal static class Shapes
{
    /// <summary>Any text, be it empty.</summary>
    public static bool TryText(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? value)
    {
        value = Grammar.Text(text);
        return true;
    }

    public static bool TryToken(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? value)
    {
        value = Grammar.IsToken(text) ? Grammar.Text(text) : null;
        return value is not null;
    }

    /// <summary>A Call-ID: anything without white space. Many write more into it than the grammar's words.</summary>
    public static bool TryCallId(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? value)
    {
        value = text.IsEmpty || text.ContainsAny((byte)' ', (byte)'\t') ? null : Grammar.Text(text);
        return value is not null;
    }

    /// <summary>A <c>Content-ID</c> without its angle brackets (RFC 8262 §6, RFC 2045 §7).</summary>
    public static bool TryContentId(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? value)
    {
        value = text is [(byte)'<', _, .., (byte)'>'] && !text[1..^1].ContainsAny(" \t<>\""u8) ? Grammar.Text(text[1..^1]) : null;
        return value is { Length: > 0 };
    }

    public static string ContentId(string value) => $"<{value}>";

    /// <summary>Digits, a dot, digits (RFC 3261 §20.24).</summary>
    public static bool TryMimeVersion(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? value)
    {
        var dot = text.IndexOf((byte)'.');
        value = dot > 0 && Grammar.IsDigits(text[..dot]) && Grammar.IsDigits(text[(dot + 1)..]) ? Grammar.Text(text) : null;
        return value is not null;
    }

    public static bool TryCount(ReadOnlySpan<byte> text, out int value)
    {
        var readable = Grammar.TryNumber(text, int.MaxValue, out var number);
        value = (int)number;
        return readable;
    }

    public static bool TryNumber(ReadOnlySpan<byte> text, out uint value) => Grammar.TryNumber(text, uint.MaxValue, out value);

    /// <summary>Delta seconds (RFC 3261 §25.1), at most 2^32 - 1; more is read as that much.</summary>
    public static bool TrySeconds(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        value = TimeSpan.FromSeconds(Grammar.TryNumber(text, uint.MaxValue, out var number) ? number : uint.MaxValue);
        return Grammar.IsDigits(text);
    }

    /// <summary>Whole seconds, fractions rounded up.</summary>
    public static string Seconds(TimeSpan value) => ((long)Whole(value).TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>The same time in whole seconds, which is all that a message can say.</summary>
    public static TimeSpan Whole(TimeSpan value) => TimeSpan.FromSeconds((long)Math.Ceiling(value.TotalSeconds));

    /// <summary>An RFC 1123 date in GMT (RFC 3261 §20.17).</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, out DateTimeOffset value) =>
        DateTimeOffset.TryParseExact(Grammar.Text(text), "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    public static string Date(DateTimeOffset value) => value.ToString("r", CultureInfo.InvariantCulture);
}
