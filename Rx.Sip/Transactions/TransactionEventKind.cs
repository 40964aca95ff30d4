namespace Rx.Sip.Transactions;

/// <summary>What can happen to a transaction.</summary>
internal enum TransactionEventKind : byte
{
    /// <summary>The transaction begins.</summary>
    Started,

    /// <summary>A 1xx: received by a client, given by the user of a server.</summary>
    Provisional,

    /// <summary>A 2xx: received by a client, given by the user of a server.</summary>
    Success,

    /// <summary>A 3xx to 6xx: received by a client, given by the user of a server.</summary>
    Refusal,

    /// <summary>A server received its request again.</summary>
    Retransmission,

    /// <summary>An INVITE server received the ACK.</summary>
    Acknowledgement,

    /// <summary>A timer fired.</summary>
    Fired,

    /// <summary>The flow is closed.</summary>
    TransportFailed,

    /// <summary>Nobody waits for the outcome any more.</summary>
    Abandoned,
}
