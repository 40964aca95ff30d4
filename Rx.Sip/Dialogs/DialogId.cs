namespace Rx.Sip.Dialogs;

/// <summary>What tells a dialog from all others (RFC 3261 §12).</summary>
/// <param name="CallId">The Call-ID of all its messages.</param>
/// <param name="LocalTag">Our tag.</param>
/// <param name="RemoteTag">The peer's tag; empty for a peer of old that gives none.</param>
internal readonly record struct DialogId(string CallId, string LocalTag, string RemoteTag)
{
    /// <summary>The dialogs this is one of.</summary>
    public DialogSetId Set => new(CallId, LocalTag);
}
