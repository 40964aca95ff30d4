using System.Text;

namespace Rx.Sip.Messages.Bodies;

/// <summary>Text that is written into a line of a body must come out the same at the other end, and must not begin a line of its own.</summary>
internal static class BodyText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text itself. Throws <see cref="ArgumentException"/> when it is not one line, or holds half a surrogate pair.</summary>
    public static string OneLine(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        if (!IsOneLine(text))
            throw new ArgumentException("The text has to be one line: it must not hold CR, LF, NUL or half a surrogate pair.", name);
        return text;
    }

    /// <summary>As <see cref="OneLine"/>, and without white space around it, which readers take off.</summary>
    public static string Trimmed(string text, string name) =>
        OneLine(text, name).Trim(' ', '\t').Length == text.Length ? text : throw new ArgumentException("White space around the text would be lost.", name);

    public static bool IsOneLine(string text)
    {
        if (text.AsSpan().ContainsAny('\r', '\n', '\0'))
            return false;
        try
        {
            return Strict.GetByteCount(text) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
