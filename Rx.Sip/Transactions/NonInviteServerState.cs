namespace Rx.Sip.Transactions;

/// <summary>Where a non-INVITE server transaction stands, RFC 3261 figure 8.</summary>
internal enum NonInviteServerState : byte
{
    /// <summary>The request is with the user.</summary>
    Trying,

    /// <summary>A 100 was sent.</summary>
    Proceeding,

    /// <summary>The final response was sent.</summary>
    Completed,

    /// <summary>It is over.</summary>
    Terminated,
}
