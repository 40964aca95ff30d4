namespace Rx.Sip.Transactions;

/// <summary>What a machine can ask of its driver.</summary>
internal enum TransactionEffectKind : byte
{
    /// <summary>Send: a client its request, a server the response of the effect.</summary>
    Transmit,

    /// <summary>Send again what a server sent last.</summary>
    Repeat,

    /// <summary>Send a 100.</summary>
    Try,

    /// <summary>Send the ACK to the response, which is not 2xx (RFC 3261 §17.1.1.3).</summary>
    Acknowledge,

    /// <summary>Send a CANCEL in a transaction of its own (RFC 3261 §9.1).</summary>
    Cancel,

    /// <summary>Give the response to whoever asked; a final one ends the exchange.</summary>
    Deliver,

    /// <summary>End the exchange with a local response of that status.</summary>
    Fail,

    /// <summary>Give the message to the user of the layer: a 2xx that nobody waits for but that has to be acknowledged, the ACK to a 2xx.</summary>
    PassUp,

    /// <summary>Tell the user of the layer that the request stays unanswered.</summary>
    GiveUp,

    /// <summary>Start a timer.</summary>
    Start,

    /// <summary>Stop every timer of the transaction.</summary>
    Stop,
}
