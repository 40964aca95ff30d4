using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>What comes of a challenged request: it is sent again, or there is a reason why not.</summary>
internal abstract record AuthenticationStep
{
    private AuthenticationStep()
    {
    }

    /// <summary>It is to be sent again like this.</summary>
    /// <param name="Request">The request with credentials.</param>
    /// <param name="Association">What answers; of several realms the last.</param>
    public sealed record Again(SipRequest Request, Association Association) : AuthenticationStep;

    /// <summary>The challenge stands.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Realm">Who challenged; null when the response holds no challenge at all.</param>
    public sealed record GiveUp(AuthenticationFailureReason Reason, string? Realm) : AuthenticationStep;
}
