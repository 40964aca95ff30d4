using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Transports;
using Rx.Sip.Transports.Liveness;

namespace Rx.Sip;

/// <summary>
/// The connections of a registration over one flow. The one that carries the binding is held open, kept alive and watched until another one
/// carries it; one that is only being tried takes nothing from it. Lives in the protocol mailbox.
/// </summary>
internal sealed class RegistrarAccess : IRegistrarAccess, IDisposable
{
    private readonly RegistrationKeeper _keeper;
    private readonly OutboundFlow _owner;
    private Flow? _tried;
    private Flow? _settled;
    private IDisposable? _trial;
    private IDisposable? _hold;
    private KeepAliveLease? _keepAlive;
    private bool _isDisposed;

    public RegistrarAccess(RegistrationKeeper keeper, OutboundFlow owner)
    {
        (_keeper, _owner) = (keeper, owner);
        owner.Server.Access = this;
    }

    private RealTimeConnectionManager Manager => _keeper.Core.Directory.Manager;

    private ServerClient Server => _owner.Server;

    public bool Accepts(SipUri elsewhere) => Server.Home.At(elsewhere) is not null;

    public IObservable<RegistrarFlow?> Connect(SipUri? elsewhere)
    {
        Server.TurnTo(elsewhere is null ? Server.Home : Server.Home.At(elsewhere) ?? Server.Home);
        return Server.Connect().Do(Try).Select(Describe);
    }

    public bool TryLeave() => _tried is { } flow && Server.Leave(flow);

    public RegistrationFailure? Admit(SipResponse success) => _keeper.Admit(_owner.Client, success);

    public void Settle()
    {
        if (_tried is not { } flow || flow == _settled)
            return;
        LetGo();
        _settled = flow;
        _hold = flow.Hold();
        _keepAlive = Manager.KeepAlives.Begin(flow, KeepAliveTerms.Default(flow.IsReliable), static access => ((RegistrarAccess)access)._owner.Evict(null), this);
        EndTrial();
    }

    /// <summary>The registrar has said how the flow is to be kept alive.</summary>
    public void Agree(BindingTerms terms)
    {
        _keeper.Core.Directory.Shared.Terms = terms;
        if (_settled is not { } flow || _keepAlive is not { } keepAlive)
            return;
        keepAlive.Terms = terms.AnswersKeepAlives ? KeepAliveTerms.Agreed(flow.IsReliable, terms.FlowTimer) : KeepAliveTerms.Default(flow.IsReliable);
        if (terms.SeenAs is { } mapped && !flow.IsReliable)
            Manager.KeepAlives.Note(flow, mapped);
    }

    /// <summary>Something was not answered: asks the peer whether it is there, if it has promised to say so.</summary>
    public void Suspect()
    {
        if (_settled is { } flow)
            Manager.KeepAlives.Suspect(flow);
    }

    /// <summary>A connection is gone; the registration is told if it was its own.</summary>
    public void Lose(FlowClosed closed)
    {
        // Over UDP the errors of single datagrams are told as well: they are those of the requests, which tell them themselves.
        if (closed.Flow == _settled && (closed.Flow.IsReliable || closed.Error is SilentPeerException))
            _owner.Lose(closed.Error);
    }

    /// <summary>Lets go of all connections; others may be made later.</summary>
    public void Release()
    {
        _tried = null;
        EndTrial();
        LetGo();
    }

    public void Dispose()
    {
        _isDisposed = true;
        Release();
    }

    private void Try(Flow? flow)
    {
        _tried = flow;
        EndTrial();
        if (flow is not null && flow != _settled && !_isDisposed)
            _trial = flow.Hold();
    }

    private RegistrarFlow? Describe(Flow? flow)
    {
        if (flow is null)
            return null;
        var (identity, directory) = (_keeper.Core.Identity, _keeper.Core.Directory);
        var contact = new NameAddress(identity.Contact(directory.Flows.Local(flow)));
        return new RegistrarFlow(_keeper.Mark(contact, _owner.RegId), directory.Flows.Remote(flow)) { Terms = directory.Shared.Terms };
    }

    private void EndTrial()
    {
        _trial?.Dispose();
        _trial = null;
    }

    private void LetGo()
    {
        _hold?.Dispose();
        _keepAlive?.Dispose();
        (_settled, _hold, _keepAlive) = (null, null, null);
    }
}
