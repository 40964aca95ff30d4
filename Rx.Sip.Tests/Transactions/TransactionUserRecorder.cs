using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Transactions;

/// <summary>A user of the layer that notes what it is given and answers as the test says.</summary>
internal sealed class TransactionUserRecorder : ITransactionUser
{
    public List<ServerTransaction> Requests { get; } = [];

    public List<SipRequest> Acks { get; } = [];

    public List<(ServerTransaction Invite, ServerTransaction Cancel)> Cancels { get; } = [];

    public List<SipResponse> Strays { get; } = [];

    public List<ServerTransaction> Unanswered { get; } = [];

    public Action<ServerTransaction> Answer { get; set; } = _ => { };

    public void OnRequest(ServerTransaction transaction)
    {
        Requests.Add(transaction);
        Answer(transaction);
    }

    public void OnAck(Flow flow, SipRequest ack) => Acks.Add(ack);

    public void OnCancel(ServerTransaction invite, ServerTransaction cancel) => Cancels.Add((invite, cancel));

    public void OnStrayResponse(Flow flow, SipResponse response) => Strays.Add(response);

    public void OnUnanswered(ServerTransaction transaction) => Unanswered.Add(transaction);
}
