namespace Rx.Sip.Authentication;

/// <summary>What a digest is computed from besides the secret and the message (RFC 7616 §3.4).</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Qop">What is protected.</param>
/// <param name="Nonce">The server's nonce.</param>
/// <param name="NonceCount">Eight hexadecimal digits; empty without <c>qop</c>.</param>
/// <param name="ClientNonce">The client's nonce; empty without <c>qop</c>, unless the algorithm is a <c>-sess</c> one.</param>
/// <param name="Uri">The Request-URI as it stands in the request line.</param>
internal readonly record struct DigestFormula(
    DigestAlgorithm Algorithm, DigestQop Qop, string Nonce, string NonceCount, string ClientNonce, string Uri)
{
    /// <summary>The hash of user, realm and password: all that has to be kept of the secret (RFC 7616 §3.4.2).</summary>
    public static string SecretHash(DigestAlgorithm algorithm, string user, string realm, string password) =>
        algorithm.Of(user, realm, password);

    /// <summary>H(A1): the secret's hash, bound to the session by the <c>-sess</c> variants (RFC 7616 §3.4.2).</summary>
    public static string A1(DigestAlgorithm algorithm, string secretHash, string nonce, string clientNonce) =>
        algorithm.IsSession ? algorithm.Of(secretHash, nonce, clientNonce) : secretHash;

    /// <summary>The <c>response</c> of a request (RFC 7616 §3.4.1).</summary>
    public string Response(string secretHash, string method, ReadOnlySpan<byte> body)
    {
        var a1 = A1(Algorithm, secretHash, Nonce, ClientNonce);
        var a2 = Qop == DigestQop.AuthInt ? Algorithm.Of(method, Uri, Algorithm.Of(body)) : Algorithm.Of(method, Uri);
        return Qop == DigestQop.None
            ? Algorithm.Of(a1, Nonce, a2)
            : Algorithm.Of(a1, Nonce, NonceCount, ClientNonce, Qop == DigestQop.AuthInt ? "auth-int" : "auth", a2);
    }

    /// <summary>The <c>rspauth</c> by which the server proves that it knows the secret too: the same without a method (RFC 7616 §3.5).</summary>
    public string ServerProof(string secretHash, ReadOnlySpan<byte> body) => Response(secretHash, "", body);
}
