using System.Collections.Immutable;
using System.Net;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transactions;

/// <summary>
/// Sends servers no more than they ask for (RFC 7339, RFC 7415): hears what they say in responses, keeps it for as long as they say,
/// and decides about each request. Costs nothing while no server asks for less. Used in the protocol mailbox.
/// </summary>
internal sealed class OverloadControl(IScheduler scheduler, Mailbox mailbox, SipIdentifiers identifiers, TrafficMeter meter) : IDisposable
{
    // Far more than anybody has; a word from one more is not kept.
    private const int MaxServers = 10_000;

    private readonly Dictionary<IPEndPoint, OverloadedPeer> _servers = [];
    private readonly IStopwatch _stopwatch = scheduler.StartStopwatch();
    private readonly SerialDisposable _wakeUp = new();
    private OverloadState _state = OverloadState.None;
    private TimeSpan _wakeAt = TimeSpan.MaxValue;

    /// <summary>Servers whose word is kept, those included that have just asked for no less any more.</summary>
    public int Count => _servers.Count;

    /// <summary>Which servers ask for less.</summary>
    public OverloadState State => Volatile.Read(ref _state);

    /// <summary>Told of every change of <see cref="State"/>, in the mailbox.</summary>
    public Action<OverloadState> Changed { get; set; } = static _ => { };

    /// <summary>Whether a request may be sent to a server now; if so it counts as sent.</summary>
    public bool Admits(IPEndPoint server, SipRequest request)
    {
        if (_servers.Count == 0 || Find(server) is not { Gate: { } gate } peer || peer.Until <= _stopwatch.Elapsed)
            return true;
        if (RequestPreference.IsExempt(request.Method))
        {
            gate.Pass(_stopwatch.Elapsed);
            return true;
        }
        if (gate.Admits(_stopwatch.Elapsed, RequestPreference.Of(request), identifiers.Fraction()))
            return true;
        meter.HeldBack();
        return false;
    }

    /// <summary>Looks at the topmost Via of a response of a server.</summary>
    public void Hear(IPEndPoint server, in ViaSyntax via)
    {
        if (!OverloadFeedback.TryRead(via, out var feedback))
            return;
        var known = Find(server);
        if (known is null ? feedback.IsCalm || _servers.Count >= MaxServers : !known.IsNews(feedback.Sequence))
            return;
        var now = _stopwatch.Elapsed;
        var peer = known ?? (_servers[Plain(server)] = new OverloadedPeer());
        if (peer.Take(feedback, now, identifiers.Fraction()))
            Tell();
        if (peer.Until < _wakeAt)
            Set(peer.Until, now);
    }

    /// <summary>Forgets everything and stops the clock.</summary>
    public void Dispose()
    {
        _servers.Clear();
        _wakeUp.Dispose();
    }

    private OverloadedPeer? Find(IPEndPoint server) => _servers.GetValueOrDefault(Plain(server));

    private static IPEndPoint Plain(IPEndPoint server) =>
        server.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(server.Address.MapToIPv4(), server.Port) : server;

    private void Wake()
    {
        if (_wakeUp.IsDisposed)
            return;
        var now = _stopwatch.Elapsed;
        _wakeAt = TimeSpan.MaxValue;
        var next = TimeSpan.MaxValue;
        foreach (var (server, peer) in _servers)
            if (peer.Until <= now)
                _servers.Remove(server);
            else
                next = peer.Until < next ? peer.Until : next;
        if (_servers.Count > 0)
            Set(next, now);
        Tell();
    }

    // One clock for all. It rings when the first word would have run out; a word that was given again meanwhile costs nothing before.
    private void Set(TimeSpan at, TimeSpan now)
    {
        _wakeAt = at;
        _wakeUp.Disposable = scheduler.Schedule(this, at - now, static (_, self) =>
        {
            self.Post();
            return Disposable.Empty;
        });
    }

    private void Post() => mailbox.Post(static (self, _) => ((OverloadControl)self!).Wake(), this, null);

    private void Tell()
    {
        var state = new OverloadState(
            [.. _servers.Where(one => one.Value.Gate is not null)
                .Select(one => new OverloadedServer(one.Key, one.Value.Algorithm, one.Value.Gate!.Value))
                .OrderBy(one => one.Server.ToString(), StringComparer.Ordinal)]);
        if (state.Equals(_state))
            return;
        Volatile.Write(ref _state, state);
        Changed(state);
    }
}
