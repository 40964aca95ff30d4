using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// Looks up where a request goes and tries the targets one after the other (RFC 3263 §4.3). A request too large for a datagram
/// tries TCP first and falls back on UDP (RFC 3261 §18.1.1).
/// </summary>
internal sealed class TargetWalk(TransactionLayer layer, PendingRequest pending) : IObserver<IReadOnlyList<SipTarget>>, IDisposable
{
    private readonly NextHop? _hop = NextHop.Of(pending.Request);
    private readonly Queue<SipTransportType> _transports = new(2);
    private IReadOnlyList<SipTarget> _targets = [];
    private int _tried;
    private IDisposable? _lookUp;
    private bool _answered;

    public bool HasTarget => _tried < _targets.Count;

    public void Start()
    {
        if (_hop is { } hop)
        {
            if (hop.NeedsStream(pending.Request))
                _transports.Enqueue(SipTransportType.Tcp);
            _transports.Enqueue(hop.Transport);
        }
        GoOn();
    }

    /// <summary>Tries the next target, or looks up more; false when there are none.</summary>
    public bool TryNext()
    {
        if (!HasTarget)
            return _transports.TryDequeue(out var transport) && LookUp(_hop!.Value, transport);
        pending.SendTo(_targets[_tried++]);
        return true;
    }

    public void OnNext(IReadOnlyList<SipTarget> value)
    {
        if (_answered)
            return;
        _answered = true;
        layer.Mailbox.Post(static (walk, targets) => ((TargetWalk)walk!).Take((IReadOnlyList<SipTarget>)targets!), this, value);
    }

    // A resolver doesn't fail; one that does knows no targets.
    public void OnError(Exception error) => OnNext([]);

    public void OnCompleted() => OnNext([]);

    public void Dispose() => _lookUp?.Dispose();

    private bool LookUp(in NextHop hop, SipTransportType transport)
    {
        _answered = false;
        _lookUp = layer.Resolver.Resolve(hop.Host, hop.Port, transport).Subscribe(this);
        return true;
    }

    private void Take(IReadOnlyList<SipTarget> targets)
    {
        if (pending.IsDisposed)
            return;
        (_targets, _tried) = (targets, 0);
        GoOn();
    }

    private void GoOn()
    {
        if (!TryNext())
            pending.Conclude(Messages.SipStatus.ServiceUnavailable);
    }
}
