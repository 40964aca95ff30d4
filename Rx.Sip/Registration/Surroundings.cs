namespace Rx.Sip.Registration;

/// <summary>What is known of the world around a registration, as a value: nothing that changes between two looks is missed.</summary>
/// <param name="Losses">How often the flow was lost.</param>
/// <param name="Error">What the system said about the last loss.</param>
/// <param name="IsNetworkAvailable">Whether there is a network.</param>
/// <param name="IsLeaving">Whether it is time to leave.</param>
internal sealed record Surroundings(int Losses, Exception? Error, bool IsNetworkAvailable, bool IsLeaving)
{
    /// <summary>Whether another flow of the endpoint is registered.</summary>
    public bool DoOthersStand { get; init; }

    /// <summary>How often our address changed, or the registrar took the binding away.</summary>
    public int Moves { get; init; }

    /// <summary>The latest time that the registrar took the binding away; null when it never did.</summary>
    public Eviction? Eviction { get; init; }

    /// <summary>Whether the network was away and is there again.</summary>
    public bool HasReturnedSince(Surroundings before) => IsNetworkAvailable && !before.IsNetworkAvailable;

    /// <summary>What the registrar has taken away meanwhile; null when nothing.</summary>
    public Eviction? EvictionSince(Surroundings before) => ReferenceEquals(Eviction, before.Eviction) ? null : Eviction;

    public static Surroundings Calm { get; } = new(0, null, IsNetworkAvailable: true, IsLeaving: false);
}
