using System.Buffers;

namespace Rx.Sip.Messages;

/// <summary>The parts of a URI as slices: RFC 3261 §25.1 (SIP-URI, SIPS-URI, absoluteURI) and RFC 3966 (tel).</summary>
internal readonly ref struct UriParts
{
    // unreserved, user-unreserved and escapes; the escapes' digits are checked apart.
    private static readonly SearchValues<byte> UserOctets =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()&=+$,;?/%#[]"u8);

    private static readonly SearchValues<byte> SchemeOctets =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    public ReadOnlySpan<byte> Scheme { get; private init; }

    public bool IsSip { get; private init; }

    public bool IsTel { get; private init; }

    /// <summary>The user part as written; of a <c>tel</c> URI the number.</summary>
    public ReadOnlySpan<byte> User { get; private init; }

    public bool HasUser { get; private init; }

    public ReadOnlySpan<byte> Password { get; private init; }

    public bool HasPassword { get; private init; }

    public HostPort HostPort { get; private init; }

    /// <summary>What stands behind the first semicolon.</summary>
    public ReadOnlySpan<byte> Parameters { get; private init; }

    /// <summary>What stands behind <c>?</c>; of a scheme unknown here everything behind the colon.</summary>
    public ReadOnlySpan<byte> Headers { get; private init; }

    public bool HasHeaders { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> text, out UriParts parts)
    {
        parts = default;
        var colon = text.IndexOf((byte)':');
        if (colon <= 0 || text[..colon].ContainsAnyExcept(SchemeOctets) || HasForbidden(text))
            return false;
        var scheme = text[..colon];
        var rest = text[(colon + 1)..];
        if (Grammar.Same(scheme, "sip"u8) || Grammar.Same(scheme, "sips"u8))
            return TryReadSip(scheme, rest, out parts);
        if (Grammar.Same(scheme, "tel"u8))
            return TryReadTel(scheme, rest, out parts);
        parts = new UriParts { Scheme = scheme, Headers = rest, HasHeaders = true };
        return !rest.IsEmpty && char.IsAsciiLetter((char)scheme[0]);
    }

    private static bool TryReadSip(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> text, out UriParts parts)
    {
        parts = default;
        // A user part may hold ';' and '?', so the '@' is looked for first.
        var at = text.IndexOf((byte)'@');
        var userInfo = at < 0 ? default : text[..at];
        var colon = userInfo.IndexOf((byte)':');
        var user = colon < 0 ? userInfo : userInfo[..colon];
        if (at >= 0 && (user.IsEmpty || user.ContainsAnyExcept(UserOctets) || !EscapesAreWhole(userInfo)))
            return false;
        text = text[(at + 1)..];
        var question = text.IndexOf((byte)'?');
        var address = question < 0 ? text : text[..question];
        var semicolon = address.IndexOf((byte)';');
        var parameters = semicolon < 0 ? default : address[(semicolon + 1)..];
        if (!HostPort.TryRead(semicolon < 0 ? address : address[..semicolon], out var hostPort) || !ParameterReader.IsReadable(parameters))
            return false;
        parts = new UriParts
        {
            Scheme = scheme,
            IsSip = true,
            User = user,
            HasUser = at >= 0,
            Password = colon < 0 ? default : userInfo[(colon + 1)..],
            HasPassword = colon >= 0,
            HostPort = hostPort,
            Parameters = parameters,
            Headers = question < 0 ? default : text[(question + 1)..],
            HasHeaders = question >= 0,
        };
        return true;
    }

    private static bool TryReadTel(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> text, out UriParts parts)
    {
        var semicolon = text.IndexOf((byte)';');
        var number = semicolon < 0 ? text : text[..semicolon];
        var parameters = semicolon < 0 ? default : text[(semicolon + 1)..];
        parts = new UriParts { Scheme = scheme, IsTel = true, User = number, HasUser = true, Parameters = parameters };
        return !number.IsEmpty && ParameterReader.IsReadable(parameters);
    }

    private static bool HasForbidden(ReadOnlySpan<byte> text) =>
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
}
