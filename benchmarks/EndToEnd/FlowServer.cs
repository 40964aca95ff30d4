using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>A connection manager that answers at once: framing, parsing, stamping and writing, but no transactions.</summary>
internal sealed class FlowServer : IBenchmarkServer, IMessageSink
{
    private readonly RealTimeServerTcpConnectionManager _manager = new();

    public FlowServer(SipTransportType transport)
    {
        _manager.Sink = this;
        _manager.StartListening(transport, new IPEndPoint(IPAddress.Loopback, 0)).Subscribe();
    }

    public IPEndPoint Address => _manager.ListeningAddresses[0].EndPoint;

    public ValueTask DisposeAsync() => _manager.DisposeAsync();

    public void OnRequest(Flow flow, SipRequest request) => flow.Send(SipResponse.For(request, 200, null, "8321234356"));

    public void OnResponse(Flow flow, SipResponse response)
    {
    }

    public void OnFlowClosed(Flow flow, Exception? error)
    {
    }
}
