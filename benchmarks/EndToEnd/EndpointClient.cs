using System.Net;
using Rx.Sip.Messages;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>An endpoint of the public API that sends the next message when one has its final response.</summary>
internal sealed class EndpointClient : IBenchmarkClient
{
    private static readonly string Text = new('x', 120);

    private readonly CollaborationPlatform _platform;
    private readonly SipPeerToPeerEndpoint _endpoint;
    private readonly RealTimeAddress _bob = new("sip:bob@example.test");
    private readonly ManualResetEventSlim _done = new();
    private Latencies? _latencies;
    private int _count;
    private int _sent;
    private int _answered;

    public EndpointClient(SipTransportType transport, IPEndPoint server)
    {
        _platform = new CollaborationPlatform(new ClientPlatformSettings("Benchmark/1.0", transport));
        _endpoint = new SipPeerToPeerEndpoint(_platform, new SipPeerToPeerEndpointSettings("sip:alice@example.test")
        {
            Transport = transport,
            ProxyHost = server.Address.ToString(),
            ProxyPort = server.Port,
            IsEndpointThrottled = false,
        });
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    public void Run(int count, int concurrency, Latencies latencies)
    {
        _done.Reset();
        (_latencies, _count, _sent, _answered) = (latencies, count, 0, 0);
        for (var i = 0; i < Math.Min(concurrency, count); i++)
            Send(Interlocked.Increment(ref _sent) - 1);
        _done.Wait();
    }

    private void Send(int number)
    {
        _latencies!.Sent(number);
        _endpoint.SendMessage(_bob, Text).Subscribe(new Receipt(this, number));
    }

    private void Answered(int number, SipResponse response)
    {
        if (!response.IsSuccess)
            throw new InvalidOperationException($"Answered {response}.");
        _latencies!.Answered(number);
        if (Interlocked.Increment(ref _answered) == _count)
            _done.Set();
        else if (Interlocked.Increment(ref _sent) is var next && next <= _count)
            Send(next - 1);
    }

    private sealed class Receipt(EndpointClient client, int number) : IObserver<SipResponse>
    {
        public void OnNext(SipResponse value)
        {
            if (value.IsFinal)
                client.Answered(number, value);
        }

        public void OnError(Exception error) => throw error;

        public void OnCompleted()
        {
        }
    }
}
