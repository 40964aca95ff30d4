using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Diagnostics;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Runtime;
using Rx.Sip.Transactions;

namespace Rx.Sip;

/// <summary>What every endpoint is made of: its mailbox, its streams, its way out. The public types are shells around it.</summary>
internal sealed class EndpointCore
{
    /// <summary>From so many messages that wait for observers on, new requests are refused with 503 until half are done.</summary>
    private const int MaxWaiting = 10_000;

    private static readonly EndpointState AtFirst = new EndpointState.Idle(null);

    private readonly ThrottledClient _client;
    private readonly AutoRespond _autoRespond;
    private volatile bool _takesNothing;
    private volatile bool _isOver;
    // Made when somebody looks or sends: few do, and there may be very many endpoints.
    private HotStream<IncomingMessage>? _messages;
    private HotStream<IncomingRequest>? _requests;
    private MessageWriter? _writer;
    private LatestStream<ThrottleState>? _throttling;

    public EndpointCore(EndpointDirectory directory, EndpointIdentity identity, ThrottledClient client, AutoRespond autoRespond)
    {
        (Directory, Identity, _autoRespond) = (directory, identity, autoRespond);
        Mailbox = new ObserverMailbox(directory.Manager.Scheduler, static (core, error) => ((EndpointCore)core).Report(error), this, MaxWaiting);
        States = new LatestStream<EndpointState>(AtFirst, Mailbox);
        Number = directory.NextNumber();
        _client = client;
        directory.Add(this);
    }

    public EndpointDirectory Directory { get; }

    public EndpointIdentity Identity { get; }

    public ObserverMailbox Mailbox { get; }

    /// <summary>Whether requests reach it by several flows, so that the same one may come again by another.</summary>
    public bool HasSeveralWays { get; set; }

    public LatestStream<EndpointState> States { get; }

    /// <summary>What tells it from the other endpoints of its directory.</summary>
    public ulong Number { get; }

    /// <summary>Where requests go: throttled and authenticated, without a look at whether the endpoint still takes any.</summary>
    public IRequestClient Client => _client;

    public IObservable<ThrottleState> Throttling
    {
        get
        {
            bool isNew;
            lock (_client)
            {
                isNew = _throttling is null;
                _throttling ??= new LatestStream<ThrottleState>(_client.State, Mailbox);
            }
            if (isNew)
                Directory.Manager.Mailbox.Post(WatchThrottle);
            return _throttling;
        }
    }

    public IObservable<OverloadState> Overload => Observable.Create<OverloadState>(observer =>
    {
        var relay = new MailboxObserver<OverloadState>(Mailbox, observer);
        relay.Source = Directory.Overload.TakeUntil(States.LastAsync()).Subscribe(relay);
        return relay;
    });

    public IObservable<IncomingMessage> Messages => Made(ref _messages);

    public IObservable<IncomingRequest> Requests => Made(ref _requests);

    public bool IsTerminated => States.Latest is EndpointState.Terminated;

    /// <summary>Whether nothing new is taken any more.</summary>
    public bool IsDraining => _takesNothing || IsTerminated;

