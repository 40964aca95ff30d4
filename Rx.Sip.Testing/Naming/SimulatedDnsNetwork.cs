using System.Net;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Runtime;
using Rx.Sip.Testing.Network;
using Rx.Sip.Transports;
using Rx.Sip.Transports.Dns;

namespace Rx.Sip.Testing.Naming;

/// <summary>Queries of one host over the simulated network, each from a port of its own.</summary>
internal sealed class SimulatedDnsNetwork(SimulatedHost host, SipIdentifiers identifiers) : IDnsNetwork
{
    private const int FirstPort = 1024;

    public IObservable<DnsPacket> Exchange(IPEndPoint server, bool isStream, ReadOnlyMemory<byte> query) => Observable.Create<DnsPacket>(observer =>
    {
        var transport = new SimulatedTransport(host, isStream ? SipTransportType.Tcp : SipTransportType.Udp, []);
        var sink = new Sink(observer, isStream);
        if (!isStream && host.IsUp)
            transport.Listen(new IPEndPoint(host.Address, FreePort()), sink);
        transport.Connect(server, sink).Send(isStream ? DnsStream.Frame(query.Span) : query);
        return Disposable.Create(transport, static open => open.DisposeAsync().AsTask().Wait());
    });

    // The hosts of a simulation have an address of one family and reach no other.
    public IPAddress? SourceToward(IPAddress destination) =>
        IPAddress.IsLoopback(destination) ? destination : destination.AddressFamily == host.Address.AddressFamily ? host.Address : null;

    private int FreePort()
    {
        int port;
        do
        {
            port = FirstPort + (int)(identifiers.Next() % (IPEndPoint.MaxPort + 1 - FirstPort));
        }
        while (host.DatagramSocketAt(port) is not null);
        return port;
    }

    private sealed class Sink(IObserver<DnsPacket> observer, bool isStream) : ITransportSink
    {
        private readonly DnsStream _stream = new();

        public void Opened(ITransportFlow flow)
        {
        }

        public void Received(ITransportFlow flow, ReadOnlySpan<byte> octets)
        {
            foreach (var message in isStream ? _stream.Push(octets) : [octets.ToArray()])
                observer.OnNext(new DnsPacket(flow.RemoteEndPoint, message));
        }

        public void Closed(ITransportFlow flow, Exception? error)
        {
            if (error is not null)
                observer.OnError(error);
            else if (isStream)
                observer.OnCompleted();
        }
    }
}
