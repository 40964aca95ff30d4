namespace Rx.Sip.Messages;

/// <summary>What a stream brought next.</summary>
internal enum StreamItem
{
    /// <summary>Nothing whole yet.</summary>
    None,

    /// <summary>A message.</summary>
    Message,

    /// <summary>A whole message with a defect; the stream goes on behind it.</summary>
    Malformed,

    /// <summary>A defect behind which the next message can't be found: the connection has to be closed.</summary>
    Broken,

    /// <summary>CRLF CRLF: the peer asks for a sign of life (RFC 5626 §4.4.1).</summary>
    Ping,

    /// <summary>CRLF: the peer gives one.</summary>
    Pong,
}
