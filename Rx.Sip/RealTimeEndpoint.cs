using System.Reactive.Linq;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Runtime;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>
/// What every endpoint can do: streams of what happens to it, and verbs that send. All streams of one endpoint speak on the
/// scheduler of its connection manager, one value at a time; slow work belongs behind <c>ObserveOn</c>. What is awaited goes on in a turn of its
/// own on that scheduler, and may take its time.
/// </summary>
public abstract class RealTimeEndpoint : IAsyncDisposable
{
    private volatile EndpointCore? _core;

    private protected RealTimeEndpoint(RealTimeEndpointSettings settings)
    {
        Settings = settings;
        DisplayName = settings.DisplayName ?? settings.Address.DisplayName;
        ApplicationUserAgent = settings.ApplicationUserAgent ?? "Rx.Sip";
        Limit = new ThrottleLimit { IsOn = settings.IsEndpointThrottled, Most = settings.MaxConcurrentTransactions };
    }

    /// <summary>The address-of-record.</summary>
    public RealTimeAddress Address => new(Settings.Address.Uri, DisplayName);

    /// <summary>The name shown to others; null for none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What the endpoint calls itself in User-Agent. Default: the platform's name, or <c>Rx.Sip</c>.</summary>
    public string ApplicationUserAgent { get; init; }

    /// <summary>What tells this endpoint from the user's other ones (UCMA's EPID).</summary>
    public string EndpointId => Core.Identity.EndpointId;

    /// <summary>
    /// Whether transactions are limited to <see cref="MaxConcurrentTransactions"/> at a time, the others waiting in order. ACK, CANCEL,
    /// responses and the endpoint's own registration never wait. Default: true; servers switch it off. May be changed at any time, from any thread.
    /// </summary>
    public bool IsEndpointThrottled
    {
        get => Limit.IsOn;
        set => Limit.IsOn = value;
    }

    /// <summary>
    /// Transactions at a time while throttled. Default: 20. May be changed at any time, from any thread: more begin at once, while with less
    /// those that run go on.
    /// </summary>
    public int MaxConcurrentTransactions
    {
        get => Limit.Most;
        set => Limit.Most = value;
    }

    /// <summary>The connection manager the endpoint speaks through.</summary>
    public RealTimeConnectionManager ConnectionManager => Core.Directory.Manager;

    /// <summary>
    /// The endpoint's life. Hot, replays the latest state, distinct; completes behind <see cref="EndpointState.Terminated"/>, never errors.
    /// Speaks on the manager's scheduler.
    /// </summary>
    public IObservable<EndpointState> State => Core.States;

    /// <summary>The latest state, whether or not observers have heard it yet.</summary>
    public EndpointState CurrentState => Core.States.Latest;

    /// <summary>
    /// Messages that arrive (RFC 3428). Hot, without replay; completes when the endpoint is terminated, never errors. Speaks on the
    /// manager's scheduler. What no observer answers or defers is answered 200; without an observer it is answered 480.
    /// </summary>
    public IObservable<IncomingMessage> Messages => Core.Messages;

    /// <summary>
    /// Other requests that arrive outside of dialogs. Hot, without replay; completes when the endpoint is terminated, never errors.
    /// Speaks on the manager's scheduler. What no observer answers or defers is answered 405, but OPTIONS 200.
    /// </summary>
    public IObservable<IncomingRequest> Requests => Core.Requests;

    /// <summary>
    /// How many transactions run and how many requests wait. Hot, replays the latest, distinct; completes when the endpoint is terminated,
    /// never errors. Speaks on the manager's scheduler.
    /// </summary>
    public IObservable<ThrottleState> Throttling => Core.Throttling;

    /// <summary>
    /// Which servers ask for less than is sent (RFC 7339); what they don't want is answered with a local 503 whose cause is
    /// <see cref="SipLocalCause.Overload"/>. It is the same for all endpoints of a connection manager. Hot, replays the latest, distinct;
    /// completes when the endpoint is terminated, never errors. Speaks on the manager's scheduler.
    /// </summary>
    public IObservable<OverloadState> Overload => Core.Overload;

    /// <summary>
    /// Makes the endpoint ready for use. Cold: each subscription asks for it, those at the same time share one attempt. Yields
    /// <see cref="EndpointState.Established"/> and completes. Errors with <see cref="ConnectionFailureException"/>, <see cref="RegisterException"/>,
    /// <see cref="AuthenticationException"/>, or <see cref="InvalidOperationException"/> on a terminated endpoint.
    /// </summary>
    public abstract IObservable<EndpointState> Establish();

    /// <summary>
    /// Ends the endpoint: takes leave of the registrar, for a bounded time, and completes the streams. Cold; yields
    /// <see cref="EndpointState.Terminated"/> and completes, never errors. An endpoint can't be used afterwards; whoever still waits for a
    /// response gets a local 503.
    /// </summary>
    public IObservable<EndpointState> Terminate() => TerminateBecause(TerminationReason.TerminatedLocally);

    /// <summary>
    /// Ends the endpoint in order: from now on it is <see cref="EndpointState.Draining"/> and takes nothing new; what is sent fails with
    /// <see cref="InvalidOperationException"/>, what arrives is answered 503. When nothing that was sent is unanswered any more, it is as
    /// <see cref="Terminate"/>, which may also be called meanwhile. Requests that arrived before can be answered until the end and after.
    /// Cold; yields <see cref="EndpointState.Terminated"/> and completes, never errors. Disposing stops waiting; the endpoint goes on taking nothing.
    /// </summary>
    public IObservable<EndpointState> Drain() => Observable.Defer(() => Core.Drain().IgnoreElements().Select(_ => CurrentState).Concat(Terminate()));

