using System.Collections.Concurrent;
using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

/// <summary>A connection manager over real sockets that answers every request with 200 and keeps what it hears, for a test to wait for.</summary>
internal sealed class Peer : IMessageSink, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly BlockingCollection<(Flow Flow, SipRequest Request)> _requests = [];
    private readonly BlockingCollection<(Flow Flow, SipResponse Response)> _responses = [];
    private readonly BlockingCollection<FlowClosed> _closed = [];

    public Peer() : this(new ConnectionManagerSettings())
    {
    }

    public Peer(ConnectionManagerSettings settings)
    {
        Manager = new RealTimeServerTcpConnectionManager(settings);
        Manager.Sink = this;
    }

    public RealTimeConnectionManager Manager { get; }

    public IPEndPoint Listen(SipTransportType transport, string address)
    {
        IPEndPoint? bound = null;
        Manager.StartListening(transport, new IPEndPoint(IPAddress.Parse(address), 0)).Subscribe(one => bound = one);
        return bound!;
    }

    public void Send(SipTarget target, string callId, int body = 5)
    {
        Manager.Mailbox.Post(() =>
        {
            var flow = Manager.FlowTo(target);
            var via = $"SIP/2.0/{target.Transport.ToString().ToUpperInvariant()} {flow.SentBy};rport;branch=z9hG4bK{callId}";
            Assert.True(SipRequest.TryParse(ManagerWorld.Message(via, callId: callId, body: new string('x', body)), out var request));
            flow.Send(request);
        });
    }

    public void OnRequest(Flow flow, SipRequest request)
    {
        flow.Send(SipResponse.For(request, 200, null, "b"));
        _requests.Add((flow, request));
    }

    public void OnResponse(Flow flow, SipResponse response) => _responses.Add((flow, response));

    public void OnFlowClosed(Flow flow, Exception? error) => _closed.Add(new FlowClosed(flow, error));

    public (Flow Flow, SipRequest Request) NextRequest() => Next(_requests);

    public (Flow Flow, SipResponse Response) NextResponse() => Next(_responses);

    public FlowClosed NextClosed() => Next(_closed);

    public ValueTask DisposeAsync() => Manager.DisposeAsync();

    private static T Next<T>(BlockingCollection<T> queue)
    {
        Assert.True(queue.TryTake(out var item, Patience), "Nothing came for 20 seconds.");
        return item!;
    }
}
