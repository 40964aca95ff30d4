namespace Rx.Sip.Transports;

/// <summary>What a connection has taken too long for.</summary>
internal enum Overdue
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>It does not stand yet.</summary>
    Connecting,

    /// <summary>A message was begun and not finished.</summary>
    Message,

    /// <summary>There was no traffic.</summary>
    Traffic,
}
