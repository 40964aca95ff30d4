using System.Collections.Immutable;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using Rx.Sip.Runtime;

namespace Rx.Sip.Testing.Server;

/// <summary>
/// The bindings of all users (RFC 3261 §10.3). Changed inside the mailbox of the server's present life, read from any thread. Each
/// binding goes by its own timer, at the instant it was granted until.
/// </summary>
internal sealed class LocationTable(IScheduler scheduler, ServerNews news)
{
    private readonly Dictionary<ServerBinding, IDisposable> _timers = new(ReferenceEqualityComparer.Instance);
    private ImmutableDictionary<string, ImmutableArray<ServerBinding>> _bindings = ImmutableDictionary.Create<string, ImmutableArray<ServerBinding>>(StringComparer.Ordinal);
    private Mailbox? _mailbox;

    public IReadOnlyList<ServerBinding> All => [.. _bindings.Values.SelectMany(bindings => bindings)];

    public ImmutableArray<ServerBinding> Of(string user) => _bindings.GetValueOrDefault(user, []);

    /// <summary>The server begins a life: what expired meanwhile goes at once, the rest gets its timers.</summary>
    public void Open(Mailbox mailbox)
    {
        _mailbox = mailbox;
        foreach (var binding in All)
            Watch(binding);
    }

    /// <summary>The server ends a life.</summary>
    public void Close(bool keep)
    {
        _mailbox = null;
        foreach (var timer in _timers.Values)
            timer.Dispose();
        _timers.Clear();
        if (!keep)
            _bindings = _bindings.Clear();
    }

    /// <summary>Puts these bindings in the place of those a user has, and tells what changed.</summary>
    public void Replace(string user, ImmutableArray<ServerBinding> bindings)
    {
        var before = Of(user);
        Set(user, bindings);
        foreach (var gone in before.Except(bindings))
        {
            Forget(gone);
            if (!IsIn(bindings, gone))
                news.Changed(ServerBindingChangeKind.Removed, gone);
        }
        foreach (var come in bindings.Except(before))
        {
            Watch(come);
            news.Changed(IsIn(before, come) ? ServerBindingChangeKind.Refreshed : ServerBindingChangeKind.Added, come);
        }
    }

    private static bool IsIn(ImmutableArray<ServerBinding> bindings, ServerBinding device) => bindings.Any(binding => binding.IsSameDevice(device.Contact));

    private void Watch(ServerBinding binding)
    {
        if (_mailbox is not { } mailbox)
            return;
        var expiry = scheduler.Schedule(binding.Until, () => mailbox.Post(() => Expire(binding)));
        // The connection is the device's only door: it is not idle as long as the binding is good.
        _timers[binding] = binding.Flow is { } flow ? StableCompositeDisposable.Create(expiry, flow.Hold()) : expiry;
    }

    private void Expire(ServerBinding binding)
    {
        if (!_timers.ContainsKey(binding))
            return;
        Forget(binding);
        Set(binding.User, Of(binding.User).Remove(binding));
        news.Changed(ServerBindingChangeKind.Expired, binding);
    }

    private void Forget(ServerBinding binding)
    {
        if (_timers.Remove(binding, out var timer))
            timer.Dispose();
    }

    private void Set(string user, ImmutableArray<ServerBinding> bindings) =>
        _bindings = bindings.IsEmpty ? _bindings.Remove(user) : _bindings.SetItem(user, bindings);
}
