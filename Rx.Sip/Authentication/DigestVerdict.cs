namespace Rx.Sip.Authentication;

/// <summary>What a server makes of the credentials of a request.</summary>
internal abstract record DigestVerdict
{
    private DigestVerdict()
    {
    }

    /// <summary>They are right.</summary>
    /// <param name="User">The user.</param>
    /// <param name="Information">The value of Authentication-Info for a response without body (RFC 7616 §3.5).</param>
    public sealed record Accepted(string User, string Information) : DigestVerdict;

    /// <summary>There are none for this realm, or they are wrong: challenge.</summary>
    public sealed record Refused : DigestVerdict;

    /// <summary>They are right but for their nonce or its count: challenge with <c>stale=true</c>.</summary>
    public sealed record Stale : DigestVerdict;
}
