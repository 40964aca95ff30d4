namespace Rx.Sip.Registration;

/// <summary>
/// Where a registration stands. A closed hierarchy: use <see cref="Match"/> or a type pattern. Each prints as a short sentence.
/// </summary>
public abstract record RegistrationState
{
    private RegistrationState()
    {
    }

    /// <summary>No binding, and none is sought: before the first attempt, or for good.</summary>
    /// <param name="Cause">What ended it; null when nothing failed.</param>
    public sealed record Unregistered(RegistrationFailure? Cause) : RegistrationState
    {
        /// <inheritdoc/>
        public override string ToString() => Cause is null ? "Unregistered" : $"Unregistered ({Cause})";
    }

    /// <summary>A REGISTER is on its way, and there is no binding that requests could reach us by.</summary>
    /// <param name="Attempt">The number of the attempt, from 1.</param>
    /// <param name="Cause">What made it necessary: how the binding was lost, or what went wrong with the attempt before; null for the first.</param>
    public sealed record Registering(int Attempt, RegistrationFailure? Cause) : RegistrationState
    {
        /// <inheritdoc/>
        public override string ToString() => (Attempt == 1 ? "Registering" : $"Registering, attempt {Attempt}") + (Cause is null ? "" : $" ({Cause})");
    }

    /// <summary>The registrar holds our binding.</summary>
    /// <param name="Binding">The binding.</param>
    /// <param name="Until">When it runs out unless it is refreshed, as it will be in time.</param>
    public sealed record Registered(Binding Binding, DateTimeOffset Until) : RegistrationState
    {
        /// <inheritdoc/>
        public override string ToString() => $"Registered {Binding} until {Until:HH:mm:ss}";
    }

    /// <summary>A REGISTER that renews the binding is on its way; the binding stands meanwhile.</summary>
    /// <param name="Binding">The binding.</param>
    /// <param name="Until">When it runs out.</param>
    public sealed record Refreshing(Binding Binding, DateTimeOffset Until) : RegistrationState
    {
        /// <inheritdoc/>
        public override string ToString() => $"Refreshing {Binding}, which stands until {Until:HH:mm:ss}";
    }

    /// <summary>An attempt failed, or the connection was lost; another attempt follows.</summary>
    /// <param name="Due">When it starts; <see cref="DateTimeOffset.MaxValue"/> when the network has to come back first.</param>
    /// <param name="Attempt">Its number, from 1.</param>
    /// <param name="Cause">What went wrong.</param>
    /// <param name="Until">How long the binding still stands; null when there is none, or its connection is gone.</param>
    public sealed record WaitingForRetry(DateTimeOffset Due, int Attempt, RegistrationFailure Cause, DateTimeOffset? Until) : RegistrationState
    {
        /// <inheritdoc/>
        public override string ToString() =>
            (Due == DateTimeOffset.MaxValue ? "Waiting for the network" : $"Waiting for attempt {Attempt} at {Due:HH:mm:ss}")
            + $" ({Cause})"
            + (Until is { } until ? $", still registered until {until:HH:mm:ss}" : "");
    }

    /// <summary>The binding is being removed.</summary>
    public sealed record Unregistering : RegistrationState
    {
        /// <inheritdoc/>
        public override string ToString() => "Unregistering";
    }

    /// <summary>Calls the function for the case at hand.</summary>
    public T Match<T>(
        Func<Unregistered, T> unregistered,
        Func<Registering, T> registering,
        Func<Registered, T> registered,
        Func<Refreshing, T> refreshing,
        Func<WaitingForRetry, T> waitingForRetry,
        Func<Unregistering, T> unregistering)
    {
        ArgumentNullException.ThrowIfNull(unregistered);
        ArgumentNullException.ThrowIfNull(registering);
        ArgumentNullException.ThrowIfNull(registered);
        ArgumentNullException.ThrowIfNull(refreshing);
        ArgumentNullException.ThrowIfNull(waitingForRetry);
        ArgumentNullException.ThrowIfNull(unregistering);
        return this switch
        {
            Unregistered state => unregistered(state),
            Registering state => registering(state),
            Registered state => registered(state),
            Refreshing state => refreshing(state),
            WaitingForRetry state => waitingForRetry(state),
            Unregistering state => unregistering(state),
            _ => throw new InvalidOperationException("The hierarchy is closed."),
        };
    }
}
