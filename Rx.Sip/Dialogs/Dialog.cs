using System.Collections.Immutable;
using Rx.Sip.Messages;

namespace Rx.Sip.Dialogs;

/// <summary>
/// A dialog (RFC 3261 §12): who speaks with whom, by which way, and what was numbered how. Pure: a value that each message
/// makes anew. What its messages are about, the usage, is its user's.
/// </summary>
internal sealed record Dialog
{
    private Dialog(NameAddress local, NameAddress remote, string callId, SipUri remoteTarget) =>
        (Local, Remote, Id, RemoteTarget) = (local, remote, new DialogId(callId, local.Tag ?? "", remote.Tag ?? ""), remoteTarget);

    public DialogId Id { get; }

    public DialogState State { get; init; } = DialogState.Confirmed;

    /// <summary>From of our requests, our tag included.</summary>
    public NameAddress Local { get; }

    /// <summary>To of our requests, the peer's tag included.</summary>
    public NameAddress Remote { get; }

    /// <summary>The CSeq of our latest request; 0 before the first.</summary>
    public uint LocalSequence { get; init; }

    /// <summary>The CSeq of the peer's latest request; null before the first.</summary>
    public uint? RemoteSequence { get; init; }

    /// <summary>The peer's Contact: whom our requests are addressed to.</summary>
    public SipUri RemoteTarget { get; init; }

    /// <summary>The proxies that our requests pass, the nearest first.</summary>
    public ImmutableArray<NameAddress> RouteSet { get; init; } = [];

    /// <summary>
    /// The dialog that a response to our request makes (§12.1.2); null when it makes none: it is a refusal, or names no Contact to speak to.
    /// </summary>
    public static Dialog? OfClient(SipRequest request, SipResponse response) =>
        response.StatusCode is > 100 and < 300 && response is { To: { } to, Contacts: [{ Uri: var target }, ..] } && request is { From: { } from, CallId: { } callId }
            ? new Dialog(from, to, callId, target)
            {
                State = response.IsSuccess ? DialogState.Confirmed : DialogState.Early,
                // Behind a challenge the request was numbered anew.
                LocalSequence = Math.Max(request.CSeq?.Number ?? 0, response.CSeq?.Number ?? 0),
                RouteSet = [.. response.RecordRoutes.Reverse()],
            }
            : null;

    /// <summary>The dialog that our response to a request makes (§12.1.1); null when it makes none.</summary>
    public static Dialog? OfServer(SipRequest request, SipResponse response) =>
        response.StatusCode is > 100 and < 300 && request is { From: { } from, CallId: { } callId, Contacts: [{ Uri: var target }, ..] } && response.To is { Tag: not null } to
            ? new Dialog(to, from, callId, target)
            {
                State = response.IsSuccess ? DialogState.Confirmed : DialogState.Early,
                RemoteSequence = request.CSeq?.Number,
                RouteSet = [.. request.RecordRoutes],
            }
            : null;

    /// <summary>
    /// The dialog that the first NOTIFY of a subscription makes, whatever the success of the SUBSCRIBE said (RFC 6665 §4.4.1); null when the
    /// NOTIFY names no Contact to speak to.
    /// </summary>
    /// <param name="local">From of the SUBSCRIBE.</param>
    /// <param name="localSequence">Its CSeq, of the latest try.</param>
    /// <param name="notify">The NOTIFY.</param>
    public static Dialog? OfNotify(NameAddress local, uint localSequence, SipRequest notify) =>
        notify is { From: { } from, CallId: { } callId, Contacts: [{ Uri: var target }, ..] }
            ? new Dialog(local, from, callId, target) { LocalSequence = localSequence, RemoteSequence = notify.CSeq?.Number, RouteSet = [.. notify.RecordRoutes] }
            : null;

    /// <summary>The dialog with the number of its next request.</summary>
    public Dialog Advanced() => this with { LocalSequence = LocalSequence + 1 };

    /// <summary>
    /// A request inside of the dialog with its latest number, by its route (§12.2.1.1). Who advances the dialog first writes the next
    /// one; an ACK has the number of its INVITE.
    /// </summary>
    public SipRequest Write(SipMethod method)
    {
        var isLoose = RouteSet.IsEmpty || RouteSet[0].Uri.Parameters.Contains("lr");
        var request = SipRequest.Create(method, isLoose ? RemoteTarget : RouteSet[0].Uri, Local, Remote, Id.CallId, LocalSequence);
        IEnumerable<NameAddress> routes = isLoose ? RouteSet : [.. RouteSet.Skip(1), new NameAddress(RemoteTarget)];
        var route = string.Join(", ", routes);
        return route.Length == 0 ? request : request.WithHeader("Route", route);
    }

    /// <summary>
    /// The dialog after a final response to a request of ours: numbered as the response is, since a challenge may have been answered on the
    /// way, and with the Contact of a success that renews it (§12.2.1.2). A 481 ends it.
    /// </summary>
    public Dialog Hear(SipResponse response) => this with
    {
        State = response.StatusCode == SipStatus.CallOrTransactionDoesNotExist ? DialogState.Terminated : State,
        LocalSequence = Math.Max(LocalSequence, response.CSeq?.Number ?? 0),
        RemoteTarget = response is { IsSuccess: true, CSeq.Method: var method, Contacts: [{ Uri: var target }, ..] } && RenewsTarget(method) ? target : RemoteTarget,
    };

    /// <summary>The dialog confirmed by the success of the INVITE that made it: the way is that of the success (§13.2.2.4).</summary>
    public Dialog Confirm(SipResponse success) =>
        Hear(success) with { State = DialogState.Confirmed, RouteSet = [.. success.RecordRoutes.Reverse()] };

    /// <summary>The dialog after a request of the peer; null when one that was sent later came before, which is to be answered 500 (§12.2.2).</summary>
    public Dialog? Hear(SipRequest request) => request.CSeq is not { } sequence || sequence.Number <= RemoteSequence
        ? null
        : this with
        {
            RemoteSequence = sequence.Number,
            RemoteTarget = request.Contacts is [{ Uri: var target }, ..] && RenewsTarget(request.Method) ? target : RemoteTarget,
        };

    /// <summary>Equal when everything is.</summary>
    public bool Equals(Dialog? other) =>
        other is not null && Id == other.Id && State == other.State && Local == other.Local && Remote == other.Remote
        && LocalSequence == other.LocalSequence && RemoteSequence == other.RemoteSequence
        && RemoteTarget.Equals(other.RemoteTarget) && RouteSet.SequenceEqual(other.RouteSet);

    public override int GetHashCode() => HashCode.Combine(Id, State, LocalSequence, RemoteSequence, RouteSet.Length);

    // RFC 3261 §12.2, RFC 3311 §5.1, RFC 6665 §4.4.1: of others a Contact means nothing for the dialog.
    private static bool RenewsTarget(SipMethod method) =>
        method == SipMethod.Invite || method == SipMethod.Update || method == SipMethod.Subscribe || method == SipMethod.Notify;
}
