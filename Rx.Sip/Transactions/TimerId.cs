namespace Rx.Sip.Transactions;

/// <summary>The timers of transactions by the letters of RFC 3261 table 4 and RFC 6026, and the three that have none.</summary>
internal enum TimerId : byte
{
    /// <summary>Of no timer.</summary>
    None,

    /// <summary>INVITE request retransmission, unreliable transports only (§17.1.1.2).</summary>
    A,

    /// <summary>INVITE transaction timeout (§17.1.1.2).</summary>
    B,

    /// <summary>Wait for retransmissions of a final response other than 2xx (§17.1.1.2).</summary>
    D,

    /// <summary>Non-INVITE request retransmission, unreliable transports only (§17.1.2.2).</summary>
    E,

    /// <summary>Non-INVITE transaction timeout (§17.1.2.2).</summary>
    F,

    /// <summary>INVITE response retransmission (§17.2.1).</summary>
    G,

    /// <summary>Wait for the ACK (§17.2.1).</summary>
    H,

    /// <summary>Wait for retransmissions of the ACK (§17.2.1).</summary>
    I,

    /// <summary>Wait for retransmissions of a non-INVITE request (§17.2.2).</summary>
    J,

    /// <summary>Wait for retransmissions of the response to a non-INVITE request (§17.1.2.2).</summary>
    K,

    /// <summary>Wait for retransmissions of an INVITE that was accepted (RFC 6026 §8.7).</summary>
    L,

    /// <summary>Wait for retransmissions of 2xx and for those of other branches (RFC 6026 §8.4).</summary>
    M,

    /// <summary>Until a silent user is spoken for with 100 (§17.2.1, RFC 4320 §4.1).</summary>
    Trying,

    /// <summary>Until a non-INVITE request that nobody answered is given up (RFC 4320 §4.2).</summary>
    Unanswered,

    /// <summary>Until an INVITE that was cancelled is given up (§9.1).</summary>
    Cancelled,
}
