using System.Net;
using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>One way to answer challenges: Digest, NTLM, Kerberos. One instance serves one endpoint.</summary>
internal interface ISipAuthenticator
{
    /// <summary>Which protocol this is; an endpoint may allow only some.</summary>
    SipAuthenticationProtocols Protocol { get; }

    /// <summary>How good an answer to this challenge would be, to choose between several of a realm; 0 when it can't be answered.</summary>
    int StrengthOf(AuthenticationParameters challenge);

    /// <summary>Whether the challenge says that the credentials sent are wrong, not merely out of date.</summary>
    /// <param name="sent">The credentials of the request that was challenged.</param>
    /// <param name="challenge">The challenge of the same realm that came back.</param>
    /// <param name="isFresh">Whether the credentials answered a challenge to this very request, not one of before.</param>
    bool IsRefusal(AuthenticationParameters sent, AuthenticationParameters challenge, bool isFresh);

    /// <summary>Begins an association with the realm of a challenge whose strength is above 0.</summary>
    ISecurityAssociation Associate(AuthenticationParameters challenge, NetworkCredential credential);
}
