using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>The transaction layer with a user that answers at once.</summary>
internal sealed class TransactionServer : IBenchmarkServer, ITransactionUser
{
    private readonly RealTimeServerTcpConnectionManager _manager = new();
    private readonly TransactionLayer _layer;

    public TransactionServer(SipTransportType transport)
    {
        _layer = new TransactionLayer(_manager, new SipTimers(), this);
        _manager.StartListening(transport, new IPEndPoint(IPAddress.Loopback, 0)).Subscribe(_ => { });
    }

    public IPEndPoint Address => _manager.ListeningAddresses[0].EndPoint;

    public async ValueTask DisposeAsync()
    {
        _layer.Dispose();
        await _manager.DisposeAsync();
    }

    public void OnRequest(ServerTransaction transaction) => transaction.Respond(SipStatus.Ok);

    public void OnAck(Flow flow, SipRequest ack)
    {
    }

    public void OnCancel(ServerTransaction invite, ServerTransaction cancel)
    {
    }

    public void OnStrayResponse(Flow flow, SipResponse response)
    {
    }

    public void OnUnanswered(ServerTransaction transaction)
    {
    }
}
