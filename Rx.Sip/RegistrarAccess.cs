using System.Net;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Runtime;
using Rx.Sip.Transports;
using Rx.Sip.Transports.Liveness;

namespace Rx.Sip;

/// <summary>
/// The flows of a registration. The one that carries the binding is held open, kept alive and watched until another one carries it;
/// a flow that is only being tried takes nothing from it.
/// </summary>
internal sealed class RegistrarAccess(EndpointCore core, ServerClient server, Func<NameAddress, NameAddress> mark) : IRegistrarAccess, IDisposable
{
    private readonly SerialDisposable _trial = new();
    private readonly SerialDisposable _care = new();
    private volatile Flow? _tried;
    private volatile Flow? _settled;
    private readonly HotStream<Eviction?> _outdated = new();
    private KeepAliveLease? _keepAlive;

    private RealTimeConnectionManager Manager => core.Directory.Manager;

    /// <summary>Hot: the flow that carries the binding is gone; what the system said about it, null when it was closed in order. Speaks in the protocol mailbox.</summary>
    public IObservable<Exception?> FlowLost =>
        Manager.FlowsClosed.Where(closed => closed.Flow == _settled && IsFailure(closed)).Select(closed => closed.Error);

    /// <summary>Hot: the registrar has taken our binding away, or, null, the server sees us at a new address. Speaks in the protocol mailbox.</summary>
    public IObservable<Eviction?> Outdated => _outdated;

    public bool Accepts(SipUri elsewhere) => server.Home.At(elsewhere) is not null;

    public IObservable<RegistrarFlow?> Connect(SipUri? elsewhere) => Observable.Defer(() =>
    {
        server.TurnTo(elsewhere is null ? server.Home : server.Home.At(elsewhere) ?? server.Home);
        return server.Connect().Do(Try).Select(flow => flow is null ? null : new RegistrarFlow(ContactOver(flow), ServerBehind(flow)));
    });

    public bool TryLeave() => _tried is { } flow && server.Leave(flow);

    public void Settle()
    {
        if (_tried is not { } flow || flow == _settled)
            return;
        _settled = flow;
        _keepAlive = Manager.KeepAlives.Begin(flow, KeepAliveTerms.Default(flow.IsReliable), static access => ((RegistrarAccess)access)._outdated.OnNext(null), this);
        _care.Disposable = new CompositeDisposable(flow.Hold(), _keepAlive);
        _trial.Disposable = null;
    }

    /// <summary>The registrar has said how the flow is to be kept alive.</summary>
    public void Agree(BindingTerms terms)
    {
        if (_settled is not { } flow || _keepAlive is not { } keepAlive)
            return;
        keepAlive.Terms = terms.AnswersKeepAlives ? KeepAliveTerms.Agreed(flow.IsReliable, terms.FlowTimer) : KeepAliveTerms.Default(flow.IsReliable);
        if (terms.SeenAs is { } mapped && !flow.IsReliable)
            Manager.KeepAlives.Note(flow, mapped);
    }

    /// <summary>The registrar has said that the binding is gone; null: that it has to be registered again soon.</summary>
    public void Evict(Eviction? eviction) => _outdated.OnNext(eviction);

    /// <summary>Something was not answered: asks the peer whether it is there, if it has promised to say so.</summary>
    public void Suspect()
    {
        if (_settled is { } flow)
            Manager.KeepAlives.Suspect(flow);
    }

    /// <summary>Lets go of all flows; others may be connected to later.</summary>
    public void Release()
    {
        (_tried, _settled, _keepAlive) = (null, null, null);
        _trial.Disposable = null;
        _care.Disposable = null;
    }

    public void Dispose()
    {
        _trial.Dispose();
        _care.Dispose();
    }

    // Over UDP the errors of single datagrams are told as well: they are those of the requests, which tell them themselves.
    private static bool IsFailure(FlowClosed closed) => closed.Flow.IsReliable || closed.Error is SilentPeerException;

    private void Try(Flow? flow)
    {
        _tried = flow;
        _trial.Disposable = flow is null || flow == _settled ? null : flow.Hold();
    }

    private NameAddress ContactOver(Flow flow) => mark(new NameAddress(core.Identity.Contact(flow.SentBy, flow.Transport)));

    // A zone is known to this host alone and has no place in a URI.
    private static SipUri ServerBehind(Flow flow) =>
        SipUri.Parse($"sip:{new IPEndPoint(new IPAddress(flow.RemoteEndPoint.Address.GetAddressBytes()), flow.RemoteEndPoint.Port)}")
            .WithParameter("transport", EndpointIdentity.NameOf(flow.Transport));
}
