using Rx.Sip.Authentication;
using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Server;

/// <summary>Asks senders who they are, and sees to it that they act in their own name (RFC 3261 §10.3 steps 3 and 4, §22.3).</summary>
internal sealed class Gatekeeper(DigestVerifier verifier, Accounts accounts, ServerFaults faults)
{
    /// <summary>
    /// Whether a request may act for that user; if not it has been answered: challenged, or refused because it has the credentials of
    /// somebody else. <paramref name="information"/> is what a successful response should say to prove who we are.
    /// </summary>
    public bool Admits(ServerRequest incoming, string user, bool isProxy, out string? information)
    {
        information = null;
        if (accounts.PasswordOf(user) is null)
            return true;
        switch (verifier.Verify(incoming.Request, isProxy))
        {
            case DigestVerdict.Accepted accepted when accounts.NameOf(accepted.User) != user:
                incoming.Refuse(SipStatus.Forbidden, $"{accepted.User} can't act for {user}");
                return false;
            case DigestVerdict.Accepted accepted when !faults.TakeStale():
                information = accepted.Information;
                return true;
            case DigestVerdict.Refused:
                Challenge(incoming, isProxy, isStale: false);
                return false;
            default:
                Challenge(incoming, isProxy, isStale: true);
                return false;
        }
    }

    private void Challenge(ServerRequest incoming, bool isProxy, bool isStale) => incoming.Challenge(
        isProxy ? SipStatus.ProxyAuthenticationRequired : SipStatus.Unauthorized,
        isProxy ? "Proxy-Authenticate" : "WWW-Authenticate",
        verifier.Challenge(isStale));
}
