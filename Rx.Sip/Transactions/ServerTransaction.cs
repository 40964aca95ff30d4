using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>A request that came, and the way to answer it. Safe from any thread.</summary>
internal sealed class ServerTransaction(Mailbox mailbox, SipIdentifiers identifiers, ServerDriver driver, SipRequest request)
{
    private string? _localTag;
    private volatile bool _isAnswered;

    public SipRequest Request => request;

    /// <summary>What the request came over and the responses go over.</summary>
    public Flow Flow => driver.Flow;

    /// <summary>Whether a final response was given.</summary>
    public bool IsAnswered => _isAnswered;

    /// <summary>The tag that every response of ours has in To, unless the request has one there (RFC 3261 §8.2.6.2).</summary>
    public string LocalTag => _localTag ?? Interlocked.CompareExchange(ref _localTag, identifiers.Tag(), null) ?? _localTag;

    /// <summary>
    /// Claims the request for one user agent, in the mailbox; false when the same request is being answered already that came another way,
    /// so that this one is to be answered 482 (RFC 3261 §8.2.2.2).
    /// </summary>
    public bool TryClaim(ulong scope, bool lasts) => driver.TryClaim(scope, lasts);

    /// <summary>
    /// Gives a response. Provisional ones may come before the final one; after it only the 2xx of an INVITE may be repeated
    /// (RFC 6026 §7.1), anything else is dropped.
    /// </summary>
    public void Respond(SipResponse response)
    {
        if (response.IsFinal)
            _isAnswered = true;
        mailbox.Post(static (to, what) => ((ServerDriver)to!).Handle(TransactionEvent.Of((SipResponse)what!)), driver, response);
    }

    /// <summary>Gives a response of that status with our tag and nothing else.</summary>
    public void Respond(int status) => Respond(SipResponse.For(request, status, null, LocalTag));
}
