using Rx.Sip.Runtime;
using Rx.Sip.Transports.Stun;

namespace Rx.Sip.Transports.Liveness;

/// <summary>The one driver of a flow's keep-alive, shared by all who want the flow alive. Inside the mailbox only.</summary>
internal sealed class FlowKeepAlive(Flow flow, KeepAlives owner) : Alarm
{
    private static readonly byte[] Ping = "\r\n\r\n"u8.ToArray();

    private readonly KeepAliveWishes _wishes = new();
    private KeepAliveMachine _machine = new(flow.IsReliable);
    private bool _hasBegun;
    private StunId _id;

    public KeepAliveLease Lease(KeepAliveTerms terms, Action<object> moved, object owner)
    {
        var lease = new KeepAliveLease(this, terms, moved, owner);
        _wishes.Add(lease);
        Review();
        return lease;
    }

    /// <summary>One wishes for other terms than before.</summary>
    public void Change(KeepAliveLease lease, KeepAliveTerms before)
    {
        if (!lease.Holds)
            return;
        _wishes.Change(lease, before);
        Review();
    }

    public void Leave(KeepAliveLease lease)
    {
        if (!_wishes.Remove(lease))
            return;
        if (_wishes.IsEmpty)
            owner.Forget(flow);
        else
            Review();
    }

    public void Hear(StunMessage answer)
    {
        if (answer.Id != _id)
            return;
        if (answer is { Kind: StunKind.Success, Unknown: null, Mapped: { } mapped })
            Handle(new KeepAliveEvent.Answered(mapped));
        else
            Handle(new KeepAliveEvent.Refused());
    }

    public void Handle(KeepAliveEvent input)
    {
        var step = _machine.On(input, owner.Identifiers.Fraction());
        _machine = step.Next;
        foreach (ref readonly var effect in step.Effects.AsSpan())
            Perform(effect);
    }

    internal override void Ring() => Handle(new KeepAliveEvent.Rang());

    private void Review()
    {
        var terms = _wishes.Together;
        if (_hasBegun && terms == _machine.Terms)
            return;
        _hasBegun = true;
        Handle(new KeepAliveEvent.Agreed(terms));
    }

    private void Perform(in KeepAliveEffect effect)
    {
        switch (effect.Kind)
        {
            case KeepAliveEffectKind.Probe:
                _id = new StunId(owner.Identifiers.Next(), (uint)owner.Identifiers.Next());
                Send();
                break;
            case KeepAliveEffectKind.Repeat:
                Send();
                break;
            case KeepAliveEffectKind.Ring:
                owner.Ring(flow, this, effect.After);
                break;
            case KeepAliveEffectKind.Move:
                _wishes.TellAll();
                break;
            case KeepAliveEffectKind.Fail:
                flow.Close(new SilentPeerException());
                break;
        }
    }

    private void Send() => flow.SendOctets(flow.IsReliable ? Ping : StunMessage.Request(_id));
}
