using System.Reactive.Disposables;

namespace Rx.Sip.Testing.Observers;

/// <summary>Lets one notification in at a time. A second one is a violation: it is kept until the first is through, and ends everything.</summary>
internal sealed class ValidatingObserver<T>(IObserver<T> observer) : IObserver<T>
{
    private readonly Lock _gate = new();
    private string? _current;
    private bool _isOver;
    private InvalidOperationException? _violation;

    public SingleAssignmentDisposable Subscription { get; } = new();

    public void OnNext(T value)
    {
        Enter($"OnNext({value})", isLast: false);
        try
        {
            observer.OnNext(value);
        }
        finally
        {
            Leave();
        }
    }

    public void OnError(Exception error)
    {
        Enter($"OnError({error.Message})", isLast: true);
        observer.OnError(error);
    }

    public void OnCompleted()
    {
        Enter("OnCompleted()", isLast: true);
        observer.OnCompleted();
    }

    private void Enter(string what, bool isLast)
    {
        lock (_gate)
        {
            if (Conflict(what) is not { } conflict)
            {
                (_current, _isOver) = (what, isLast);
                return;
            }
            _violation ??= new InvalidOperationException(conflict);
        }
        throw new InvalidOperationException(_violation.Message);
    }

    private string? Conflict(string what) =>
        _isOver ? $"{what} came after the end." : _current is { } current ? $"{what} came while {current} was not done." : null;

    private void Leave()
    {
        InvalidOperationException? violation;
        lock (_gate)
        {
            _current = null;
            violation = _violation;
            _isOver = violation is not null;
        }
        if (violation is null)
            return;
        Subscription.Dispose();
        observer.OnError(violation);
    }
}
