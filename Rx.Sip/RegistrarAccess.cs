using System.Net;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>
/// The flows of a registration. The one that carries the binding is held open, kept alive and watched until another one carries it;
/// a flow that is only being tried takes nothing from it.
/// </summary>
internal sealed class RegistrarAccess(EndpointCore core, ServerClient server) : IRegistrarAccess, IDisposable
{
    // RFC 5626 §4.4.1: a connection that is silent for two minutes may be taken for dead by servers and by what lies between.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(120);
    private static readonly byte[] Ping = "\r\n\r\n"u8.ToArray();

    private readonly SerialDisposable _trial = new();
    private readonly SerialDisposable _care = new();
    private volatile Flow? _tried;
    private volatile Flow? _settled;

    private RealTimeConnectionManager Manager => core.Directory.Manager;

    /// <summary>Hot: the flow that carries the binding is gone; what the system said about it, null when it was closed in order. Speaks in the protocol mailbox.</summary>
    public IObservable<Exception?> FlowLost =>
        Manager.FlowsClosed.Where(closed => closed.Flow == _settled && closed.Flow.IsReliable).Select(closed => closed.Error);

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
        _care.Disposable = new CompositeDisposable(flow.Hold(), KeepAlive(flow));
        _trial.Disposable = null;
    }

    /// <summary>Lets go of all flows; others may be connected to later.</summary>
    public void Release()
    {
        (_tried, _settled) = (null, null);
        _trial.Disposable = null;
        _care.Disposable = null;
    }

    public void Dispose()
    {
        _trial.Dispose();
        _care.Dispose();
    }

    private void Try(Flow? flow)
    {
        _tried = flow;
        _trial.Disposable = flow is null || flow == _settled ? null : flow.Hold();
    }

    private IDisposable KeepAlive(Flow flow)
    {
        if (!flow.IsReliable)
            return Disposable.Empty;
        return Observable.Interval(LongestSilence * (0.8 + Manager.Identifiers.Fraction() / 5), Manager.Scheduler)
            .Where(_ => flow.IsOpen)
            .Subscribe(_ => flow.SendOctets(Ping));
    }

    private NameAddress ContactOver(Flow flow) => new(core.Identity.Contact(flow.SentBy, flow.Transport));

    // A zone is known to this host alone and has no place in a URI.
    private static SipUri ServerBehind(Flow flow) =>
        SipUri.Parse($"sip:{new IPEndPoint(new IPAddress(flow.RemoteEndPoint.Address.GetAddressBytes()), flow.RemoteEndPoint.Port)}")
            .WithParameter("transport", EndpointIdentity.NameOf(flow.Transport));
}
