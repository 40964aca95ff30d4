namespace Rx.Sip.Transports.Stun;

/// <summary>The messages of the Binding method (RFC 5389 §6).</summary>
internal enum StunKind
{
    /// <summary>No message of ours to act on: broken, or another method.</summary>
    None,

    /// <summary>A Binding request.</summary>
    Request,

    /// <summary>A Binding success response.</summary>
    Success,

    /// <summary>A Binding error response.</summary>
    Error,
}
