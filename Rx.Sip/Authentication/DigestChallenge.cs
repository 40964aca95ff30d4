using System.Diagnostics.CodeAnalysis;
using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>A Digest challenge that can be answered (RFC 7616 §3.3, RFC 3261 §22.4).</summary>
/// <param name="Realm">The realm, without quotes and escapes.</param>
/// <param name="Nonce">The server's nonce.</param>
/// <param name="Opaque">What the server wants to have back; null when it does not.</param>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="AlgorithmText">The algorithm as the server spelled it; null when it named none.</param>
/// <param name="Qop">What will be protected.</param>
/// <param name="IsStale">Whether the refused answer was right but for its nonce.</param>
internal sealed record DigestChallenge(
    string Realm, string Nonce, string? Opaque, DigestAlgorithm Algorithm, string? AlgorithmText, DigestQop Qop, bool IsStale)
{
    /// <summary>Reads a challenge; false for other schemes, unknown algorithms, unknown protection, or when realm or nonce are missing.</summary>
    public static bool TryRead(AuthenticationParameters parameters, [NotNullWhen(true)] out DigestChallenge? challenge)
    {
        challenge = null;
        if (!parameters.IsScheme("Digest")
            || parameters.Realm is not { } realm
            || parameters.Get("nonce") is not { } nonce
            || !DigestAlgorithm.TryParse(parameters.Get("algorithm"), out var algorithm)
            || !TryChoose(parameters.Get("qop"), out var qop))
            return false;
        var isStale = string.Equals(parameters.Get("stale"), "true", StringComparison.OrdinalIgnoreCase);
        var name = parameters.Get("algorithm");
        challenge = new(realm, nonce, parameters.Get("opaque"), algorithm, name == algorithm.Name ? algorithm.Name : name, qop, isStale);
        return true;
    }

    // auth before auth-int: what proxies change on the way in a body must not make the answer wrong.
    private static bool TryChoose(string? offered, out DigestQop qop)
    {
        var words = (offered ?? "").Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        qop = words.Contains("auth", StringComparer.OrdinalIgnoreCase) ? DigestQop.Auth
            : words.Contains("auth-int", StringComparer.OrdinalIgnoreCase) ? DigestQop.AuthInt
            : DigestQop.None;
        return qop != DigestQop.None || words.Length == 0;
    }
}
