namespace Rx.Sip.Transactions;

/// <summary>How a server wants its clients to send less (RFC 7339 §4.2).</summary>
public enum OverloadAlgorithm
{
    /// <summary>A percentage of the requests is not sent (RFC 7339 §7). Every client has it.</summary>
    Loss,

    /// <summary>No more than so many requests a second are sent (RFC 7415).</summary>
    Rate,
}
