using System.Net;
using System.Security.Cryptography;
using System.Text;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Authentication;

/// <summary>Digest with one realm: the secret's hash is computed once, each nonce is used until the server gives another (RFC 7616 §3.4, §3.5).</summary>
internal sealed class DigestAssociation : ISecurityAssociation
{
    private readonly string _user;
    private readonly SipIdentifiers _identifiers;
    private readonly NonceCounts _counts;
    private volatile DigestSession _session;

    public DigestAssociation(DigestChallenge challenge, NetworkCredential credential, SipIdentifiers identifiers, NonceCounts counts)
    {
        (_user, _identifiers, _counts) = (credential.UserName, identifiers, counts);
        _session = Begin(challenge, DigestFormula.SecretHash(challenge.Algorithm, credential.UserName, challenge.Realm, credential.Password));
    }

    public string Mechanism => _session.Challenge.Algorithm.Name;

    public bool TryRenew(AuthenticationParameters challenge)
    {
        var session = _session;
        // The hash of the secret depends on the hash function: another one needs the password again.
        if (!DigestChallenge.TryRead(challenge, out var newer) || newer.Algorithm.Hash != session.Challenge.Algorithm.Hash)
            return false;
        if (newer.Nonce != session.Challenge.Nonce || newer != session.Challenge with { IsStale = newer.IsStale })
            _session = Begin(newer, session.SecretHash);
        return true;
    }

    public string Authorize(SipRequest request) => _session.Authorize(request);

    public ServerProof Hear(AuthenticationParameters sent, AuthenticationParameters information, SipResponse response)
    {
        var session = _session;
        var proof = Prove(session, sent, information, response);
        // A nonce from somebody who does not know the secret is not worth using.
        if (proof != ServerProof.Mismatch && information.Get("nextnonce") is { Length: > 0 } next && next != session.Challenge.Nonce)
            _session = Begin(session.Challenge with { Nonce = next, IsStale = false }, session.SecretHash);
        return proof;
    }

    private static ServerProof Prove(DigestSession session, AuthenticationParameters sent, AuthenticationParameters information, SipResponse response)
    {
        if (information.Get("rspauth") is not { } given || !DigestCredentials.TryRead(sent, out var credentials))
            return ServerProof.NotGiven;
        var expected = credentials.Formula.ServerProof(session.SecretHash, response.Body.Span);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given.ToLowerInvariant()))
            ? ServerProof.Verified
            : ServerProof.Mismatch;
    }

    private DigestSession Begin(DigestChallenge challenge, string secretHash) =>
        new(challenge, _user, secretHash, _identifiers.ClientNonce(), _counts);
}
