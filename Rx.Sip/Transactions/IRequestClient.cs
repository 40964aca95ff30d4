using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>Sends requests outside of dialogs: the transaction layer, or a decorator that authenticates or throttles, or a test's double.</summary>
internal interface IRequestClient
{
    /// <summary>
    /// Cold: each subscription sends the request in a transaction of its own and yields its provisional responses and one
    /// final response, then completes. Never errors: a timeout is a local 408, a dead transport or a name that can't be
    /// found a local 503 (RFC 3261 §8.1.3.1). Disposing early abandons the transaction: retransmissions stop, an INVITE
    /// that has been answered provisionally is cancelled (RFC 3261 §9.1). Speaks on the protocol mailbox.
    /// </summary>
    /// <param name="request">The request without Via: the transaction adds it (RFC 3261 §8.1.1.7).</param>
    IObservable<SipResponse> Request(SipRequest request);
}
