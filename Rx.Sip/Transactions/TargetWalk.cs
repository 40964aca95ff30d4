using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// The way through the targets of a query, one after the other, each once (RFC 3263 §4.3). A request too large for a datagram tries
/// streams first and falls back on UDP (RFC 3261 §18.1.1). Lives inside the mailbox; the resolver may answer from anywhere.
/// </summary>
internal sealed class TargetWalk(TransactionLayer layer, SipTargetQuery query, ITargetWalker walker) : IObserver<SipTargetList>, IDisposable
{
    private readonly List<SipTarget> _tried = [];
    private IReadOnlyList<SipTarget>? _datagrams;
    private IReadOnlyList<SipTarget>? _targets;
    private IDisposable? _lookUp;
    private string? _problem;
    private bool _isAnswered;

    /// <summary>Whether what is sent is too large for a datagram, and nobody asked for one.</summary>
    public bool NeedsStream { get; init; }

    /// <summary>The target to try first as long as it is one of the query's; also what is left when they can't be looked up.</summary>
    public SipTarget? Preferred { get; init; }

    /// <summary>Told what the resolver said: the targets, and how long they hold.</summary>
    public Action<IReadOnlyList<SipTarget>, TimeSpan>? Found { get; init; }

    /// <summary>Leaves out a target that has been tried already.</summary>
    public void Skip(SipTarget target) => _tried.Add(target);

    /// <summary>Tries the next target.</summary>
    public void GoOn()
    {
        if (_targets is null)
            LookUp(query);
        else
            TryNext();
    }

    public void OnNext(SipTargetList value)
    {
        if (_isAnswered)
            return;
        _isAnswered = true;
        layer.Mailbox.Post(static (walk, list) => ((TargetWalk)walk!).Take((SipTargetList)list!), this, value);
    }

    // A resolver doesn't fail; one that does knows no targets.
    public void OnError(Exception error) => OnNext(SipTargetList.None(error.Message, TimeSpan.Zero));

    public void OnCompleted() => OnNext(SipTargetList.None($"{query.Host} can't be found", TimeSpan.Zero));

    public void Dispose()
    {
        layer.Walks.Remove(this);
        _lookUp?.Dispose();
    }

    /// <summary>Waits for the resolver no longer: there are no targets.</summary>
    public void StopLookingUp()
    {
        Dispose();
        walker.GiveUp(null);
    }

    private void LookUp(SipTargetQuery what)
    {
        _isAnswered = false;
        layer.Walks.Add(this);
        try
        {
            _lookUp = layer.Resolver.Resolve(what).Subscribe(this);
        }
        catch (Exception error)
        {
            OnError(error);
        }
    }

    private void Take(SipTargetList list)
    {
        // Once for each look-up, and not behind the end.
        if (!layer.Walks.Remove(this))
            return;
        if (_datagrams is not null)
        {
            Arrange([.. list.Targets, .. _datagrams]);
            return;
        }
        var found = layer.Share(list.Targets);
        Found?.Invoke(found, list.TimeToLive);
        _problem = list.Problem;
        var targets = found.Count > 0 || Preferred is null ? found : [Preferred];
        if (!NeedsStream || query.IsSecure || !query.Supported.Contains(SipTransportType.Tcp) || targets.Any(target => target.Transport != SipTransportType.Udp))
        {
            Arrange(targets);
            return;
        }
        _datagrams = targets;
        LookUp(query.Over(SipTransportType.Tcp));
    }

    private void Arrange(IReadOnlyList<SipTarget> targets)
    {
        _targets = targets.Count < 2 ? targets : [.. TargetOrder.Arrange(targets, Preferred, NeedsStream, layer.Marks.IsMarked)];
        TryNext();
    }

    private void TryNext()
    {
        foreach (var target in _targets!)
        {
            if (_tried.Contains(target))
                continue;
            _tried.Add(target);
            walker.Try(target);
            return;
        }
        walker.GiveUp(_tried.Count == 0 ? _problem : null);
    }
}
