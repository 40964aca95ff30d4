using System.Runtime.ExceptionServices;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// All transactions of a connection manager (RFC 3261 §17): finds the one that a message belongs to, begins those that users
/// ask for, and gives new requests to the user above. Everything runs inside the manager's mailbox.
/// </summary>
internal sealed class TransactionLayer : IMessageSink, IDisposable
{
    private readonly RealTimeConnectionManager _manager;
    private readonly UriRoute _byUri;
    private readonly TrafficLimits _limits;
    private IReadOnlyList<SipTarget> _targets = [];

    public TransactionLayer(RealTimeConnectionManager manager, SipTimers timers, ITransactionUser user)
    {
        (_manager, _limits, DefaultTimers) = (manager, manager.Settings.TrafficLimits, timers);
        Guarded = new GuardedUser(user, Report);
        Timers = new TimerTable(manager.Scheduler, manager.Mailbox);
        Ongoing = new OngoingRequests(manager.Identifiers);
        Answered = new AnsweredRequests(manager.Scheduler, manager.Mailbox, timers.Timeout, Ongoing);
        Marks = new TargetMarks(manager.Scheduler);
        Throttle = new ConnectionThrottle(manager);
        Clients = new ClientTable(Throttle);
        _byUri = new UriRoute(this);
        Overload = manager.Settings.OverloadControl != OverloadControlOffer.None ? new OverloadControl(manager.Scheduler, manager.Mailbox, manager.Identifiers, manager.Meter) : null;
        manager.Sink = this;
    }

    /// <summary>Transactions that are not over yet.</summary>
    public int ActiveTransactions => Clients.Count + Servers.Count + Answered.Count;

    /// <summary>Timers that are pending, Timer J of those that only linger included.</summary>
    public int PendingTimers => Timers.Count + Answered.Count;

    /// <summary>The timers of server transactions, and of whoever has none of his own.</summary>
    internal SipTimers DefaultTimers { get; }

    /// <summary>What stands above.</summary>
    internal ITransactionUser User => Guarded.Inner;

    /// <summary>The same, kept from doing harm by what it throws.</summary>
    internal GuardedUser Guarded { get; }

    /// <summary>Sends servers no more than they ask for; null when that is not offered.</summary>
    internal OverloadControl? Overload { get; }

    /// <summary>Holds back requests to peers that let too many wait.</summary>
    internal ConnectionThrottle Throttle { get; }

    /// <summary>Tells requests that come several ways.</summary>
    internal OngoingRequests Ongoing { get; }

    internal TimerTable Timers { get; }

    internal ClientTable Clients { get; }

    internal ServerTable Servers { get; } = new();

    internal AnsweredRequests Answered { get; }

    internal Mailbox Mailbox => _manager.Mailbox;

    internal SipIdentifiers Identifiers => _manager.Identifiers;

    internal ISipResolver Resolver => _manager.Resolver;

    internal IReadOnlyList<SipTransportType> Transports => _manager.Transports;

    internal DateTimeOffset Now => _manager.Scheduler.Now;

    /// <summary>The walks that wait for the resolver.</summary>
    internal HashSet<TargetWalk> Walks { get; } = [];

    /// <summary>The targets as they were found last, if they are the same again: very many who go the same way need not each keep a list.</summary>
    internal IReadOnlyList<SipTarget> Share(IReadOnlyList<SipTarget> targets) => targets.SequenceEqual(_targets) ? _targets : _targets = targets;

    /// <summary>The targets that failed lately.</summary>
    internal TargetMarks Marks { get; }

    internal bool IsDisposed { get; private set; }

    /// <summary>A client whose requests go to <paramref name="nextHop"/>; null: to where each request's Route or Request-URI says.</summary>
    public IRequestClient To(SipTarget? nextHop) => To(nextHop, DefaultTimers);

    /// <summary>The same, with timers of its own.</summary>
    public IRequestClient To(SipTarget? nextHop, SipTimers timers) => new LayerClient(this, nextHop, nextHop is null ? _byUri : null, timers);

    /// <summary>Ends every transaction: who waits for a response gets a local 503. Stops every timer.</summary>
    public void Dispose() => Mailbox.Post(static (layer, _) => ((TransactionLayer)layer!).Close(), this, null);

    void IMessageSink.OnRequest(Flow flow, SipRequest request)
    {
        if (request.Method == SipMethod.Ack)
            OnAck(flow, request);
        else
            OnRequest(flow, request, ServerKey.Of(request, request.Method, stackalloc byte[ServerKey.Room]));
    }

    // RFC 3261 §8.1.3.3: what has more Vias than its request was led astray, or made up.
    void IMessageSink.OnResponse(Flow flow, SipResponse response)
    {
        if (!ViaSyntax.TryReadTop(response.Frame, out var via) || Clients.Find(response, via) is not { } client)
            return;
        if (ViaSyntax.Count(response.Frame) > client.Vias)
        {
            _manager.Meter.Misrouted();
            return;
        }
        Overload?.Hear(client.Flow.RemoteEndPoint, via);
        client.Handle(TransactionEvent.Of(response));
    }

