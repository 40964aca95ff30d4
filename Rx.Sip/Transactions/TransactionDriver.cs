using Rx.Sip.Runtime;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// Does what a machine asks for: sends, starts timers, tells users. It lives inside the mailbox and is its own timer, since all
/// timers but those of retransmission run one at a time.
/// </summary>
internal abstract class TransactionDriver(TransactionLayer layer, Flow flow) : TimerEntry
{
    private Retransmission? _retransmission;
    private TimerId _timer;

    public Flow Flow { get; protected set; } = flow;

    protected TransactionLayer Layer => layer;

    /// <summary>Gives an event to the machine and does what it answers.</summary>
    public abstract void Handle(TransactionEvent input);

    internal sealed override void Fire() => Handle(TransactionEvent.Fired(_timer));

    protected void Start(TimerId timer, TimeSpan after)
    {
        if (timer is TimerId.A or TimerId.E or TimerId.G)
        {
            layer.Timers.Start(_retransmission ??= new Retransmission(this, timer), after);
            return;
        }
        _timer = timer;
        layer.Timers.Start(this, after);
    }

    protected void StopTimers()
    {
        layer.Timers.Stop(this);
        if (_retransmission is null)
            return;
        layer.Timers.Stop(_retransmission);
        _retransmission = null;
    }

    private sealed class Retransmission(TransactionDriver owner, TimerId timer) : TimerEntry
    {
        internal override void Fire() => owner.Handle(TransactionEvent.Fired(timer));
    }
}
