using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Rx.Sip.Messages.Headers;

/// <summary>Between the text of a header value and the value: what every typed header needs, once.</summary>
internal static class HeaderText
{
    public static HeaderReader<T> Reader<T>(HeaderParser<T> parse)
    {
        ArgumentNullException.ThrowIfNull(parse);
        return (ReadOnlySpan<byte> text, [NotNullWhen(true)] out T? value) => parse(Grammar.Text(text), out value);
    }

    public static bool TryParse<T>(string? text, HeaderReader<T> read, [NotNullWhen(true)] out T? value)
    {
        value = default;
        return text is not null && Grammar.IsOneLine(text) && read(Grammar.Trim(Encoding.UTF8.GetBytes(text)), out value);
    }

    public static T Parse<T>(string text, HeaderReader<T> read)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, read, out var value) ? value : throw new FormatException($"'{text}' is not a {typeof(T).Name}.");
    }

    /// <summary>Splits <c>value;name=value;flag…</c> (RFC 3261 §7.3.1); false when the parameters can't be read.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> value, [NotNullWhen(true)] out SipParameters? parameters)
    {
        var semicolon = Grammar.IndexOutside(text, (byte)';');
        value = Grammar.Trim(semicolon < 0 ? text : text[..semicolon]);
        parameters = semicolon < 0 ? SipParameters.Empty : SipParameters.Read(text[(semicolon + 1)..]);
        return parameters is not null;
    }

    /// <summary>Splits a token off its parameters; false when either can't be read.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? token, [NotNullWhen(true)] out SipParameters? parameters)
    {
        token = TrySplit(text, out ReadOnlySpan<byte> value, out parameters) && Grammar.IsToken(value) ? Grammar.Text(value) : null;
        return token is not null && parameters is not null;
    }

    /// <summary>Splits a Call-ID off its parameters. Quotes and brackets are letters like others in it (RFC 3261 §25.1, word).</summary>
    public static bool TrySplitCallId(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? callId, [NotNullWhen(true)] out SipParameters? parameters)
    {
        var semicolon = text.IndexOf((byte)';');
        parameters = semicolon < 0 ? SipParameters.Empty : SipParameters.Read(text[(semicolon + 1)..]);
        return Shapes.TryCallId(Grammar.Trim(semicolon < 0 ? text : text[..semicolon]), out callId) && parameters is not null;
    }

    /// <summary>
    /// Writes a value, and makes sure that it is read back. Values that hold several texts are compared as values, or one text could
    /// smuggle in another; texts, numbers and times are compared as written, since white space and fractions may go.
    /// </summary>
    public static string Write<T>(HeaderField field, T value, HeaderReader<T> read, Func<T, string>? write)
    {
        var text = Grammar.RequireOneLine(Text(value, write), field.Name);
        var isSame = read(Encoding.UTF8.GetBytes(text), out var same)
            && (value is IEquatable<T> equatable and not string and not ValueType ? equatable.Equals(same) : Text(same, write) == text);
        return isSame ? text : throw new ArgumentException($"'{text}' would not be read as that value of {field.Name}.", nameof(value));
    }

    private static string Text<T>(T value, Func<T, string>? write) =>
        (write is not null ? write(value) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").Trim(' ', '\t');
}
