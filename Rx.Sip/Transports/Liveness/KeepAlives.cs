using System.Net;
using System.Reactive.Concurrency;
using Rx.Sip.Runtime;
using Rx.Sip.Transports.Stun;

namespace Rx.Sip.Transports.Liveness;

/// <summary>
/// Keeps flows alive, each once however many want it, with one outstanding timer for all. Inside the mailbox, but for what arrives.
/// A flow whose peer fell silent is closed for a <see cref="SilentPeerException"/>.
/// </summary>
internal sealed class KeepAlives(IScheduler scheduler, Mailbox mailbox, SipIdentifiers identifiers) : IDisposable
{
    private readonly Dictionary<Flow, FlowKeepAlive> _flows = [];
    private readonly AlarmTable _alarms = new(scheduler, mailbox);

    /// <summary>How many flows are kept alive.</summary>
    public int Count => _flows.Count;

    public SipIdentifiers Identifiers => identifiers;

    /// <summary>Keeps a flow alive until the lease is disposed or the flow is closed.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="terms">How.</param>
    /// <param name="moved">A static lambda: told with <paramref name="owner"/>, inside the mailbox, when the peer sees the flow coming from another address than before.</param>
    /// <param name="owner">Whose wish it is.</param>
    public KeepAliveLease Begin(Flow flow, KeepAliveTerms terms, Action<object> moved, object owner)
    {
        if (!_flows.TryGetValue(flow, out var keepAlive))
        {
            keepAlive = new FlowKeepAlive(flow, this);
            if (flow.IsOpen)
                _flows.Add(flow, keepAlive);
        }
        flow.IsProbed = true;
        return keepAlive.Lease(terms, moved, owner);
    }

    /// <summary>Something over the flow was not answered: asks at once whether the peer is there, if it has promised to say so.</summary>
    public void Suspect(Flow flow)
    {
        if (_flows.TryGetValue(flow, out var keepAlive))
            keepAlive.Handle(new KeepAliveEvent.Suspected());
    }

    /// <summary>The peer sees us at that address, as a response of its said.</summary>
    public void Note(Flow flow, IPEndPoint mapped)
    {
        if (_flows.TryGetValue(flow, out var keepAlive))
            keepAlive.Handle(new KeepAliveEvent.Seen(mapped));
    }

    /// <summary>A pong came. From any thread.</summary>
    public void Hear(Flow flow) => mailbox.Post(static (self, which) =>
    {
        if (((KeepAlives)self!)._flows.TryGetValue((Flow)which!, out var keepAlive))
            keepAlive.Handle(new KeepAliveEvent.Answered(null));
    }, this, flow);

    /// <summary>A STUN response came. From any thread.</summary>
    public void Hear(Flow flow, StunMessage answer) => mailbox.Post(() =>
    {
        if (_flows.TryGetValue(flow, out var keepAlive))
            keepAlive.Hear(answer);
    });

    public void Forget(Flow flow)
    {
        flow.IsProbed = false;
        if (_flows.Remove(flow, out var keepAlive))
            _alarms.Stop(keepAlive);
    }

    /// <summary>Sets the alarm of a flow, unless it is not kept alive any more.</summary>
    public void Ring(Flow flow, FlowKeepAlive keepAlive, TimeSpan after)
    {
        if (_flows.GetValueOrDefault(flow) == keepAlive)
            _alarms.Set(keepAlive, after);
    }

    public void Dispose()
    {
        _alarms.Dispose();
        _flows.Clear();
    }
}
