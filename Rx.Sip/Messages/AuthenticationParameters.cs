using System.Diagnostics.CodeAnalysis;
using System.Text;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Messages;

/// <summary>A challenge or credentials: a scheme and its parameters (RFC 3261 §25.1, RFC 7235 §2.1).</summary>
/// <param name="Scheme">The scheme as spelled, for example <c>Digest</c>.</param>
/// <param name="Parameters">Names and values in order; values are without quotes.</param>
public sealed record AuthenticationParameters(string Scheme, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    private static readonly string[] Bare = ["algorithm", "stale", "nc", "userhash", "version"];

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
    public static bool TryParse(string? text, [NotNullWhen(true)] out AuthenticationParameters? parameters) =>
        HeaderText.TryParse(text, TryRead, out parameters);

    /// <summary>Reads the value of an authentication header. Throws <see cref="FormatException"/> when it has no scheme.</summary>
    public static AuthenticationParameters Parse(string text) => HeaderText.Parse<AuthenticationParameters>(text, TryRead);

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
    internal static bool TryReadInformation(ReadOnlySpan<byte> text, [NotNullWhen(true)] out AuthenticationParameters? parameters)
    {
        text = Grammar.Trim(text);
        var (space, equals) = (text.IndexOf((byte)' '), text.IndexOf((byte)'='));
        parameters = space > 0 && space < equals && Grammar.IsToken(text[..space])
            ? new AuthenticationParameters(Grammar.Text(text[..space]), ReadList(text[space..]))
            : new AuthenticationParameters("", ReadList(text));
        return parameters.Parameters.Count > 0;
    }

    /// <summary>The value as on the wire.</summary>
    internal static string Write(AuthenticationParameters value)
    {
        var isCredentials = value.Get("response") is not null;
        var list = string.Join(", ", value.Parameters.Select(parameter => $"{parameter.Key}={Written(parameter, isCredentials)}"));
        return value.Scheme.Length == 0 ? list : $"{value.Scheme} {list}";
    }

    /// <summary>Equal when the scheme and all names and values are, in order.</summary>
    public bool Equals(AuthenticationParameters? other) =>
        other is not null && IsScheme(other.Scheme) && Parameters.SequenceEqual(other.Parameters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Scheme), Parameters.Count);

    /// <summary>Scheme and parameter names; values may be secrets or lead to them.</summary>
    public override string ToString() => $"{Scheme} {string.Join(", ", Parameters.Select(parameter => parameter.Key))}";

    // RFC 7616 §3.3 and §3.4 say of each parameter whether it has quotes; of qop it depends on where it stands.
    private static string Written(KeyValuePair<string, string> parameter, bool isCredentials) =>
        Grammar.IsToken(Encoding.UTF8.GetBytes(parameter.Value))
        && (Bare.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase) || (isCredentials && parameter.Key == "qop"))
            ? parameter.Value
            : Grammar.Quote(parameter.Value);

    private static List<KeyValuePair<string, string>> ReadList(ReadOnlySpan<byte> text)
    {
        var list = new List<KeyValuePair<string, string>>(8);
        while (Grammar.TryNext(ref text, out var part))
        {
            var equals = part.IndexOf((byte)'=');
            var name = equals < 0 ? default : Grammar.Trim(part[..equals]);
            if (Grammar.IsToken(name))
                list.Add(new(Grammar.Text(name), Grammar.Unquote(Grammar.Trim(part[(equals + 1)..]))));
        }
        return list;
    }
}
