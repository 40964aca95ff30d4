using System.Net;
using Rx.Sip.Transports;

namespace Rx.Sip.Benchmarks.Transactions;

/// <summary>Two ends that hand octets to each other on the spot, and keep account of which side allocates.</summary>
internal sealed class MemoryTransport(SipTransportType type, int side, Account account) : ISipTransport
{
    private readonly IPEndPoint _address = new(IPAddress.Loopback, 5060 + side);
    private MemoryFlow? _flow;

    public SipTransportType Type => type;

    public MemoryTransport? Peer { get; set; }

    public ITransportListener Listen(IPEndPoint local, ITransportSink sink)
    {
        _flow ??= new MemoryFlow(this, sink);
        return new Listener(_address);
    }

    public ITransportFlow Connect(IPEndPoint remote, ITransportSink sink)
    {
        _flow ??= new MemoryFlow(this, sink);
        if (type != SipTransportType.Udp)
            sink.Opened(_flow);
        return _flow;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Listener(IPEndPoint local) : ITransportListener
    {
        public IPEndPoint LocalEndPoint => local;

        public void Dispose()
        {
        }
    }

    private sealed class MemoryFlow(MemoryTransport owner, ITransportSink sink) : ITransportFlow
    {
        public IPEndPoint LocalEndPoint => owner._address;

        public IPEndPoint RemoteEndPoint => owner.Peer!._address;

        public object? Note { get; set; }

        public void Send(ReadOnlyMemory<byte> octets)
        {
            var before = owner.Account.Enter(owner.Peer!.Side);
            owner.Peer._flow!.Receive(octets.Span);
            owner.Account.Enter(before);
        }

        public void Close()
        {
        }

        private void Receive(ReadOnlySpan<byte> octets) => sink.Received(this, octets);
    }

    private int Side => side;

    private Account Account => account;
}
