namespace Rx.Sip.Registration.Outbound;

/// <summary>What the registrations of several flows amount to: one of them is enough to be reached (RFC 5626 §4.2). Pure.</summary>
internal static class CombinedRegistration
{
    /// <summary>Whether requests can reach us by a registration in that state.</summary>
    public static bool Stands(RegistrationState state) =>
        state is RegistrationState.Registered or RegistrationState.Refreshing or RegistrationState.WaitingForRetry { Until: not null };

    /// <summary>The state of the whole: that of the first flow that stands, else of the one that is furthest on its way.</summary>
    /// <param name="states">The states of the flows, in order; at least one.</param>
    /// <param name="latest">The one that changed last: when all are over, its cause is the cause.</param>
    public static RegistrationState Of(IReadOnlyList<RegistrationState> states, RegistrationState latest) =>
        states.FirstOrDefault(Stands)
        ?? states.FirstOrDefault(state => state is RegistrationState.Unregistering)
        ?? states.FirstOrDefault(state => state is RegistrationState.Registering)
        ?? states.OfType<RegistrationState.WaitingForRetry>().MinBy(state => state.Due)
        ?? latest;
}
