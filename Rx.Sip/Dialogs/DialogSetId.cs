using Rx.Sip.Messages;

namespace Rx.Sip.Dialogs;

/// <summary>
/// All dialogs that one request may bring about, since it may be forked to several peers (RFC 3261 §12.1, RFC 6665 §4.1.4), and that are
/// known before the first peer has answered: a NOTIFY may be faster than the success of its SUBSCRIBE.
/// </summary>
/// <param name="CallId">The Call-ID.</param>
/// <param name="LocalTag">Our tag.</param>
internal readonly record struct DialogSetId(string CallId, string LocalTag)
{
    /// <summary>Those that a request which came belongs to; null when it is outside of dialogs, which is seen without reading it.</summary>
    public static DialogSetId? Of(SipRequest incoming) =>
        incoming.Frame.TryFind(HeaderId.To, out var to) && ResponseWriter.HasTag(to) && incoming is { CallId: { } callId, To.Tag: { } tag }
            ? new DialogSetId(callId, tag)
            : null;
}
