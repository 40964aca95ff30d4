using System.Net;
using System.Reactive;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>The transaction layer, asked for the next when it has answered.</summary>
internal sealed class TransactionClient : IBenchmarkClient, ITransactionUser
{
    private readonly RealTimeClientConnectionManager _manager = new();
    private readonly TransactionLayer _layer;
    private readonly IRequestClient _client;
    private readonly SipRequest _template;
    private readonly ManualResetEventSlim _done = new();
    private int _sent;
    private int _answered;

    public TransactionClient(SipTransportType transport, IPEndPoint server)
    {
        _layer = new TransactionLayer(_manager, new SipTimers(), this);
        _client = _layer.To(new SipTarget(transport, server, "127.0.0.1"));
        _template = (SipRequest.TryParse(Wire.RequestText, out var request) ? request : throw new FormatException()).WithoutHeader("Via");
    }

    public async ValueTask DisposeAsync()
    {
        _layer.Dispose();
        await _manager.DisposeAsync();
    }

    public void Run(int count, int concurrency, Latencies latencies)
    {
        _done.Reset();
        (_sent, _answered) = (0, 0);
        _manager.Mailbox.Post(() =>
        {
            while (_sent < Math.Min(concurrency, count))
                Send(_sent++);
        });
        _done.Wait();

        void Send(int number)
        {
            latencies.Sent(number);
            _client.Request(_template).Subscribe(new AnonymousObserver<SipResponse>(response =>
            {
                if (response.StatusCode != 200)
                    Console.Error.WriteLine(response);
                latencies.Answered(number);
                if (++_answered == count)
                    _done.Set();
                else if (_sent < count)
                    Send(_sent++);
            }));
        }
    }

    public void OnRequest(ServerTransaction transaction)
    {
    }

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
