namespace Rx.Sip.Transactions;

/// <summary>Where a non-INVITE client transaction stands, RFC 3261 figure 6.</summary>
internal enum NonInviteClientState : byte
{
    /// <summary>The request is sent and nothing came back.</summary>
    Trying,

    /// <summary>A provisional response came.</summary>
    Proceeding,

    /// <summary>The final response came; repetitions of it are absorbed.</summary>
    Completed,

    /// <summary>It is over.</summary>
    Terminated,
}
