using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>The endpoint could not prove who it is.</summary>
public sealed class AuthenticationException : FailureResponseException
{
    internal AuthenticationException(AuthenticationFailureReason reason, string message, string? realm, SipResponse? response)
        : base(message, response) => (Reason, Realm) = (reason, realm);

    /// <summary>What went wrong.</summary>
    public AuthenticationFailureReason Reason { get; }

    /// <summary>The realm that asked; null when nobody did.</summary>
    public string? Realm { get; }
}
