namespace Rx.Sip.Testing.Generators;

/// <summary>What the messages of a <see cref="DialogScript"/> are about.</summary>
public enum DialogKind
{
    /// <summary>A session: INVITE, answered, used, ended by BYE (RFC 3261 §13 to §15).</summary>
    Session,

    /// <summary>An INVITE that is refused.</summary>
    RefusedSession,

    /// <summary>An INVITE that is cancelled while it rings (RFC 3261 §9).</summary>
    CancelledSession,

    /// <summary>A subscription with its notifications (RFC 6665).</summary>
    Subscription,

    /// <summary>Messages to and fro without a dialog (RFC 3428).</summary>
    Messages,
}
