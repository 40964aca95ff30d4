using Rx.Sip.Messages;

namespace Rx.Sip.Dialogs;

/// <summary>The way from a request inside of a dialog to who keeps it (RFC 3261 §12.2.2). In the protocol mailbox.</summary>
internal sealed class DialogLayer
{
    private readonly Dictionary<DialogSetId, IDialogUser> _users = [];

    /// <summary>How many sets of dialogs are kept.</summary>
    public int Count => _users.Count;

    /// <summary>From now on requests of these dialogs are for that user.</summary>
    public void Add(DialogSetId id, IDialogUser user) => _users.Add(id, user);

    public void Remove(DialogSetId id) => _users.Remove(id);

    /// <summary>Whom a request is for; null when it is of no dialog that is known.</summary>
    public IDialogUser? Find(SipRequest request) =>
        _users.Count > 0 && DialogSetId.Of(request) is { } id ? _users.GetValueOrDefault(id) : null;
}
