namespace Rx.Sip.Authentication;

/// <summary>How the latest request of a client fared.</summary>
/// <param name="Protocol">The protocol that authenticated it; None when no credentials were sent.</param>
/// <param name="Mechanism">What a person is told about it, for example <c>SHA-256</c>; null when no credentials were sent.</param>
/// <param name="Realm">The realm that asked; null when none did.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
/// <param name="Proof">Whether the server proved that it knows the secret.</param>
internal sealed record AuthenticationOutcome(
    SipAuthenticationProtocols Protocol, string? Mechanism, string? Realm, AuthenticationFailureReason? Failure, ServerProof Proof)
{
    /// <summary>Nothing was asked, nothing sent.</summary>
    public static AuthenticationOutcome Open { get; } = new(SipAuthenticationProtocols.None, null, null, null, ServerProof.NotGiven);

    /// <summary>For example <c>authenticated with SHA-256</c>.</summary>
    public override string ToString() => (Failure, Mechanism) switch
    {
        (AuthenticationFailureReason.MissingCredentials, _) => $"no credentials for {Realm}",
        (AuthenticationFailureReason.InvalidCredentials, _) => $"{Realm} refused the credentials",
        (AuthenticationFailureReason.NoCommonProtocols, _) => Realm is null ? "challenged in an unknown way" : $"{Realm} asks for a protocol that is not supported or not allowed",
        (AuthenticationFailureReason.UnchallengingServer, _) => "the server did not ask for credentials",
        (null, { } mechanism) => Proof == ServerProof.Mismatch ? $"authenticated with {mechanism}, the server's proof is wrong" : $"authenticated with {mechanism}",
        _ => "not authenticated",
    };
}
