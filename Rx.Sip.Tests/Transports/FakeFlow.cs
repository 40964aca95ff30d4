using System.Collections.Immutable;
using System.Net;
using System.Text;
using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Transports;

/// <summary>A flow whose other end is the test.</summary>
internal sealed class FakeFlow(IPEndPoint local, IPEndPoint remote, ITransportSink sink) : ITransportFlow
{
    private readonly List<byte[]> _sent = [];

    public IPEndPoint LocalEndPoint { get; set; } = local;

    public IPEndPoint RemoteEndPoint => remote;

    public object? Note { get; set; }

    public Flow Flow => (Flow)Note!;

    public ImmutableArray<string> RemoteDomains { get; init; } = [];

    public bool IsClosed { get; private set; }

    public bool IsPaused { get; private set; }

    public int UnsentOctets { get; set; }

    /// <summary>What was sent, one text for each call.</summary>
    public IReadOnlyList<string> Sent => [.. _sent.Select(Encoding.UTF8.GetString)];

    public SipResponse LastResponse => SipResponse.TryParse(Sent[^1], out var response) ? response : throw new InvalidOperationException(Sent[^1]);

    public void Send(ReadOnlyMemory<byte> octets) => _sent.Add(octets.ToArray());

    public void Close() => End(null);

    public void Pause() => IsPaused = true;

    public void Resume() => IsPaused = false;

    public void Open() => sink.Opened(this);

    public void Receive(string text) => Receive(Encoding.UTF8.GetBytes(text));

    public void Receive(ReadOnlySpan<byte> octets) => sink.Received(this, octets);

    public void End(Exception? error)
    {
        if (IsClosed)
            return;
        IsClosed = true;
        sink.Closed(this, error);
    }
}
