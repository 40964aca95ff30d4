using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>What stands above the transaction layer: the dispatcher of requests. Called inside the mailbox, one call at a time.</summary>
internal interface ITransactionUser
{
    /// <summary>A request came that is none of a transaction there is, and no ACK. Each comes once, however often it is retransmitted.</summary>
    void OnRequest(ServerTransaction transaction);

    /// <summary>An ACK came that belongs to a 2xx: to the dialog, not to a transaction (RFC 3261 §17, RFC 6026 §7.1).</summary>
    void OnAck(Flow flow, SipRequest ack);

    /// <summary>An INVITE that has no final response yet was cancelled; the CANCEL is answered already (RFC 3261 §9.2).</summary>
    void OnCancel(ServerTransaction invite, ServerTransaction cancel);

    /// <summary>A 2xx to an INVITE came that nobody waits for: a retransmission, one of another branch, or one of an INVITE that was abandoned (RFC 6026 §7.2).</summary>
    void OnStrayResponse(Flow flow, SipResponse response);

    /// <summary>A transaction ended and its request was never answered.</summary>
    void OnUnanswered(ServerTransaction transaction);
}
