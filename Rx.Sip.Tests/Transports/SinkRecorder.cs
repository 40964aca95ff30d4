using System.Collections.Concurrent;
using System.Text;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

/// <summary>Hears what a transport says, from any thread, and lets a test wait for it.</summary>
internal sealed class SinkRecorder : ITransportSink
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly BlockingCollection<ITransportFlow> _opened = [];
    private readonly BlockingCollection<(ITransportFlow Flow, byte[] Octets)> _received = [];
    private readonly BlockingCollection<(ITransportFlow Flow, Exception? Error)> _closed = [];

    public Action<ITransportFlow, byte[]>? OnReceived { get; init; }

    public Action<ITransportFlow>? OnOpened { get; init; }

    public void Opened(ITransportFlow flow)
    {
        OnOpened?.Invoke(flow);
        _opened.Add(flow);
    }

    public void Received(ITransportFlow flow, ReadOnlySpan<byte> octets)
    {
        var copy = octets.ToArray();
        OnReceived?.Invoke(flow, copy);
        _received.Add((flow, copy));
    }

    public void Closed(ITransportFlow flow, Exception? error) => _closed.Add((flow, error));

    public int ReceivedCount => _received.Count;

    public ITransportFlow NextOpened() => Next(_opened);

    public (ITransportFlow Flow, string Text) NextReceived()
    {
        var (flow, octets) = Next(_received);
        return (flow, Encoding.UTF8.GetString(octets));
    }

    /// <summary>Of a stream: reads until so many octets are there.</summary>
    public string ReadStream(int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
            text.Append(NextReceived().Text);
        return text.ToString();
    }

    public (ITransportFlow Flow, Exception? Error) NextClosed() => Next(_closed);

    public bool HasClosed => _closed.Count > 0;

    private static T Next<T>(BlockingCollection<T> queue)
    {
        Assert.True(queue.TryTake(out var item, Patience), "Nothing came for 20 seconds.");
        return item!;
    }
}
