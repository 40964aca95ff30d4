using Rx.Sip.Registration;

namespace Rx.Sip;

/// <summary>How an endpoint's state follows its registration's. Pure.</summary>
internal static class EndpointLife
{
    /// <summary>The endpoint's state after the registration has changed.</summary>
    /// <param name="state">The endpoint's state so far.</param>
    /// <param name="registration">The registration's new state.</param>
    /// <param name="ending">Why the end has been asked for; null when it has not.</param>
    /// <param name="hasRegistered">Whether the registration stood before, since the endpoint was told to establish.</param>
    /// <param name="now">The instant.</param>
    public static EndpointState After(
        EndpointState state, RegistrationState registration, TerminationReason? ending, bool hasRegistered, DateTimeOffset now) => registration switch
        {
            RegistrationState.Unregistered over => Over(over.Cause, ending, hasRegistered),
            _ when ending is not null || state is EndpointState.Draining => state,
            RegistrationState.Registered granted => new EndpointState.Established(granted.Until),
            RegistrationState.WaitingForRetry waiting when !hasRegistered => new EndpointState.Idle(waiting.Cause),
            // A refresh that failed costs nothing while the binding stands.
            RegistrationState.WaitingForRetry { Until: not null } => state,
            RegistrationState.WaitingForRetry waiting => new EndpointState.Reestablishing(waiting.Cause, waiting.Attempt, waiting.Due),
            // The binding was lost while an attempt is on its way already.
            RegistrationState.Registering trying when state is EndpointState.Established =>
                new EndpointState.Reestablishing(trying.Cause ?? RegistrationFailure.RanOut, trying.Attempt, now),
            _ => state,
        };

    private static EndpointState Over(RegistrationFailure? cause, TerminationReason? ending, bool hasRegistered) => (ending, cause?.Kind) switch
    {
        ({ } reason, _) => new EndpointState.Terminated(reason, null),
        (_, null) => new EndpointState.Idle(null),
        (_, RegistrationFailureKind.Credentials) => new EndpointState.Terminated(TerminationReason.AuthenticationFailed, cause),
        (_, RegistrationFailureKind.Untrusted) => new EndpointState.Terminated(TerminationReason.ServerNotTrusted, cause),
        (_, RegistrationFailureKind.Transient) when !hasRegistered => new EndpointState.Idle(cause),
        (_, RegistrationFailureKind.Transient) => new EndpointState.Terminated(TerminationReason.RegistrationRefreshFailed, cause),
        (_, RegistrationFailureKind.Displaced) => new EndpointState.Terminated(TerminationReason.TooManyActiveEndpoints, cause),
        (_, RegistrationFailureKind.Moved) => new EndpointState.Terminated(TerminationReason.UserMoved, cause),
        _ => new EndpointState.Terminated(TerminationReason.OwnerDisabledOrRemoved, cause),
    };
}