    /// <summary>Starts <see cref="Drain"/> now. Cancelling stops waiting; the endpoint goes on taking nothing.</summary>
    public Task DrainAsync(CancellationToken cancellationToken = default) => Drain().ToTaskOn(ConnectionManager.Scheduler, cancellationToken);

    /// <summary>Starts <see cref="Establish"/> now. Cancelling gives up the attempt.</summary>
    public Task EstablishAsync(CancellationToken cancellationToken = default) => Establish().ToTaskOn(ConnectionManager.Scheduler, cancellationToken);

    /// <summary>Starts <see cref="Terminate"/> now. Cancelling stops waiting, not terminating.</summary>
    public Task TerminateAsync(CancellationToken cancellationToken = default) => Terminate().ToTaskOn(ConnectionManager.Scheduler, cancellationToken);

    /// <summary>
    /// Sends text as one page-mode message (RFC 3428). Cold: each subscription is one message. Yields the provisional responses and the
    /// final one, then completes; a timeout is a local 408, a dead transport a local 503. Errors only on a terminated or
    /// draining endpoint (<see cref="InvalidOperationException"/>). Disposing stops retransmissions. Speaks on the manager's scheduler.
    /// </summary>
    /// <param name="target">A URI such as <c>sip:bob@example.test</c>. Throws <see cref="FormatException"/> when it is none.</param>
    /// <param name="text">The text, sent as UTF-8.</param>
    public IObservable<SipResponse> SendMessage(string target, string text) => SendMessage(new RealTimeAddress(target), text);

    /// <summary>Sends text as one page-mode message (RFC 3428). Cold; as <see cref="SendMessage(string, string)"/>.</summary>
    public IObservable<SipResponse> SendMessage(RealTimeAddress target, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(target);
        return Core.SendMessage(target, text);
    }

    /// <summary>Sends a body of any type as one page-mode message (RFC 3428). Cold; as <see cref="SendMessage(string, string)"/>.</summary>
    public IObservable<SipResponse> SendMessage(RealTimeAddress target, string contentType, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(contentType);
        return Core.SendMessage(target, contentType, body);
    }

    /// <summary>
    /// Sends a body with the header fields that describe it, a multipart or a CPIM message for example, as one page-mode message (RFC 3428,
    /// RFC 5621). Cold; as <see cref="SendMessage(string, string)"/>.
    /// </summary>
    public IObservable<SipResponse> SendMessage(RealTimeAddress target, ContentDescription content)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(content);
        return Core.SendMessage(target, content);
    }

    /// <summary>Sends the text now; the result is the final response, whatever it says. See <c>EnsureSuccess</c> for exceptions instead.</summary>
    public Task<SipResponse> SendMessageAsync(string target, string text, CancellationToken cancellationToken = default) =>
        SendMessage(target, text).ToTaskOn(ConnectionManager.Scheduler, cancellationToken);

    /// <summary>Sends the text now; the result is the final response, whatever it says.</summary>
    public Task<SipResponse> SendMessageAsync(RealTimeAddress target, string text, CancellationToken cancellationToken = default) =>
        SendMessage(target, text).ToTaskOn(ConnectionManager.Scheduler, cancellationToken);

    /// <summary>
    /// Sends any request outside of dialogs, the way messages go: throttled and authenticated. Cold: each subscription is one transaction.
    /// Yields the provisional responses and the final one, then completes; errors only on a terminated or
    /// draining endpoint (<see cref="InvalidOperationException"/>). Via is added. Speaks on the manager's scheduler.
    /// </summary>
    public IObservable<SipResponse> Send(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Core.Send(request);
    }

    /// <summary>Sends the request now; the result is the final response, whatever it says.</summary>
    public Task<SipResponse> SendAsync(SipRequest request, CancellationToken cancellationToken = default) =>
        Send(request).ToTaskOn(ConnectionManager.Scheduler, cancellationToken);

    /// <summary>Terminates the endpoint, and closes a connection manager that it made for itself.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>The address and the state.</summary>
    public override string ToString() => $"{Address}: {CurrentState}";

    /// <summary>Made when first needed: until then an object initialiser may still set properties.</summary>
    internal EndpointCore Core => _core ?? CoreOnce();

    /// <summary>Its place in an <see cref="EndpointList"/>.</summary>
    internal RealTimeEndpoint? PreviousOfPlatform { get; set; }

    internal RealTimeEndpoint? NextOfPlatform { get; set; }

    /// <summary>How many transactions may run at a time.</summary>
    internal ThrottleLimit Limit { get; init; }

    private protected RealTimeEndpointSettings Settings { get; }

    internal abstract IObservable<EndpointState> TerminateBecause(TerminationReason reason);

    private protected virtual bool IsNamedInFrom => false;

    private protected abstract EndpointCore MakeCore();

    private EndpointCore CoreOnce()
    {
        // An object that is there, and that nobody else locks.
        lock (Limit)
            return _core ??= MakeCore();
    }

    private protected EndpointCore MakeCore(EndpointDirectory directory, IRequestClient client)
    {
        var id = Settings.EndpointId ?? directory.Manager.Identifiers.Text(10);
        var identity = new EndpointIdentity(Settings.Address.Uri.WithoutParameters(), DisplayName, ApplicationUserAgent, id) { IsNamedInFrom = IsNamedInFrom };
        var throttled = new ThrottledClient(client, directory.Manager.Mailbox, Limit, Settings.MaxQueuedRequests, directory.Manager.Meter);
        Limit.Client = throttled;
        return new EndpointCore(directory, identity, throttled, Settings.AutoRespond);
    }
}
