using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Transports;

public class ReceptionTests
{
    private const string Via = "SIP/2.0/UDP 192.0.2.7:4711;branch=z9hG4bK1";

    private readonly ManagerWorld _world = new();

    private FakeFlow Datagram(string text)
    {
        var flow = _world.Udp.Accept("192.0.2.7:4711");
        flow.Receive(text);
        return flow;
    }

    private FakeFlow Stream(params string[] chunks)
    {
        var flow = _world.Tcp.Accept("192.0.2.7:4711");
        foreach (var chunk in chunks)
            flow.Receive(chunk);
        return flow;
    }

    [Fact]
    public void A_request_arrives_stamped()
    {
        Datagram(ManagerWorld.Message("SIP/2.0/UDP a.test:5070;branch=z9hG4bK1;rport"));

        var (flow, request) = Assert.Single(_world.Above.Requests);
        Assert.Equal("SIP/2.0/UDP a.test:5070;branch=z9hG4bK1;rport=4711;received=192.0.2.7", request.Headers.Get("Via"));
        Assert.Equal(SipTransportType.Udp, flow.Transport);
        Assert.Equal(1, _world.Manager.Traffic.RequestsReceived);
    }

    [Fact]
    public void A_response_arrives_as_it_is()
    {
        Stream(ManagerWorld.Response());

        var (_, response) = Assert.Single(_world.Above.Responses);
        Assert.Equal("SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1", response.Headers.Get("Via"));
        Assert.Equal(1, _world.Manager.Traffic.ResponsesReceived);
    }

    [Theory]
    [InlineData("Call-ID: 1@here\r\n", "", "400 Missing Call-ID")]
    [InlineData("From: <sip:alice@example.test>;tag=a\r\n", "", "400 Missing From")]
    [InlineData("To: <sip:bob@example.test>\r\n", "", "400 Missing To")]
    [InlineData("CSeq: 1 MESSAGE\r\n", "", "400 Missing CSeq")]
    [InlineData("CSeq: 1 MESSAGE", "CSeq: one MESSAGE", "400 Malformed CSeq")]
    [InlineData("CSeq: 1 MESSAGE", "CSeq: 1 OPTIONS", "400 CSeq Names Another Method")]
    [InlineData("Call-ID: 1@here", "Call-ID: 1@here\r\ni: 2@here", "400 More Than One Call-ID")]
    [InlineData("SIP/2.0\r\nVia", "SIP/3.0\r\nVia", "505 Version Not Supported")]
    [InlineData("sip:bob@example.test SIP", "<sip:bob@example.test> SIP", "400 Malformed Request-URI")]
    [InlineData("Content-Length: 5", "Content-Length: 5\r\nl: 6", "400 Malformed Content-Length")]
    [InlineData("Content-Length: 5", "Content-Length: 50", "400 Content-Length Larger Than Body")]
    public void A_request_with_a_defect_is_answered_without_a_transaction(string old, string now, string expected)
    {
        var text = ManagerWorld.Message(Via).Replace(old, now, StringComparison.Ordinal);
        Assert.NotEqual(ManagerWorld.Message(Via), text);

        var flow = Datagram(text);

        Assert.Equal(expected, flow.LastResponse.ToString());
        Assert.Empty(_world.Above.Requests);
        Assert.Equal(1, _world.Manager.Traffic.Malformed);
        Assert.Equal(1, _world.Manager.Traffic.Rejected);
    }

    [Fact]
    public void A_request_without_a_Via_is_dropped()
    {
        var flow = Datagram(ManagerWorld.Message(Via).Replace($"Via: {Via}\r\n", "", StringComparison.Ordinal));

        Assert.Empty(flow.Sent);
        Assert.Equal(1, _world.Manager.Traffic.Malformed);
    }

    [Fact]
    public void An_ACK_is_never_answered()
    {
        var flow = Datagram(ManagerWorld.Message(Via, "ACK").Replace("Call-ID: 1@here\r\n", "", StringComparison.Ordinal));

        Assert.Empty(flow.Sent);
        Assert.Empty(_world.Above.Requests);
        Assert.Equal(1, _world.Manager.Traffic.Malformed);
    }

    [Fact]
    public void A_response_with_a_defect_is_dropped()
    {
        var flow = Datagram(ManagerWorld.Response().Replace("Call-ID: 1@here\r\n", "", StringComparison.Ordinal));

        Assert.Empty(flow.Sent);
        Assert.Empty(_world.Above.Responses);
        Assert.Equal(1, _world.Manager.Traffic.Malformed);
    }