    void IMessageSink.OnFlowClosed(Flow flow, Exception? error) => ClientTable.Fail(flow);

    /// <summary>Makes a client transaction; it begins with its first event.</summary>
    internal ClientDriver Begin(SipRequest request, SipTarget target, PendingRequest owner)
    {
        var flow = _manager.FlowTo(target);
        var key = new ClientKey(Identifiers.Next(), IsCancel: false);
        var sent = OutgoingVia.Add(request, flow, key.Branch, _manager.Settings.OverloadControl);
        ClientDriver client = request.Method == SipMethod.Invite
            ? new MachineClient<InviteClient>(this, flow, key, sent, owner, new InviteClient(flow.IsReliable, owner.Timers))
            : new MachineClient<NonInviteClient>(this, flow, key, sent, owner, new NonInviteClient(flow.IsReliable, owner.Timers));
        Clients.Add(client);
        return client;
    }

    /// <summary>Sends the CANCEL of a transaction in one of its own, whose outcome nobody waits for.</summary>
    internal void Cancel(ClientDriver invite, SipRequest cancel)
    {
        var client = new MachineClient<NonInviteClient>(
            this, invite.Flow, invite.Key with { IsCancel = true }, cancel, null, new NonInviteClient(invite.Flow.IsReliable, DefaultTimers));
        Clients.Add(client);
        client.Handle(new TransactionEvent(TransactionEventKind.Started));
    }

    /// <summary>Sends a request that is no transaction: the ACK to a 2xx.</summary>
    internal void SendAlone(SipRequest request, SipTarget target)
    {
        var flow = _manager.FlowTo(target);
        flow.Send(OutgoingVia.Add(request, flow, Identifiers.Next(), _manager.Settings.OverloadControl));
    }

    /// <summary>Tells the manager of what an observer or user threw, without being stopped by it.</summary>
    internal void Report(Exception error) => Mailbox.Post(static (thrown, _) => ExceptionDispatchInfo.Throw((Exception)thrown!), error, null);

    private void OnAck(Flow flow, SipRequest ack)
    {
        if (Servers.Find(ack, SipMethod.Invite) is { } invite)
            invite.Handle(TransactionEvent.Acknowledgement(ack));
        else
            Guarded.OnAck(flow, ack);
    }

    private void OnRequest(Flow flow, SipRequest request, ReadOnlySpan<byte> key)
    {
        if (Servers.Find(key) is { } known)
            known.HearAgain(flow, request);
        else if (Answered.TryRepeat(key, flow, request))
            return;
        else if (Servers.Count + Answered.Count >= _limits.MaxServerTransactions)
            _manager.Reception.Refusals.Overload(flow, request, TrafficLimit.MaxServerTransactions);
        else if (Answered.Octets >= _limits.MaxAnsweredOctets)
            _manager.Reception.Refusals.Overload(flow, request, TrafficLimit.MaxAnsweredOctets);
        else if (request.Method == SipMethod.Cancel)
            OnCancel(Begin(flow, request, key));
        else
            Guarded.OnRequest(Begin(flow, request, key));
    }

    private ServerTransaction Begin(Flow flow, SipRequest request, ReadOnlySpan<byte> key)
    {
        ServerDriver server = request.Method == SipMethod.Invite
            ? new MachineServer<InviteServer>(this, flow, key.ToArray(), new InviteServer(flow.IsReliable, DefaultTimers))
            : new MachineServer<NonInviteServer>(this, flow, key.ToArray(), new NonInviteServer(flow.IsReliable, DefaultTimers));
        Servers.Add(server);
        return server.Begin(request);
    }

    // RFC 3261 §9.2: the CANCEL is answered with the tag of the INVITE, and does nothing to an INVITE that has its final response.
    private void OnCancel(ServerTransaction cancel)
    {
        var invite = Servers.Find(cancel.Request, SipMethod.Invite);
        var status = invite is null ? SipStatus.CallOrTransactionDoesNotExist : SipStatus.Ok;
        cancel.Respond(SipResponse.For(cancel.Request, status, null, (invite?.Open ?? cancel).LocalTag));
        if (invite?.Open is { IsAnswered: false } open)
            Guarded.OnCancel(open, cancel);
    }

    private void Close()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        foreach (var walk in Walks.ToArray())
            walk.StopLookingUp();
        Clients.Clear();
        Servers.Clear();
        Answered.Dispose();
        Ongoing.Clear();
        Overload?.Dispose();
        Timers.Dispose();
        if (_manager.Sink == this)
            _manager.Sink = null;
    }
}
