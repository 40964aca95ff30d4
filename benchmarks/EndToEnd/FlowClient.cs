using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>A connection manager that asks the next when it is answered: no transactions.</summary>
internal sealed class FlowClient : IBenchmarkClient, IMessageSink
{
    private readonly RealTimeClientConnectionManager _manager = new();
    private readonly SipTarget _target;
    private readonly SipRequest _template;
    private readonly ManualResetEventSlim _done = new();
    private Latencies? _latencies;
    private int _count;
    private int _sent;
    private int _answered;

    public FlowClient(SipTransportType transport, IPEndPoint server)
    {
        _manager.Sink = this;
        _target = new SipTarget(transport, server, "127.0.0.1");
        _template = (SipRequest.TryParse(Wire.RequestText, out var request) ? request : throw new FormatException()).WithoutHeader("Via");
    }

    public ValueTask DisposeAsync() => _manager.DisposeAsync();

    public void Run(int count, int concurrency, Latencies latencies)
    {
        _done.Reset();
        _manager.Mailbox.Post(() =>
        {
            (_latencies, _count, _sent, _answered) = (latencies, count, 0, 0);
            while (_sent < Math.Min(concurrency, count))
                Send(_sent++);
        });
        // Full sockets lose datagrams; a transaction would send them again, and so does this.
        for (var before = 0; !_done.Wait(200); before = _answered)
            if (before == _answered)
                _manager.Mailbox.Post(() =>
                {
                    foreach (var lost in latencies.Unanswered(_sent))
                        Send(lost);
                });
    }

    public void OnResponse(Flow flow, SipResponse response)
    {
        if (!_latencies!.Answered(Wire.ReadNumber(response.Bytes.Span)))
            return;
        if (++_answered == _count)
            _done.Set();
        else if (_sent < _count)
            Send(_sent++);
    }

    public void OnRequest(Flow flow, SipRequest request)
    {
    }

    public void OnFlowClosed(Flow flow, Exception? error)
    {
        if (error is not null)
            Console.Error.WriteLine($"{flow} closed: {error.Message}");
    }

    private void Send(int number)
    {
        var flow = _manager.FlowTo(_target);
        Span<byte> via = stackalloc byte[128];
        var template = "SIP/2.0/UDP 127.0.0.1:49152;branch=z9hG4bKbench00000000;rport"u8;
        template.CopyTo(via);
        Wire.WriteNumber(via[..template.Length], number);
        _latencies!.Sent(number);
        flow.Send(_template.WithTopVia(via[..template.Length]));
    }
}
