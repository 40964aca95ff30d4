namespace Rx.Sip.Diagnostics;

/// <summary>
/// A limit of a connection manager that a peer can run into. Each has the name of the setting that says how much is allowed, in
/// <see cref="Transports.TrafficLimits"/> or <see cref="Messages.SipLimits"/>.
/// </summary>
public enum TrafficLimit
{
    /// <summary>There were too many connections; one more was refused.</summary>
    MaxConnections,

    /// <summary>A peer had too many connections; one more was refused.</summary>
    MaxConnectionsPerPeer,

    /// <summary>Too many handshakes were under way; one more was refused.</summary>
    MaxHandshakes,

    /// <summary>Too many handshakes of a peer were under way; one more was refused.</summary>
    MaxHandshakesPerPeer,

    /// <summary>A handshake was not finished in time; the connection was closed.</summary>
    HandshakeTimeout,

    /// <summary>A message was not finished in time; the connection was closed.</summary>
    MessageTimeout,

    /// <summary>Too much waited for the rest of its message; a connection was closed.</summary>
    MaxPartialOctets,

    /// <summary>A peer took nothing of what was sent to it; the connection was closed.</summary>
    SendTimeout,

    /// <summary>Too much waited to be sent over a connection; it was closed.</summary>
    MaxUnsentOctetsPerConnection,

    /// <summary>Too much waited to be sent over all connections; one was closed.</summary>
    MaxUnsentOctets,

    /// <summary>Too many messages waited; one more was refused or dropped, or a connection was read no more for a while.</summary>
    MessageHighWaterMark,

    /// <summary>Much waited to be sent over a connection; it was read no more for a while.</summary>
    UnsentOctetsHighWaterMark,

    /// <summary>Many messages of a connection waited; it was read no more for a while.</summary>
    MaxWaitingMessagesPerConnection,

    /// <summary>Too many requests waited for their answer over a connection; one more was not sent.</summary>
    TransactionHighWaterMark,

    /// <summary>A peer sent too many messages; its connection was read no more for a while, or a datagram was refused or dropped.</summary>
    MaxMessagesPerSecond,

    /// <summary>A peer sent too much that was no message; its connection was closed, a new one refused, or a datagram not answered.</summary>
    MaxMalformedPerSecond,

    /// <summary>There were too many server transactions; a request was refused.</summary>
    MaxServerTransactions,

    /// <summary>Too many octets of responses were kept to be sent again; a request was refused.</summary>
    MaxAnsweredOctets,

    /// <summary>The start line and headers of a message were too long; it was refused.</summary>
    MaxHeaderOctets,

    /// <summary>The body of a message was too long; it was refused.</summary>
    MaxBodyOctets,

    /// <summary>The Request-URI was too long; the request was refused.</summary>
    MaxRequestUriOctets,

    /// <summary>A message had too many header fields; it was refused.</summary>
    MaxHeaders,

    /// <summary>A header field had too many parameters or elements; the message was refused.</summary>
    MaxParameters,
}
