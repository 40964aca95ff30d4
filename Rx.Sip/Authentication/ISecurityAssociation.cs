using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>What client and server have agreed on in one realm: it signs requests until the server wants something newer. Safe from any thread.</summary>
internal interface ISecurityAssociation
{
    /// <summary>What a person is told about how it authenticates, for example <c>SHA-256</c>.</summary>
    string Mechanism { get; }

    /// <summary>Goes on with a newer challenge of the same realm; false when it calls for an association of its own.</summary>
    bool TryRenew(AuthenticationParameters challenge);

    /// <summary>The value of Authorization or Proxy-Authorization for a request that is otherwise complete. Never the same twice.</summary>
    string Authorize(SipRequest request);

    /// <summary>Takes in the Authentication-Info of a response, and tells whether it proves that the server knows the secret.</summary>
    /// <param name="sent">The credentials of the request.</param>
    /// <param name="information">The Authentication-Info or Proxy-Authentication-Info.</param>
    /// <param name="response">The response that it came with.</param>
    ServerProof Hear(AuthenticationParameters sent, AuthenticationParameters information, SipResponse response);
}
