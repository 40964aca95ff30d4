using System.Text;

namespace Rx.Sip.Messages;

/// <summary>Makes URIs of text, and resolves their escapes.</summary>
internal static class UriSyntax
{
    public static SipUri? Read(ReadOnlySpan<byte> text)
    {
        if (!UriParts.TryRead(text, out var parts) || SipParameters.Read(parts.Parameters) is not { } parameters)
            return null;
        var port = parts.HostPort.Port;
        return new SipUri(
            SchemeOf(parts),
            parts.HasUser ? Grammar.Text(parts.User) : null,
            parts.HasPassword ? Grammar.Text(parts.Password) : null,
            Grammar.Text(parts.HostPort.Host),
            parts.IsSip && port >= 0 ? port : null,
            parameters,
            parts.HasHeaders ? Grammar.Text(parts.Headers) : null);
    }

    /// <summary>Reads <c>host[:port]</c>, IPv6 references included (RFC 5954).</summary>
    public static bool TryHostPort(ReadOnlySpan<byte> text, out string host, out int? port)
    {
        var readable = HostPort.TryRead(text, out var parts);
        (host, port) = readable ? (Grammar.Text(parts.Host), parts.Port < 0 ? null : parts.Port) : ("", default(int?));
        return readable;
    }

    /// <summary>Resolves %-escapes, for showing. Two different texts may come out the same: compare with <see cref="UriEquality"/>.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var octets = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            if (TryEscape(octets.AsSpan(i), out var octet))
            {
                octets[length++] = octet;
                i += 2;
            }
            else
            {
                octets[length++] = octets[i];
            }
        }
        return Encoding.UTF8.GetString(octets, 0, length);
    }

    /// <summary>Whether the text begins with a %-escape, and of which octet.</summary>
    public static bool TryEscape(ReadOnlySpan<byte> text, out byte octet)
    {
        octet = 0;
        if (text.Length < 3 || text[0] != '%' || !char.IsAsciiHexDigit((char)text[1]) || !char.IsAsciiHexDigit((char)text[2]))
            return false;
        octet = (byte)(Convert.FromHexString([(char)text[1], (char)text[2]])[0]);
        return true;
    }

    private static string SchemeOf(UriParts parts) =>
        parts.IsTel ? "tel"
        : !parts.IsSip ? Grammar.Text(parts.Scheme).ToLowerInvariant()
        : parts.Scheme.Length == 3 ? "sip" : "sips";
}
