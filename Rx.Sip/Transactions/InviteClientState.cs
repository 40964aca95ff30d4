namespace Rx.Sip.Transactions;

/// <summary>Where an INVITE client transaction stands, RFC 3261 figure 5 as redrawn by RFC 6026.</summary>
internal enum InviteClientState : byte
{
    /// <summary>The request is sent and nothing came back.</summary>
    Calling,

    /// <summary>A provisional response came.</summary>
    Proceeding,

    /// <summary>A final response other than 2xx came and was acknowledged.</summary>
    Completed,

    /// <summary>A 2xx came; more of them are passed up.</summary>
    Accepted,

    /// <summary>It is over.</summary>
    Terminated,
}
