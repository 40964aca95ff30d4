using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>What stands above a connection manager: the transaction layer. Called inside the manager's mailbox, one call at a time.</summary>
internal interface IMessageSink
{
    /// <summary>
    /// A request came. Its topmost Via says where from (RFC 3261 §18.2.1, RFC 3581) and its mandatory headers are there and
    /// readable; <paramref name="flow"/> is the one its responses go over.
    /// </summary>
    void OnRequest(Flow flow, SipRequest request);

    /// <summary>A response came.</summary>
    void OnResponse(Flow flow, SipResponse response);

    /// <summary>A flow is over, or never came to stand. <paramref name="error"/> is null when it was closed in order.</summary>
    void OnFlowClosed(Flow flow, Exception? error);
}
