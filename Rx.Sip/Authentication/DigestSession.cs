using System.Text;
using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>
/// The use of one nonce. The client nonce stays the same for its time, so that the session key of the <c>-sess</c> algorithms
/// is one for servers that keep it and for those that compute it from each request; the nonce count tells requests apart.
/// </summary>
internal sealed class DigestSession(DigestChallenge challenge, string user, string secretHash, string clientNonce, NonceCounts counts)
{
    public DigestChallenge Challenge => challenge;

    public string SecretHash => secretHash;

    public string Authorize(SipRequest request)
    {
        var hasQop = challenge.Qop != DigestQop.None;
        var formula = new DigestFormula(
            challenge.Algorithm, challenge.Qop, challenge.Nonce, hasQop ? counts.Next(challenge.Nonce) : "",
            hasQop || challenge.Algorithm.IsSession ? clientNonce : "", request.RequestUriText);
        var text = new StringBuilder("Digest username=", 320)
            .Append(Grammar.Quote(user))
            .Append(", realm=").Append(Grammar.Quote(challenge.Realm))
            .Append(", nonce=").Append(Grammar.Quote(challenge.Nonce))
            .Append(", uri=").Append(Grammar.Quote(formula.Uri))
            .Append(", response=\"").Append(formula.Response(secretHash, request.Method.Name, request.Body.Span)).Append('"');
        if (challenge.AlgorithmText is { } algorithm)
            text.Append(", algorithm=").Append(algorithm);
        if (formula.ClientNonce.Length > 0)
            text.Append(", cnonce=\"").Append(formula.ClientNonce).Append('"');
        if (hasQop)
            text.Append(challenge.Qop == DigestQop.AuthInt ? ", qop=auth-int, nc=" : ", qop=auth, nc=").Append(formula.NonceCount);
        if (challenge.Opaque is { } opaque)
            text.Append(", opaque=").Append(Grammar.Quote(opaque));
        return text.ToString();
    }
}
