using Rx.Sip.Dialogs;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Registration;
using Rx.Sip.Transactions;

namespace Rx.Sip;

/// <summary>
/// Hears by which NOTIFYs Office Communications Server throws an endpoint out: without a subscription, in what would be the dialog of the
/// REGISTER, whose Call-ID and tag nobody else knows [MS-SIPREGE §3.2]. In the protocol mailbox.
/// </summary>
/// <param name="evict">Told of each.</param>
internal sealed class DeregistrationNotices(Action<Eviction> evict) : IDialogUser
{
    private const string Package = "registration-notify";

    public void OnRequest(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method != SipMethod.Notify)
        {
            transaction.Respond(SipStatus.CallOrTransactionDoesNotExist);
        }
        else if (!string.Equals(request.Get(HeaderFields.Event)?.Package, Package, StringComparison.OrdinalIgnoreCase))
        {
            transaction.Respond(SipStatus.BadEvent);
        }
        else
        {
            transaction.Respond(SipStatus.Ok);
            if (Evictions.Of(request) is { } eviction)
                evict(eviction);
        }
    }
}
