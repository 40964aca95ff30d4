using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Authentication;

/// <summary>Digest (RFC 7616, RFC 8760, RFC 3261 §22.4; RFC 2617 and 2069 for servers that are older).</summary>
internal sealed class DigestAuthenticator(SipIdentifiers identifiers) : ISipAuthenticator
{
    private readonly NonceCounts _counts = new();

    public SipAuthenticationProtocols Protocol => SipAuthenticationProtocols.Digest;

    public int StrengthOf(AuthenticationParameters challenge) =>
        DigestChallenge.TryRead(challenge, out var digest) ? digest.Algorithm.Strength : 0;

    // Many servers forget stale=true, so a new nonce alone says that the old one was out of date (RFC 7616 §3.3 has only the flag).
    // A nonce of before may be out of date although the server does not say so; one just given is not (RFC 3261 §22.2).
    public bool IsRefusal(AuthenticationParameters sent, AuthenticationParameters challenge, bool isFresh) =>
        DigestChallenge.TryRead(challenge, out var digest) && !digest.IsStale && (isFresh || sent.Get("nonce") == digest.Nonce);

    public ISecurityAssociation Associate(AuthenticationParameters challenge, NetworkCredential credential) =>
        DigestChallenge.TryRead(challenge, out var digest)
            ? new DigestAssociation(digest, credential, identifiers, _counts)
            : throw new ArgumentException("The challenge can't be answered with Digest.", nameof(challenge));
}
