using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>A challenge or credentials: a scheme and its parameters (RFC 3261 §25.1, RFC 7235 §2.1).</summary>
/// <param name="Scheme">The scheme as spelled, for example <c>Digest</c>.</param>
/// <param name="Parameters">Names and values in order; values are without quotes.</param>
public sealed record AuthenticationParameters(string Scheme, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>The realm.</summary>
    public string? Realm => Get("realm");

    /// <summary>The value of a parameter, names compared without case; null when it is missing.</summary>
    public string? Get(string name)
    {
        foreach (var (key, value) in Parameters)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                return value;
        return null;
    }

    /// <summary>Whether the scheme is that one, compared without case.</summary>
    public bool IsScheme(string scheme) => string.Equals(Scheme, scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the value of an authentication header; false when it has no scheme.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AuthenticationParameters? parameters)
    {
        parameters = null;
        return text is not null && TryRead(Encoding.UTF8.GetBytes(text), out parameters);
    }

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out AuthenticationParameters? parameters)
    {
        parameters = null;
        text = Grammar.Trim(text);
        var space = text.IndexOfAny((byte)' ', (byte)'\t');
        var scheme = space < 0 ? text : text[..space];
        if (!Grammar.IsToken(scheme))
            return false;
        parameters = new AuthenticationParameters(Grammar.Text(scheme), ReadList(space < 0 ? default : text[space..]));
        return true;
    }

    /// <summary>Authentication-Info has no scheme in the RFCs and one in Office Communications Server's dialect.</summary>
    internal static AuthenticationParameters? ReadInformation(MessageFrame frame, HeaderId id)
    {
        if (!frame.TryFind(id, out var text))
            return null;
        text = Grammar.Trim(text);
        var (space, equals) = (text.IndexOf((byte)' '), text.IndexOf((byte)'='));
        return space > 0 && space < equals && Grammar.IsToken(text[..space])
            ? new AuthenticationParameters(Grammar.Text(text[..space]), ReadList(text[space..]))
            : new AuthenticationParameters("", ReadList(text));
    }

    /// <summary>Scheme and parameter names; values may be secrets or lead to them.</summary>
    public override string ToString() => $"{Scheme} {string.Join(", ", Parameters.Select(parameter => parameter.Key))}";

    private static List<KeyValuePair<string, string>> ReadList(ReadOnlySpan<byte> text)
    {
        var list = new List<KeyValuePair<string, string>>(8);
        while (Grammar.TryNext(ref text, out var part))
        {
            var equals = part.IndexOf((byte)'=');
            if (equals > 0)
                list.Add(new(Grammar.Text(Grammar.Trim(part[..equals])), Grammar.Unquote(Grammar.Trim(part[(equals + 1)..]))));
        }
        return list;
    }
}
