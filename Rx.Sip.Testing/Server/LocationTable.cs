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
    private Action<ServerBindingChangeKind, ServerBinding>? _watcher;

    public IReadOnlyList<ServerBinding> All => [.. _bindings.Values.SelectMany(bindings => bindings)];

    public ImmutableArray<ServerBinding> Of(string user) => _bindings.GetValueOrDefault(user, []);

    /// <summary>The server begins a life: what expired meanwhile goes at once, the rest gets its timers. From now on the watcher is told of changes, in the mailbox.</summary>
    public void Open(Mailbox mailbox, Action<ServerBindingChangeKind, ServerBinding> watcher)
    {
        (_mailbox, _watcher) = (mailbox, watcher);
        foreach (var binding in All)
            Watch(binding);
    }

    /// <summary>The server ends a life.</summary>
    public void Close(bool keep)
    {
        (_mailbox, _watcher) = (null, null);
        foreach (var timer in _timers.Values)
            timer.Dispose();
        _timers.Clear();
        if (!keep)
            _bindings = _bindings.Clear();
    }

    /// <summary>Forgets the bindings of a user; the watcher is not told.</summary>
    public void Forget(string user)
    {
        var watcher = _watcher;
        _watcher = null;
        Replace(user, []);
        _watcher = watcher;
    }

    /// <summary>Puts these bindings in the place of those a user has, and tells what changed.</summary>
    public void Replace(string user, ImmutableArray<ServerBinding> bindings) => Replace(user, bindings, ServerBindingChangeKind.Removed);

    /// <summary>The same, and tells in what way they went that are gone.</summary>
    public void Replace(string user, ImmutableArray<ServerBinding> bindings, ServerBindingChangeKind removal)
    {
        var before = Of(user);
        Set(user, bindings);
        foreach (var gone in before.Except(bindings))
        {
            Unwatch(gone);
            if (!IsIn(bindings, gone))
                Tell(removal, gone);
        }
        foreach (var come in bindings.Except(before))
        {
            Watch(come);
            Tell(IsIn(before, come) ? ServerBindingChangeKind.Refreshed : ServerBindingChangeKind.Added, come);
        }
    }

    /// <summary>Leaves the bindings of a user no more than that time.</summary>
    public void Shorten(string user, TimeSpan time)
    {
        foreach (var before in Of(user))
        {
            var after = before with { Until = before.Until < scheduler.Now + time ? before.Until : scheduler.Now + time };
            Unwatch(before);
            Set(user, Of(user).Replace(before, after));
            Watch(after);
            Tell(ServerBindingChangeKind.Shortened, after);
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
        Unwatch(binding);
        Set(binding.User, Of(binding.User).Remove(binding));
        Tell(ServerBindingChangeKind.Expired, binding);
    }

    private void Tell(ServerBindingChangeKind kind, ServerBinding binding)
    {
        news.Changed(kind, binding);
        _watcher?.Invoke(kind, binding);
    }

    private void Unwatch(ServerBinding binding)
    {
        if (_timers.Remove(binding, out var timer))
            timer.Dispose();
    }

    private void Set(string user, ImmutableArray<ServerBinding> bindings) =>
        _bindings = bindings.IsEmpty ? _bindings.Remove(user) : _bindings.SetItem(user, bindings);
}
