using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>Digest credentials as they came in Authorization or Proxy-Authorization (RFC 7616 §3.4).</summary>
/// <param name="User">The user.</param>
/// <param name="Realm">The realm.</param>
/// <param name="Response">The digest.</param>
/// <param name="Formula">What it says it was computed from.</param>
internal sealed record DigestCredentials(string User, string Realm, string Response, DigestFormula Formula)
{
    /// <summary>The nonce count as a number; 0 without <c>qop</c>.</summary>
    public uint NonceCount =>
        Formula.Qop == DigestQop.None ? 0 : uint.Parse(Formula.NonceCount, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Reads credentials; false when they are of another scheme or something is missing, unknown or malformed.</summary>
    public static bool TryRead(AuthenticationParameters parameters, [NotNullWhen(true)] out DigestCredentials? credentials)
    {
        credentials = null;
        if (!parameters.IsScheme("Digest")
            || parameters.Get("username") is not { } user || parameters.Realm is not { } realm
            || parameters.Get("nonce") is not { } nonce || parameters.Get("uri") is not { } uri
            || parameters.Get("response") is not { } response
            || !DigestAlgorithm.TryParse(parameters.Get("algorithm"), out var algorithm)
            || !TryReadQop(parameters.Get("qop"), out var qop))
            return false;
        var (count, clientNonce) = (parameters.Get("nc") ?? "", parameters.Get("cnonce") ?? "");
        if (qop != DigestQop.None && (!IsCount(count) || clientNonce.Length == 0))
            return false;
        credentials = new(user, realm, response, new DigestFormula(algorithm, qop, nonce, count, clientNonce, uri));
        return true;
    }

    /// <summary>The user and the realm, never the digest.</summary>
    public override string ToString() => $"{User} in {Realm}";

    private static bool IsCount(string text) => text.Length == 8 && text.All(char.IsAsciiHexDigit);

    private static bool TryReadQop(string? text, out DigestQop qop)
    {
        DigestQop? read = text?.ToLowerInvariant() switch
        {
            null => DigestQop.None,
            "auth" => DigestQop.Auth,
            "auth-int" => DigestQop.AuthInt,
            _ => null,
        };
        qop = read ?? default;
        return read is not null;
    }
}
