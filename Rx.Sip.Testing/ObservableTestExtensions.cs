using System.Reactive.Concurrency;
using Rx.Sip.Testing.Observers;

namespace Rx.Sip.Testing;

/// <summary>What tests want to know of observables.</summary>
public static class ObservableTestExtensions
{
    /// <summary>Listens from now on and records what the observable says, stamped with the scheduler's time.</summary>
    public static Recording<T> Record<T>(this IObservable<T> source, IScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(scheduler);
        return new Recording<T>(source, scheduler);
    }

    /// <summary>
    /// Hot or cold, as the source is: the same notifications, as long as the source keeps to the contract of Rx. Once two of them
    /// overlap, on two threads or one inside the other, or one comes after the end, it errors with <see cref="InvalidOperationException"/>
    /// as soon as the observer is free; the source is thrown the same. Speaks where the source speaks.
    /// </summary>
    public static IObservable<T> ValidateSynchronization<T>(this IObservable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ValidatedObservable<T>(source);
    }
}
