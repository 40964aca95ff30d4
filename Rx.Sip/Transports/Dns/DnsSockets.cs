using System.Net;
using System.Net.Sockets;
using System.Reactive.Linq;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports.Dns;

/// <summary>The system's sockets, a new one for each query.</summary>
internal sealed class DnsSockets(SipIdentifiers identifiers) : IDnsNetwork
{
    private const int FirstPort = 1024;
    private const int PortAttempts = 8;
    private const int LargestDatagram = 4096;

    public IObservable<DnsPacket> Exchange(IPEndPoint server, bool isStream, ReadOnlyMemory<byte> query) =>
        Observable.Create<DnsPacket>((observer, cancellation) => isStream
            ? OverStream(server, query, observer, cancellation)
            : AsDatagram(server, query, observer, cancellation));

    public IPAddress? SourceToward(IPAddress destination) => LocalAddress.Toward(new IPEndPoint(destination, 0));

    // Connected, so that the system keeps strangers away and tells when nobody listens there.
    private async Task AsDatagram(IPEndPoint server, ReadOnlyMemory<byte> query, IObserver<DnsPacket> observer, CancellationToken cancellation)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        Bind(socket, server);
        await socket.ConnectAsync(server, cancellation).ConfigureAwait(false);
        await socket.SendAsync(query, cancellation).ConfigureAwait(false);
        var buffer = new byte[LargestDatagram];
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false);
            observer.OnNext(new DnsPacket(server, buffer.AsSpan(0, count).ToArray()));
        }
    }

    private static async Task OverStream(IPEndPoint server, ReadOnlyMemory<byte> query, IObserver<DnsPacket> observer, CancellationToken cancellation)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellation).ConfigureAwait(false);
        await socket.SendAsync(DnsStream.Frame(query.Span), cancellation).ConfigureAwait(false);
        var (stream, buffer) = (new DnsStream(), new byte[LargestDatagram]);
        while (await socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var count)
            foreach (var message in stream.Push(buffer.AsSpan(0, count)))
                observer.OnNext(new DnsPacket(server, message));
        throw new SocketException((int)SocketError.ConnectionReset);
    }

    private void Bind(Socket socket, IPEndPoint server)
    {
        for (var attempt = 1; attempt <= PortAttempts; attempt++)
        {
            var port = FirstPort + (int)(identifiers.Next() % (IPEndPoint.MaxPort + 1 - FirstPort));
            try
            {
                socket.Bind(new IPEndPoint(AnyAddress.Of(server), port));
                return;
            }
            // Somebody else has it, or nobody may: the next one.
            catch (SocketException) when (attempt < PortAttempts)
            {
            }
        }
    }
}
