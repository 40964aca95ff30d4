namespace Rx.Sip.Transactions;

/// <summary>Where an INVITE server transaction stands, RFC 3261 figure 7 as redrawn by RFC 6026.</summary>
internal enum InviteServerState : byte
{
    /// <summary>The request is with the user.</summary>
    Proceeding,

    /// <summary>A final response other than 2xx was sent and waits for its ACK.</summary>
    Completed,

    /// <summary>The ACK came; repetitions of it are absorbed.</summary>
    Confirmed,

    /// <summary>A 2xx was sent; its user repeats it.</summary>
    Accepted,

    /// <summary>It is over.</summary>
    Terminated,
}
