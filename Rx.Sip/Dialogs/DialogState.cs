namespace Rx.Sip.Dialogs;

/// <summary>Where a dialog stands (RFC 3261 §12).</summary>
internal enum DialogState
{
    /// <summary>A provisional response has made it, and it may come to nothing.</summary>
    Early,

    /// <summary>A success, or a NOTIFY, has made it.</summary>
    Confirmed,

    /// <summary>It is over.</summary>
    Terminated,
}
