using System.Net;
using System.Net.Sockets;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Transports.Limits;
using Rx.Sip.Transports;
using Rx.Sip.Transports.Limits;
using Xunit;

namespace Rx.Sip.Tests.Transports;

/// <summary>Any chunking and any cut of a stream loses nothing but the connection, and what it held comes back.</summary>
public class StreamCutProperties
{
    [Fact]
    public void Whole_messages_in_front_of_a_cut_arrive_and_nothing_else_and_the_next_connection_is_a_new_one() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var (random, world) = (new Random(seed), new ManagerWorld());
            var (stream, ends) = Messages(random);
            var cut = random.Next(stream.Length + 1);
            var flow = world.Tcp.Accept("192.0.2.7:4711");
            foreach (var piece in InPieces(stream[..cut], random))
                flow.Receive(piece);
            flow.End(random.Next(2) == 0 ? null : new SocketException((int)SocketError.ConnectionReset));
            var next = world.Tcp.Accept("192.0.2.7:4711");
            foreach (var piece in InPieces(stream, random))
                next.Receive(piece);

            var (first, all) = (ends.Count(end => end <= cut), ends.Count);
            Assert.Equal(Names(first).Concat(Names(all)), world.Above.Requests.Select(one => one.Request.CallId));
            Assert.Single(world.Above.Closed);
            Assert.Equal((0, 0, 1), (flow.Flow.Framer!.Room, next.Flow.Framer!.Room, world.Manager.Traffic.Connections));
            world.Manager.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return world.Manager is { Watched: 0, Traffic.Connections: 0 };
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public void The_same_between_sockets_and_every_socket_timer_and_buffer_is_back_after_dispose(int maxThreads) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var (random, time) = (new Random(seed), new TimerTrap());
            var guard = new TrafficGuard(time, TrafficLimits.Default, _ => { });
            var transport = new TcpTransport(guard) { MaxThreads = maxThreads };
            var peer = new Peer(new ConnectionManagerSettings { Scheduler = time, Identifiers = new SipIdentifiers(seed), Transports = [transport] });
            var bound = peer.Listen(SipTransportType.Tcp, "127.0.0.1");
            var (stream, ends) = Messages(random);
            var cut = random.Next(stream.Length + 1);
            using (var socket = Call(bound))
            {
                foreach (var piece in InPieces(stream[..cut], random))
                    socket.Send(Encoding.UTF8.GetBytes(piece));
                socket.Shutdown(SocketShutdown.Send);
                for (var i = 0; i < ends.Count(end => end <= cut); i++)
                    Assert.Equal($"{i}", peer.NextRequest().Request.CallId);
                Assert.Null(peer.NextClosed().Error);
            }
            // One that is left in the middle of a message and one that is written to when everything ends.
            using var half = Call(bound);
            half.Send("MESSAGE sip:bob@example.test SIP/2.0\r\nVia"u8);
            using var reader = Call(bound);
            reader.Send(Encoding.UTF8.GetBytes(stream));
            foreach (var _ in ends)
                peer.NextRequest();
            peer.DisposeAsync().AsTask().GetAwaiter().GetResult();

            Assert.Equal((0, 0, 0L), (transport.Parts, time.Left, guard.Unsent.Used));
            Assert.Equal((0, 0), (peer.Manager.Traffic.Connections, peer.Manager.Watched));
            using var again = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            again.Bind(bound);
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static Socket Call(IPEndPoint address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(address);
        return socket;
    }

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(number => $"{number}");

    // The stream, and where each of its messages ends.
    private static (string Stream, List<int> Ends) Messages(Random random)
    {
        var (stream, ends) = ("", new List<int>());
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            stream += ManagerWorld.Message("SIP/2.0/TCP 192.0.2.7;branch=z9hG4bK1", callId: $"{ends.Count}", body: new string('x', random.Next(3000)));
            ends.Add(stream.Length);
        }
        return (stream, ends);
    }

    private static IEnumerable<string> InPieces(string stream, Random random)
    {
        var least = random.Next(3) == 0 ? 1 : 200;
        while (stream.Length > 0)
        {
            var length = Math.Min(stream.Length, random.Next(least, 2000));
            yield return stream[..length];
            stream = stream[length..];
        }
    }
}
