using System.Reactive;
using System.Reactive.Concurrency;

namespace Rx.Sip.Testing;

/// <summary>What an observable said while somebody listened, and when. Disposing ends the listening; what was recorded stays. Safe from any thread.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public sealed class Recording<T> : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Timestamped<Notification<T>>> _notifications = [];
    private readonly IScheduler _scheduler;
    private readonly DateTimeOffset _begun;
    private readonly IDisposable _subscription;

    internal Recording(IObservable<T> source, IScheduler scheduler)
    {
        (_scheduler, _begun) = (scheduler, scheduler.Now);
        _subscription = source.Subscribe(
            value => Add(Notification.CreateOnNext(value)),
            error => Add(Notification.CreateOnError<T>(error)),
            () => Add(Notification.CreateOnCompleted<T>()));
    }

    /// <summary>Everything it said, with the instants.</summary>
    public IReadOnlyList<Timestamped<Notification<T>>> Notifications
    {
        get
        {
            lock (_gate)
                return [.. _notifications];
        }
    }

    /// <summary>The values.</summary>
    public IReadOnlyList<T> Values => [.. OfValues.Select(value => value.Value.Value)];

    /// <summary>When each of the values came, counted from the beginning of the recording.</summary>
    public IReadOnlyList<TimeSpan> Instants => [.. OfValues.Select(value => value.Timestamp - _begun)];

    /// <summary>Whether it completed.</summary>
    public bool IsCompleted => Notifications.Any(said => said.Value.Kind == NotificationKind.OnCompleted);

    /// <summary>What it failed with; null unless it failed.</summary>
    public Exception? Error => Notifications.Select(said => said.Value.Exception).FirstOrDefault(error => error is not null);

    /// <summary>When it completed or failed, counted from the beginning of the recording; null while it goes on.</summary>
    public TimeSpan? EndedAfter =>
        Notifications.Where(said => said.Value.Kind != NotificationKind.OnNext).Select(said => (TimeSpan?)(said.Timestamp - _begun)).FirstOrDefault();

    /// <summary>Ends the listening.</summary>
    public void Dispose() => _subscription.Dispose();

    /// <summary>Everything it said, a line each.</summary>
    public override string ToString() => string.Join('\n', Notifications.Select(said => $"{said.Timestamp - _begun}  {said.Value}"));

    private IEnumerable<Timestamped<Notification<T>>> OfValues => Notifications.Where(said => said.Value.Kind == NotificationKind.OnNext);

    private void Add(Notification<T> notification)
    {
        var stamped = new Timestamped<Notification<T>>(notification, _scheduler.Now);
        lock (_gate)
            _notifications.Add(stamped);
    }
}
