using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// A request that arrived outside of any dialog, and the place to answer it. Unless it is answered or deferred when the
/// observers' <c>OnNext</c> return, the endpoint answers it as <see cref="AutoRespond"/> says. Members can be called from any thread.
/// </summary>
public class IncomingRequest
{
    private readonly ServerTransaction _transaction;
    private int _answered;
    private int _deferrals;

    internal IncomingRequest(ServerTransaction transaction) => _transaction = transaction;

    /// <summary>The request as received; its topmost Via holds the address it came from (RFC 3581).</summary>
    public SipRequest Request => _transaction.Request;

    /// <summary>Who sent it, by its From header. Nobody has vouched for that.</summary>
    public RealTimeAddress From => field ??= Address(Request.From);

    /// <summary>Whom it is for, by its To header.</summary>
    public RealTimeAddress To => field ??= Address(Request.To);

    /// <summary>
    /// What it came over: the addresses, and over TLS the domains that the caller has proven to speak for (<see cref="Flow.RemoteDomains"/>).
    /// </summary>
    public Flow Connection => _transaction.Flow;

    /// <summary>Whether a final answer was given.</summary>
    public bool IsAnswered => Volatile.Read(ref _answered) != 0;

    internal bool IsDeferred => Volatile.Read(ref _deferrals) != 0;

    /// <summary>Answers with that status and its registered reason phrase. Throws <see cref="InvalidOperationException"/> when a final answer was given before.</summary>
    public void Respond(int statusCode) => Respond(CreateResponse(statusCode));

    /// <summary>Makes the response to this request with that status, for adding headers or a body before <see cref="Respond(SipResponse)"/>.</summary>
    public SipResponse CreateResponse(int statusCode) => SipResponse.For(Request, statusCode, null, _transaction.LocalTag);

    /// <summary>
    /// Answers with a response made by <see cref="CreateResponse"/>. A provisional one may be followed by others; a final one
    /// is the last: giving another throws <see cref="InvalidOperationException"/>.
    /// </summary>
    public void Respond(SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (!TryRespond(response))
            throw new InvalidOperationException($"{Request} has been answered already.");
    }

    /// <summary>
    /// Keeps the endpoint from answering by itself: for handlers that answer later. Disposing what comes back answers 200
    /// unless an answer was given meanwhile. Never disposed and never answered, the sender times out after 32 seconds.
    /// </summary>
    public IDisposable Defer()
    {
        Interlocked.Increment(ref _deferrals);
        return new Deferral(this);
    }

    internal bool TryRespond(int statusCode) => !IsAnswered && TryRespond(CreateResponse(statusCode));

    internal bool TryRespond(SipResponse response)
    {
        if (response.IsFinal ? Interlocked.Exchange(ref _answered, 1) != 0 : IsAnswered)
            return false;
        _transaction.Respond(response);
        return true;
    }

    /// <summary>Method and Request-URI.</summary>
    public override string ToString() => Request.ToString();

    // From and To are checked before a request gets here.
    private static RealTimeAddress Address(NameAddress? address) =>
        address is null ? throw new InvalidOperationException("The request has no sender.") : new RealTimeAddress(address.Uri, address.DisplayName);

    private sealed class Deferral(IncomingRequest request) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                request.TryRespond(SipStatus.Ok);
        }
    }
}
