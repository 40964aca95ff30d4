namespace Rx.Sip.Testing.Observers;

/// <summary>An observable whose observers check that it keeps to the contract. Made without Rx's operators: they would hide what is looked for.</summary>
internal sealed class ValidatedObservable<T>(IObservable<T> source) : IObservable<T>
{
    public IDisposable Subscribe(IObserver<T> observer)
    {
        var validating = new ValidatingObserver<T>(observer);
        validating.Subscription.Disposable = source.Subscribe(validating);
        return validating.Subscription;
    }
}
