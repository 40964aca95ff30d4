using System.Buffers;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>Reads URIs, RFC 3261 §25.1 (SIP-URI, SIPS-URI, absoluteURI) and RFC 3966 (tel).</summary>
internal static class UriSyntax
{
    // unreserved, user-unreserved and escapes; the escapes' digits are checked apart.
    private static readonly SearchValues<byte> User =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()&=+$,;?/%#[]"u8);

    private static readonly SearchValues<byte> Scheme =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    public static SipUri? Read(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        if (colon <= 0 || text[..colon].ContainsAnyExcept(Scheme) || HasControls(text))
            return null;
        var scheme = text[..colon];
        var rest = text[(colon + 1)..];
        if (Grammar.Same(scheme, "sip"u8))
            return ReadSip("sip", rest);
        if (Grammar.Same(scheme, "sips"u8))
            return ReadSip("sips", rest);
        if (Grammar.Same(scheme, "tel"u8))
            return ReadTel(rest);
        return rest.IsEmpty || !char.IsAsciiLetter((char)scheme[0]) ? null
            : new SipUri(Grammar.Text(scheme).ToLowerInvariant(), null, null, "", null, SipParameters.Empty, Grammar.Text(rest));
    }

    private static SipUri? ReadSip(string scheme, ReadOnlySpan<byte> text)
    {
        string? user = null, password = null;
        // A user part may hold ';' and '?', so the '@' is looked for first.
        var at = text.IndexOf((byte)'@');
        if (at >= 0)
        {
            var userInfo = text[..at];
            var colon = userInfo.IndexOf((byte)':');
            var name = colon < 0 ? userInfo : userInfo[..colon];
            if (name.IsEmpty || name.ContainsAnyExcept(User) || !EscapesAreWhole(userInfo))
                return null;
            user = Grammar.Text(name);
            password = colon < 0 ? null : Grammar.Text(userInfo[(colon + 1)..]);
            text = text[(at + 1)..];
        }
        var question = text.IndexOf((byte)'?');
        var headers = question < 0 ? null : Grammar.Text(text[(question + 1)..]);
        if (question >= 0)
            text = text[..question];
        var semicolon = text.IndexOf((byte)';');
        var hostPort = semicolon < 0 ? text : text[..semicolon];
        var parameters = semicolon < 0 ? SipParameters.Empty : SipParameters.Read(text[(semicolon + 1)..]);
        return parameters is not null && TryHostPort(hostPort, out var host, out var port)
            ? new SipUri(scheme, user, password, host, port, parameters, headers)
            : null;
    }

    private static SipUri? ReadTel(ReadOnlySpan<byte> text)
    {
        var semicolon = text.IndexOf((byte)';');
        var number = semicolon < 0 ? text : text[..semicolon];
        var parameters = semicolon < 0 ? SipParameters.Empty : SipParameters.Read(text[(semicolon + 1)..]);
        return number.IsEmpty || parameters is null || number.ContainsAny(" \"<>@"u8) ? null
            : new SipUri("tel", Grammar.Text(number), null, "", null, parameters, null);
    }

    /// <summary>Reads <c>host[:port]</c>, IPv6 references included (RFC 5954).</summary>
    public static bool TryHostPort(ReadOnlySpan<byte> text, out string host, out int? port)
    {
        (host, port) = ("", null);
        var end = text is [(byte)'[', ..] ? text.IndexOf((byte)']') + 1 : text.IndexOf((byte)':');
        if (text is [(byte)'[', ..] && end <= 2)
            return false;
        var name = end < 0 ? text : text[..end];
        var rest = end < 0 ? default : Grammar.Trim(text[end..]);
        name = Grammar.Trim(name);
        if (name.IsEmpty || name.ContainsAnyExcept(Grammar.Host))
            return false;
        host = Grammar.Text(name);
        if (rest.IsEmpty)
            return true;
        if (rest[0] != ':' || !Grammar.TryNumber(Grammar.Trim(rest[1..]), 65535, out var number))
            return false;
        port = (int)number;
        return true;
    }

    private static bool HasControls(ReadOnlySpan<byte> text) =>
        text.ContainsAnyInRange((byte)0, (byte)' ') || text.ContainsAny((byte)'<', (byte)'>', (byte)'"');

    private static bool EscapesAreWhole(ReadOnlySpan<byte> text)
    {
        for (var i = text.IndexOf((byte)'%'); i >= 0; i = text.IndexOf((byte)'%'))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2]))
                return false;
            text = text[(i + 3)..];
        }
        return true;
    }

    /// <summary>Resolves %-escapes, for comparing and for showing.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var octets = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            if (octets[i] == '%' && i + 2 < octets.Length
                && char.IsAsciiHexDigit((char)octets[i + 1]) && char.IsAsciiHexDigit((char)octets[i + 2]))
            {
                octets[length++] = Convert.FromHexString([(char)octets[i + 1], (char)octets[i + 2]])[0];
                i += 2;
            }
            else
            {
                octets[length++] = octets[i];
            }
        }
        return Encoding.UTF8.GetString(octets, 0, length);
    }
}
