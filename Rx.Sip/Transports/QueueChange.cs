namespace Rx.Sip.Transports;

/// <summary>What adding to a <see cref="SendQueue"/> came to.</summary>
internal enum QueueChange
{
    /// <summary>The octets are the first to wait: somebody has to see to it that they are written.</summary>
    First,

    /// <summary>The octets wait behind others, or for the connection.</summary>
    Queued,

    /// <summary>There is no room; the octets are dropped.</summary>
    Overflow,

    /// <summary>There is no room in all queues together; the octets are dropped.</summary>
    OverBudget,

    /// <summary>The queue is closed; the octets are dropped.</summary>
    Closed,
}
