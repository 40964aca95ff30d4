using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// Keeps what a user throws away from the transactions: it is reported and nothing else stops; a request it happened to and that has no
/// answer is answered 500.
/// </summary>
internal sealed class GuardedUser(ITransactionUser user, Action<Exception> report) : ITransactionUser
{
    /// <summary>The user itself.</summary>
    public ITransactionUser Inner => user;

    public void OnRequest(ServerTransaction transaction)
    {
        try
        {
            user.OnRequest(transaction);
        }
        catch (Exception error)
        {
            if (!transaction.IsAnswered)
                transaction.Respond(SipStatus.ServerInternalError);
            report(error);
        }
    }

    public void OnAck(Flow flow, SipRequest ack)
    {
        try
        {
            user.OnAck(flow, ack);
        }
        catch (Exception error)
        {
            report(error);
        }
    }

    public void OnCancel(ServerTransaction invite, ServerTransaction cancel)
    {
        try
        {
            user.OnCancel(invite, cancel);
        }
        catch (Exception error)
        {
            // Cancelled is cancelled, whatever became of the user (RFC 3261 §9.2).
            if (!invite.IsAnswered)
                invite.Respond(SipStatus.RequestTerminated);
            report(error);
        }
    }

    public void OnStrayResponse(Flow flow, SipResponse response)
    {
        try
        {
            user.OnStrayResponse(flow, response);
        }
        catch (Exception error)
        {
            report(error);
        }
    }

    public void OnUnanswered(ServerTransaction transaction)
    {
        try
        {
            user.OnUnanswered(transaction);
        }
        catch (Exception error)
        {
            report(error);
        }
    }
}
