using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>What went wrong, as far as it is known: the cause that states and exceptions carry.</summary>
public abstract record FailureCause
{
    private FailureCause()
    {
    }

    /// <summary>A response said no. A timeout is a local 408, an unreachable peer a local 503 (RFC 3261 §8.1.3.1).</summary>
    /// <param name="Response">The response.</param>
    public sealed record Refused(SipResponse Response) : FailureCause
    {
        /// <inheritdoc/>
        public override string ToString() => Response.ToString();
    }

    /// <summary>The flow to the peer closed.</summary>
    /// <param name="Error">What the system said; null when the flow was closed in order.</param>
    public sealed record ConnectionLost(Exception? Error) : FailureCause
    {
        /// <inheritdoc/>
        public override string ToString() => Error is null ? "the connection was closed" : $"the connection broke: {Error.Message}";
    }

    /// <summary>The endpoint could not prove who it is.</summary>
    /// <param name="Reason">Why not.</param>
    /// <param name="Realm">The realm that asked; null when nobody did.</param>
    /// <param name="Response">The response at which it was noticed.</param>
    public sealed record NotAuthenticated(AuthenticationFailureReason Reason, string? Realm, SipResponse Response) : FailureCause
    {
        /// <inheritdoc/>
        public override string ToString() => Reason switch
        {
            AuthenticationFailureReason.InvalidCredentials => $"the credentials for {Realm} were refused",
            AuthenticationFailureReason.MissingCredentials => $"there are no credentials for {Realm}",
            AuthenticationFailureReason.NoCommonProtocols => $"no authentication protocol is common with {Realm}",
            _ => "the server never asked for the credentials",
        };
    }

    /// <summary>The granted lifetime ran out before a refresh succeeded.</summary>
    public sealed record Expired : FailureCause
    {
        /// <inheritdoc/>
        public override string ToString() => "the registration ran out";
    }
}
