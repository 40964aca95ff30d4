using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// Requests go to one server, whatever they say. The target that worked is kept to, so that all that an endpoint sends goes the same way:
/// where it registered, until it registers anew, else as long as the name's records hold; and no longer than it works.
/// </summary>
internal sealed class ServerRoute(TransactionLayer layer, SipTargetQuery query) : ITargetRoute
{
    // Those that failed since one worked, or since all had failed.
    private HashSet<SipTarget>? _left;
    private IReadOnlyList<SipTarget> _targets = [];
    private DateTimeOffset _until;
    private SipTarget? _kept;
    private bool _isAnchored;

    public SipTarget? Settled(SipRequest request) => _kept is { } kept && (
        IsRegistration(request)
        || (!NeedsStream(request) && (_isAnchored || layer.Now < _until) && !layer.Marks.IsMarked(kept)))
            ? kept
            : null;

    // A registration's Contact names the flow it goes over: over another it is another registration, which its owner begins.
    public bool GoesOn(SipRequest request) => !IsRegistration(request);

    public TargetWalk Walk(SipRequest request, ITargetWalker walker) => Walk(walker, NeedsStream(request));

    TargetWalk? ITargetRoute.Walk(SipRequest request, ITargetWalker walker) => Walk(request, walker);

    /// <summary>The way through the targets, looked up anew, for who wants to connect; without those that were left.</summary>
    public TargetWalk Connect(ITargetWalker walker)
    {
        var walk = Walk(walker, needsStream: false);
        foreach (var target in _left ?? [])
            walk.Skip(target);
        return walk;
    }

    /// <summary>The target has answered. A detour over TCP changes nothing: the next request comes back to UDP.</summary>
    public void Worked(SipTarget target)
    {
        if (query.Transport is not null && target.Transport != query.Transport)
            return;
        _kept = target;
        BeginAnew();
    }

    /// <summary>Who registers is connected to that target: everything goes there until he connects anew.</summary>
    public void Anchor(SipTarget target) => (_kept, _isAnchored) = (target, true);

    /// <summary>
    /// The flow has broken: if it led to the current target, others are tried before it. It worked, so it is not left: where all others fail too
    /// it is the one to come back to.
    /// </summary>
    public void Lose(Flow flow)
    {
        if (_kept is { } target && LeadsTo(flow, target))
            layer.Marks.Fail(target, null);
    }

    /// <summary>Leaves the target if it is the current one and the flow leads there: see <see cref="Leave(SipTarget)"/>.</summary>
    public bool Leave(Flow flow)
    {
        if (_kept is { } target && LeadsTo(flow, target))
            return Leave(target);
        return HasAnother;
    }

    /// <summary>Leaves a target that failed. Whether there is another one; if not, all of them may be tried again.</summary>
    public bool Leave(SipTarget target)
    {
        layer.Marks.Fail(target, null);
        (_left ??= []).Add(target);
        if (HasAnother)
            return true;
        BeginAnew();
        return false;
    }

    /// <summary>All targets may be tried again.</summary>
    public void BeginAnew() => _left = null;

    private bool HasAnother => _targets.Any(target => _left?.Contains(target) != true);

    private TargetWalk Walk(ITargetWalker walker, bool needsStream) =>
        new(layer, query, walker) { NeedsStream = needsStream, Preferred = _kept, Found = Learn };

    private void Learn(IReadOnlyList<SipTarget> targets, TimeSpan timeToLive)
    {
        // Who can't find the way now may still know it: what works is given up for something better only.
        if (targets.Count > 0)
            _targets = targets;
        _until = timeToLive < DateTimeOffset.MaxValue - layer.Now ? layer.Now + timeToLive : DateTimeOffset.MaxValue;
    }

    private bool NeedsStream(SipRequest request) => query.Transport == SipTransportType.Udp && NextHop.NeedsStream(request);

    private static bool LeadsTo(Flow flow, SipTarget target) => target.Transport == flow.Transport && target.EndPoint.Equals(flow.RemoteEndPoint);

    private static bool IsRegistration(SipRequest request) => request.Method == SipMethod.Register;
}
