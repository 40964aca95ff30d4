using Rx.Sip.Registration;

namespace Rx.Sip;

/// <summary>
/// Where an endpoint stands in its life (UCMA's LocalEndpointState). A closed hierarchy: use <see cref="Match"/> or a type
/// pattern. Each prints as a short sentence.
/// </summary>
public abstract record EndpointState
{
    private EndpointState()
    {
    }

    /// <summary>Not established yet, or an attempt to establish failed.</summary>
    /// <param name="Cause">Why the last attempt failed; null before the first.</param>
    public sealed record Idle(RegistrationFailure? Cause) : EndpointState
    {
        /// <inheritdoc/>
        public override string ToString() => Cause is null ? "Idle" : $"Idle ({Cause})";
    }

    /// <summary>The first attempt is on its way.</summary>
    public sealed record Establishing : EndpointState
    {
        /// <inheritdoc/>
        public override string ToString() => "Establishing";
    }

    /// <summary>Everything works. A refresh that fails does not leave this state while the granted lifetime runs.</summary>
    /// <param name="Until">When the registration has to be refreshed by; null without a registrar.</param>
    public sealed record Established(DateTimeOffset? Until) : EndpointState
    {
        /// <inheritdoc/>
        public override string ToString() => Until is { } until ? $"Established until {until:HH:mm:ss}" : "Established";
    }

    /// <summary>The connection or the registration was lost and is being brought back.</summary>
    /// <param name="Cause">What was lost.</param>
    /// <param name="Attempt">The number of the next attempt, from 1.</param>
    /// <param name="NextAttempt">When it starts.</param>
    public sealed record Reestablishing(RegistrationFailure Cause, int Attempt, DateTimeOffset NextAttempt) : EndpointState
    {
        /// <inheritdoc/>
        public override string ToString() => $"Reestablishing ({Cause}), attempt {Attempt} at {NextAttempt:HH:mm:ss}";
    }

    /// <summary>No new work is taken, what runs is finished; see <see cref="RealTimeEndpoint.Drain"/>.</summary>
    public sealed record Draining : EndpointState
    {
        /// <inheritdoc/>
        public override string ToString() => "Draining";
    }

    /// <summary>The endpoint takes leave of its registrar.</summary>
    public sealed record Terminating : EndpointState
    {
        /// <inheritdoc/>
        public override string ToString() => "Terminating";
    }

    /// <summary>The end; nothing follows.</summary>
    /// <param name="Reason">Why it ended.</param>
    /// <param name="Cause">What led to it, when it was a failure.</param>
    public sealed record Terminated(TerminationReason Reason, RegistrationFailure? Cause) : EndpointState
    {
        /// <inheritdoc/>
        public override string ToString() => Cause is null ? $"Terminated ({Reason})" : $"Terminated ({Reason}: {Cause})";
    }

    /// <summary>Calls the function for the case at hand.</summary>
    public T Match<T>(
        Func<Idle, T> idle,
        Func<Establishing, T> establishing,
        Func<Established, T> established,
        Func<Reestablishing, T> reestablishing,
        Func<Draining, T> draining,
        Func<Terminating, T> terminating,
        Func<Terminated, T> terminated)
    {
        ArgumentNullException.ThrowIfNull(idle);
        ArgumentNullException.ThrowIfNull(establishing);
        ArgumentNullException.ThrowIfNull(established);
        ArgumentNullException.ThrowIfNull(reestablishing);
        ArgumentNullException.ThrowIfNull(draining);
        ArgumentNullException.ThrowIfNull(terminating);
        ArgumentNullException.ThrowIfNull(terminated);
        return this switch
        {
            Idle state => idle(state),
            Establishing state => establishing(state),
            Established state => established(state),
            Reestablishing state => reestablishing(state),
            Draining state => draining(state),
            Terminating state => terminating(state),
            Terminated state => terminated(state),
            _ => throw new InvalidOperationException("The hierarchy is closed."),
        };
    }
}
