using Rx.Sip.Transactions;

namespace Rx.Sip.Dialogs;

/// <summary>Who keeps dialogs: a subscription, a session. Called inside the protocol mailbox.</summary>
internal interface IDialogUser
{
    /// <summary>A request came that names its dialogs, of whatever peer and in whatever order; it has to be answered.</summary>
    void OnRequest(ServerTransaction transaction);
}