    /// <summary>Whether a URI is a contact of this endpoint.</summary>
    public bool IsContact(SipUri uri) => string.Equals(EndpointIdentity.IdIn(uri), Identity.EndpointId, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a contact that a registrar lists is of this endpoint, by its instance or by its URI.</summary>
    public bool IsContact(NameAddress contact, Guid instance) => InstanceId.IsOf(contact, instance) || IsContact(contact.Uri);

    public IObservable<SipResponse> SendMessage(RealTimeAddress target, string contentType, ReadOnlyMemory<byte> body) =>
        new EndpointRequest.Octets(this, target, contentType, body);

    public IObservable<SipResponse> SendMessage(RealTimeAddress target, string text) => new EndpointRequest.Text(this, target, text);

    public IObservable<SipResponse> SendMessage(RealTimeAddress target, ContentDescription content) =>
        new EndpointRequest.Content(this, target, content);

    public IObservable<SipResponse> Send(SipRequest request) => new EndpointRequest.Whole(this, request);

    /// <summary>A request from the network that is for this endpoint; in the protocol mailbox.</summary>
    public void Receive(ServerTransaction transaction)
    {
        var method = transaction.Request.Method;
        if (Mailbox.IsFull || IsDraining)
            Refuse(transaction, SipStatus.ServiceUnavailable, "Retry-After", "5");
        else if (method == SipMethod.Message)
            Mailbox.Post(static (core, message) => ((EndpointCore)core!).Deliver((IncomingMessage)message!), this, new IncomingMessage(transaction));
        else if (_requests is { HasObservers: true })
            Mailbox.Post(static (core, request) => ((EndpointCore)core!).Deliver((IncomingRequest)request!), this, new IncomingRequest(transaction));
        else if (method == SipMethod.Options)
            Refuse(transaction, SipStatus.Ok, "Allow", RequestRules.Allow);
        else
            Refuse(transaction, SipStatus.MethodNotAllowed, "Allow", RequestRules.Allow);
    }

    /// <summary>
    /// Takes nothing new from now on, and completes when what was taken before is done: nothing that was sent is unanswered, and observers have
    /// been told of all that arrived.
    /// </summary>
    public IObservable<ThrottleState> Drain() => Observable.Create<ThrottleState>(observer =>
    {
        var waiting = new SingleAssignmentDisposable();
        // Behind what was asked for before, which passes through the same mailbox.
        Directory.Manager.Mailbox.Post(() =>
        {
            _takesNothing = true;
            if (States.Latest is not (EndpointState.Terminating or EndpointState.Terminated))
                States.Publish(new EndpointState.Draining());
            waiting.Disposable = Throttling.Where(state => state is { InFlight: 0, Queued: 0 }).Take(1).Subscribe(observer);
        });
        return waiting;
    });

    /// <summary>
    /// Ends the streams and leaves the directory; what is on its way in the mailbox is still told. Whoever waits for a response gets a
    /// local 503: nothing of the endpoint goes on behind its end.
    /// </summary>
    public void End(EndpointState.Terminated state)
    {
        Directory.Remove(this);
        _client.Close();
        Directory.Forget(_client);
        States.Publish(state);
        States.Complete();
        lock (_client)
            _throttling?.Complete();
        Mailbox.Post(static (core, _) =>
        {
            ((EndpointCore)core!)._isOver = true;
            Interlocked.MemoryBarrier();
            ((EndpointCore)core).ReportAny(((EndpointCore)core)._messages?.Complete());
            ((EndpointCore)core).ReportAny(((EndpointCore)core)._requests?.Complete());
        }, this, null);
    }

    public void Report(Exception error)
    {
        Directory.Log.ObserverThrew(Identity.Aor, error);
        Directory.Report(error);
    }

    private void WatchThrottle()
    {
        if (IsTerminated)
            _throttling!.Complete();
        _client.Changed = _throttling!.Publish;
        _throttling.Publish(_client.State);
    }

    /// <summary>Writes messages.</summary>
    public MessageWriter Writer => _writer ??= new MessageWriter(Identity.From, Identity.UserAgent, Directory.Manager.Identifiers);

    private HotStream<T> Made<T>(ref HotStream<T>? stream)
    {
        if (Volatile.Read(ref stream) is { } known)
            return known;
        var made = new HotStream<T>();
        if (Interlocked.CompareExchange(ref stream, made, null) is { } first)
            return first;
        // Behind the end, or while it comes: whoever looks then is told that it is over.
        if (_isOver)
            made.Complete();
        return made;
    }

    private void ReportAny(Exception? error)
    {
        if (error is not null)
            Report(error);
    }

    private static void Refuse(ServerTransaction transaction, int status, string header, string value) =>
        transaction.Respond(SipResponse.For(transaction.Request, status, null, transaction.LocalTag).WithHeader(header, value));

    private void Deliver(IncomingMessage message)
    {
        var observed = _messages is { HasObservers: true };
        Settle(message, observed ? _messages!.OnNext(message) : null, observed ? SipStatus.Ok : SipStatus.TemporarilyUnavailable);
    }

    // Looking at a request is not accepting it: an INVITE answered 200 by nobody would be a call.
    private void Deliver(IncomingRequest request) =>
        Settle(request, _requests?.OnNext(request), request.Request.Method == SipMethod.Options ? SipStatus.Ok : SipStatus.MethodNotAllowed);

    private void Settle(IncomingRequest request, Exception? error, int otherwise)
    {
        ReportAny(error);
        if (_autoRespond == AutoRespond.Never || request.IsAnswered)
            return;
        if (error is not null)
            request.TryRespond(SipStatus.ServerInternalError);
        else if (request.IsDeferred)
            return;
        else if (request is IncomingMessage)
            request.TryRespond(otherwise);
        else
            request.TryRespond(request.CreateResponse(otherwise).WithHeader("Allow", RequestRules.Allow));
    }
}
