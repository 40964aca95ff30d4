using System.Reactive.Linq;

namespace Rx.Sip.Registration;

/// <summary>What the signals have said so far, as a value: nothing said between two looks is missed.</summary>
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

    public static IObservable<Surroundings> From(RegistrationSignals signals) =>
        Observable.Merge(
                Safely(signals.FlowLost).Select(error => (Func<Surroundings, Surroundings>)(now => now with { Losses = now.Losses + 1, Error = error })),
                Safely(signals.NetworkAvailable).Select(isThere => (Func<Surroundings, Surroundings>)(now => now with { IsNetworkAvailable = isThere })),
                Safely(signals.OthersStand).Select(stand => (Func<Surroundings, Surroundings>)(now => now with { DoOthersStand = stand })),
                Safely(signals.Outdated).Select(eviction => (Func<Surroundings, Surroundings>)(now => now with { Moves = now.Moves + 1, Eviction = eviction ?? now.Eviction })),
                Safely(signals.Leave).Select(_ => (Func<Surroundings, Surroundings>)(now => now with { IsLeaving = true })))
            .Scan(Calm, (now, change) => change(now))
            .DistinctUntilChanged();

    private static IObservable<T> Safely<T>(IObservable<T> signal) => signal.Catch(Observable.Never<T>());
}
