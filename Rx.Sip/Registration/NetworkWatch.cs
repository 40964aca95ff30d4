using Rx.Sip.Runtime;

namespace Rx.Sip.Registration;

/// <summary>Hears from the application whether there is a network, from any thread, and has its registration told in the mailbox.</summary>
internal sealed class NetworkWatch(RegistrationRun run, Mailbox mailbox) : IObserver<bool>, IDisposable
{
    private readonly Lock _gate = new();
    private IDisposable? _subscription;
    private bool _first = true;
    private bool _hasBegun;

    /// <summary>Whether there is a network, as far as is said at once; what is said later goes to the registration.</summary>
    public bool Begin(IObservable<bool> networkAvailable)
    {
        _subscription = networkAvailable.Subscribe(this);
        lock (_gate)
        {
            _hasBegun = true;
            return _first;
        }
    }

    public void OnNext(bool value)
    {
        lock (_gate)
        {
            if (!_hasBegun)
            {
                _first = value;
                return;
            }
        }
        mailbox.Post(static (run, isThere) =>
            ((RegistrationRun)run!).Change(((RegistrationRun)run).Surroundings with { IsNetworkAvailable = (bool)isThere! }), run, value);
    }

    public void OnError(Exception error)
    {
        // Taken for silence: what was said last holds.
    }

    public void OnCompleted()
    {
    }

    public void Dispose() => _subscription?.Dispose();
}