    [Fact]
    public void The_same_request_sent_again_is_answered_with_the_same_tag()
    {
        var text = ManagerWorld.Message(Via).Replace("CSeq: 1 MESSAGE\r\n", "", StringComparison.Ordinal);
        var first = Datagram(text);
        first.Receive(text);
        first.Receive(text.Replace("1@here", "2@here", StringComparison.Ordinal));

        Assert.Equal(first.Sent[0], first.Sent[1]);
        Assert.NotEqual(first.LastResponse.To?.Tag, SipResponse.TryParse(first.Sent[0], out var one) ? one.To?.Tag : null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("\r\n")]
    public void An_empty_datagram_is_a_keep_alive_and_nothing_else(string text)
    {
        var flow = Datagram(text);

        Assert.Empty(flow.Sent);
        Assert.Equal(0, _world.Manager.Traffic.Malformed);
    }

    [Fact]
    public void Garbage_is_counted_and_harms_nobody() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), garbage =>
        {
            var world = new ManagerWorld();
            world.Udp.Accept("192.0.2.7:4711").Receive(garbage);
            var stream = world.Tcp.Accept("192.0.2.7:4711");
            stream.Receive(garbage);
            world.Udp.Accept("192.0.2.8:4711").Receive(ManagerWorld.Message(Via));
            Assert.Single(world.Above.Requests);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_ping_is_answered_by_a_pong()
    {
        var flow = Stream("\r\n\r\n", ManagerWorld.Message(Via) + "\r\n\r", "\n\r\n");

        Assert.Equal(["\r\n", "\r\n"], flow.Sent);
        Assert.Single(_world.Above.Requests);
    }

    [Fact]
    public void Nothing_but_line_ends_is_taken_in_one_go()
    {
        var flow = Stream(new string('\n', 1_000_000), new string('\r', 1_000_000), ManagerWorld.Message(Via));

        Assert.Empty(flow.Sent);
        Assert.Single(_world.Above.Requests);
    }

    [Fact]
    public void A_stream_that_can_not_be_followed_is_answered_and_closed()
    {
        var flow = Stream(ManagerWorld.Message(Via).Replace("Content-Length: 5\r\n", "", StringComparison.Ordinal), ManagerWorld.Message(Via));

        Assert.Equal(400, flow.LastResponse.StatusCode);
        Assert.True(flow.IsClosed);
        Assert.Empty(_world.Above.Requests);
        Assert.IsType<InvalidDataException>(Assert.Single(_world.Above.Closed).Error);
    }

    [Fact]
    public void A_body_beyond_the_limit_is_answered_413_before_it_comes()
    {
        var flow = Stream(ManagerWorld.Message(Via).Replace("Content-Length: 5", "Content-Length: 999999999", StringComparison.Ordinal));

        Assert.Equal(413, flow.LastResponse.StatusCode);
        Assert.True(flow.IsClosed);
    }

    [Fact]
    public void Headers_beyond_the_limit_end_the_connection_in_bounded_memory()
    {
        var flow = Stream("MESSAGE sip:bob@example.test SIP/2.0\r\n");
        var filler = $"X: {new string('0', 1000)}\r\n";
        var sent = 0;
        while (!flow.IsClosed && sent < 10_000_000)
        {
            flow.Receive(filler);
            sent += filler.Length;
        }

        Assert.InRange(sent, 60_000, 70_000);
        Assert.Empty(_world.Above.Requests);
    }

    [Fact]
    public void Too_many_headers_are_answered_513()
    {
        var many = string.Concat(Enumerable.Repeat("X: y\r\n", 1100));
        var flow = Datagram(ManagerWorld.Message(Via).Replace("Call-ID:", many + "Call-ID:", StringComparison.Ordinal));

        Assert.Equal(513, flow.LastResponse.StatusCode);
    }

    [Fact]
    public void A_request_with_a_defect_does_not_end_the_stream()
    {
        var flow = Stream(
            ManagerWorld.Message(Via).Replace("SIP/2.0\r\nVia", "SIP/3.0\r\nVia", StringComparison.Ordinal) + ManagerWorld.Message(Via, callId: "next"));

        Assert.Equal(505, flow.LastResponse.StatusCode);
        Assert.Equal("next", Assert.Single(_world.Above.Requests).Request.CallId);
        Assert.False(flow.IsClosed);
    }

    [Fact]
    public void However_a_stream_is_cut_the_same_messages_come() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var octets = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20).Select(i => random.Next(4) switch
            {
                0 => "\r\n\r\n",
                1 => ManagerWorld.Response(),
                _ => ManagerWorld.Message(Via, callId: $"{i}", body: new string('x', random.Next(2000))),
            })));
            var whole = Run([octets]);
            var cut = Run(Cut(octets, random));

            Assert.Equal(whole, cut);
        }).QuickCheckThrowOnFailure();

    private static List<string> Run(IEnumerable<byte[]> chunks)
    {
        var world = new ManagerWorld();
        var flow = world.Tcp.Accept("192.0.2.7:4711");
        foreach (var chunk in chunks)
            flow.Receive(chunk);
        return [.. world.Above.Requests.Select(one => one.Request.ToWireString()), .. world.Above.Responses.Select(one => one.Response.ToWireString()), $"{flow.Sent.Count} pongs"];
    }

    private static IEnumerable<byte[]> Cut(byte[] octets, Random random)
    {
        var most = random.Next(2) == 0 ? 3 : 1000;
        for (var i = 0; i < octets.Length;)
        {
            var length = Math.Min(random.Next(1, most + 1), octets.Length - i);
            yield return octets[i..(i + length)];
            i += length;
        }
    }
}
