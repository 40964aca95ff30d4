using Microsoft.Extensions.Logging;
using Rx.Sip.Diagnostics;
using Rx.Sip.Dialogs;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Subscriptions;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>
/// The endpoints that share a connection manager, and the way a request finds the one it is for. Stands on the manager's
/// transaction layer and runs in its mailbox, but for adding and removing, which any thread may do.
/// </summary>
internal sealed class EndpointDirectory : ITransactionUser, IDisposable
{
    private readonly RecentUris _recent = new();
    private readonly HotStream<Exception> _unhandledErrors = new();
    private readonly ObserverMailbox _observers;
    private ulong _numbers;
    private Subscriber? _subscriber;
    private int _disposed;

    private EndpointDirectory(RealTimeConnectionManager manager, SipTimers timers)
    {
        Manager = manager;
        Log = manager.Settings.LoggerFactory.CreateLogger(SipDiagnostics.Name + ".Endpoints");
        _observers = new ObserverMailbox(manager.Scheduler, error => Log.ObserverThrew("unhandled errors", error), int.MaxValue);
        Layer = new TransactionLayer(manager, timers, this);
        Shared = new SharedParts(manager);
        Alarms = new AlarmTable(manager.Scheduler, manager.Mailbox);
        Overload = new LatestStream<OverloadState>(OverloadState.None, _observers);
        if (Layer.Overload is { } overload)
            overload.Changed = Overload.Publish;
        // Who has a manager of his own closes that, and knows of no directory: all streams of a manager end with it, and this one says least before.
        manager.Unexpected.Subscribe(static _ => { }, Dispose);
    }

    public RealTimeConnectionManager Manager { get; }

    public TransactionLayer Layer { get; }

    public ILogger Log { get; }

    /// <summary>What registrations wait on: one timer for all of them. Inside the mailbox only.</summary>
    public AlarmTable Alarms { get; }

    /// <summary>What the endpoints have in common.</summary>
    public SharedParts Shared { get; }

    /// <summary>Flows as URIs. Inside the mailbox only.</summary>
    public FlowUris Flows { get; } = new();

    /// <summary>Which servers ask for less. Hot, replays the latest; speaks on the manager's scheduler; completes when the directory is disposed.</summary>
    public LatestStream<OverloadState> Overload { get; }

    /// <summary>What observers threw. Hot; speaks on the manager's scheduler, one error at a time though endpoints have mailboxes of their own.</summary>
    public IObservable<Exception> UnhandledErrors => _unhandledErrors;

    /// <summary>The endpoints there are.</summary>
    public EndpointIndex Endpoints { get; } = new();

    /// <summary>Who keeps dialogs; in the mailbox.</summary>
    public DialogLayer Dialogs { get; } = new();

    /// <summary>Who watches; made when somebody does first, in the mailbox.</summary>
    public Subscriber Subscriber => _subscriber ??= new Subscriber(Dialogs, Manager.Mailbox, Manager.Scheduler, Manager.Identifiers);

    /// <summary>The pace of registrations; null: none.</summary>
    public RequestPace? Pace { get; set; }

    /// <summary>The directory of a manager, made with its first endpoint.</summary>
    public static EndpointDirectory Of(RealTimeConnectionManager manager, SipTimers timers)
    {
        // Two endpoints made at once on two threads must not make two: the second would take all messages from the first.
        lock (manager.Mailbox)
            return manager.Sink is TransactionLayer { User: EndpointDirectory directory } ? directory : new EndpointDirectory(manager, timers);
    }

    /// <summary>A number that no endpoint of the directory has yet.</summary>
    public ulong NextNumber() => Interlocked.Increment(ref _numbers);

    public void Add(EndpointCore endpoint)
    {
        Endpoints.Add(endpoint);
        _recent.Forget();
    }

    public void Remove(EndpointCore endpoint)
    {
        Endpoints.Remove(endpoint);
        _recent.Forget();
    }

    /// <summary>Tells of what an observer threw; from any thread.</summary>
    public void Report(Exception error) =>
        _observers.Post(static (directory, what) => ((EndpointDirectory)directory!).Tell((Exception)what!), this, error);

    public void OnRequest(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (Dialogs.Find(request) is { } dialog)
        {
            if (RequestRules.RefuseInDialog(request, transaction.LocalTag) is { } verdict)
                transaction.Respond(verdict);
            else
                dialog.OnRequest(transaction);
            return;
        }
        var endpoint = _recent.Find(request.RequestUriOctets) ?? Find(request);
        if (RequestRules.Refuse(request, transaction.LocalTag) is { } refusal)
            transaction.Respond(refusal);
        else if (endpoint is null)
            transaction.Respond(SipResponse.For(request, SipStatus.NotFound, null, transaction.LocalTag));
        else if (!transaction.TryClaim(endpoint.Number, endpoint.HasSeveralWays))
            transaction.Respond(SipStatus.LoopDetected);
        else
            endpoint.Receive(transaction);
    }

    /// <summary>Lets go of all that an endpoint watches that does not send any more.</summary>
    public void Forget(IRequestClient client) => Manager.Mailbox.Post(() => _subscriber?.Forget(client));

    // Sessions will take these; without them there is no dialog that an ACK, a CANCEL or a late 2xx could belong to.
    public void OnAck(Flow flow, SipRequest ack)
    {
    }

    public void OnCancel(ServerTransaction invite, ServerTransaction cancel) =>
        invite.Respond(SipResponse.For(invite.Request, SipStatus.RequestTerminated, null, invite.LocalTag));

    public void OnStrayResponse(Flow flow, SipResponse response)
    {
    }

    public void OnUnanswered(ServerTransaction transaction) => Log.Unanswered(transaction.Request);

    /// <summary>Ends every transaction and the stream of errors; the end of the manager does it too.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        Layer.Dispose();
        Manager.Mailbox.Post(() => _subscriber?.Dispose());
        Manager.Mailbox.Post(Alarms.Dispose);
        Overload.Complete();
        _observers.Post(() => _unhandledErrors.Complete());
    }

    private void Tell(Exception error)
    {
        // Who observes errors and throws is not told of it, for that would never end.
        if (_unhandledErrors.OnNext(error) is { } another)
            Log.ObserverThrew("unhandled errors", another);
    }

    private EndpointCore? Find(SipRequest request)
    {
        if (request.RequestUri is not { } uri)
            return null;
        var page = _recent.Open();
        var endpoint = Endpoints.Find(uri);
        if (endpoint is not null)
            page.Remember(request.RequestUriOctets, endpoint);
        return endpoint;
    }
}
