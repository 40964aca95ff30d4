using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// The way through the targets of a query, one after the other, each once (RFC 3263 §4.3). A request too large for a datagram tries
/// streams first and falls back on UDP (RFC 3261 §18.1.1). Lives inside the mailbox; the resolver may answer from anywhere.
/// </summary>
internal sealed class TargetWalk(TransactionLayer layer, SipTargetQuery query, ITargetWalker walker) : IDisposable
{
    private readonly HashSet<SipTarget> _tried = [];
    private readonly SerialDisposable _lookUp = new();
    private IReadOnlyList<SipTarget>? _targets;

    /// <summary>Whether what is sent is too large for a datagram, and nobody asked for one.</summary>
    public bool NeedsStream { get; init; }

    /// <summary>The target to try first as long as it is one of the query's; also what is left when they can't be looked up.</summary>
    public SipTarget? Preferred { get; init; }

    /// <summary>Told what the resolver said.</summary>
    public Action<SipTargetList> Found { get; init; } = static _ => { };

    /// <summary>Leaves out a target that has been tried already.</summary>
    public void Skip(SipTarget target) => _tried.Add(target);

    /// <summary>Tries the next target.</summary>
    public void GoOn()
    {
        if (_targets is null)
            LookUp(query, Take);
        else
            TryNext(null);
    }

    public void Dispose() => _lookUp.Dispose();

    private void Take(SipTargetList list)
    {
        Found(list);
        var targets = list.Targets.Count > 0 || Preferred is null ? list.Targets : [Preferred];
        if (NeedsStream && targets.All(target => target.Transport == SipTransportType.Udp) && query.Supported.Contains(SipTransportType.Tcp) && !query.IsSecure)
            LookUp(query.Over(SipTransportType.Tcp), streams => Take(streams.Targets.Concat(targets), list.Problem));
        else
            Take(targets, list.Problem);
    }

    private void Take(IEnumerable<SipTarget> targets, string? problem)
    {
        _targets = [.. TargetOrder.Arrange(targets, Preferred, NeedsStream, layer.Marks.IsMarked)];
        TryNext(problem);
    }

    private void TryNext(string? problem)
    {
        foreach (var target in _targets!)
            if (_tried.Add(target))
            {
                walker.Try(target);
                return;
            }
        walker.GiveUp(problem);
    }

    private void LookUp(SipTargetQuery what, Action<SipTargetList> take)
    {
        var lookUp = new SingleAssignmentDisposable();
        _lookUp.Disposable = lookUp;
        // A resolver doesn't fail; one that does knows no targets.
        lookUp.Disposable = layer.Resolver.Resolve(what)
            .Catch((Exception error) => Observable.Return(SipTargetList.None(error.Message, TimeSpan.Zero)))
            .Append(SipTargetList.None($"{what.Host} can't be found", TimeSpan.Zero))
            .Take(1)
            .Subscribe(list => layer.Mailbox.Post(() =>
            {
                if (!lookUp.IsDisposed || _lookUp.Disposable == lookUp)
                    take(list);
            }));
    }
}
