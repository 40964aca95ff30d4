using Rx.Sip.Diagnostics;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

public class OverloadTests
{
    private const string Via = "SIP/2.0/UDP 192.0.2.7:4711;branch=z9hG4bK1";

    private readonly ManagerWorld _world = new(new TrafficLimits { MessageHighWaterMark = 10, MessageLowWaterMark = 5, MaxConnections = 3 });

    [Fact]
    public void Past_the_mark_new_datagram_requests_are_refused_and_what_is_under_way_is_not()
    {
        var flow = _world.Udp.Accept("192.0.2.7:4711");
        _world.Manager.Mailbox.Post(() =>
        {
            for (var i = 0; i < 10; i++)
                flow.Receive(ManagerWorld.Message(Via, callId: $"{i}"));
            Assert.Empty(flow.Sent);
            flow.Receive(ManagerWorld.Message(Via, callId: "refused"));
            flow.Receive(ManagerWorld.Message(Via, toTag: ";tag=b", callId: "dialog"));
            flow.Receive(ManagerWorld.Message(Via, "ACK", callId: "ack"));
            flow.Receive(ManagerWorld.Response());
        });

        Assert.Equal("503 Service Unavailable", flow.LastResponse.ToString());
        Assert.Equal("refused", flow.LastResponse.CallId);
        Assert.Equal("10", flow.LastResponse.Headers.Get("Retry-After"));
        Assert.Single(flow.Sent);
        Assert.Equal(12, _world.Above.Requests.Count);
        Assert.Single(_world.Above.Responses);
    }

    [Fact]
    public void Once_half_is_done_requests_are_taken_again()
    {
        var flow = _world.Udp.Accept("192.0.2.7:4711");
        _world.Manager.Mailbox.Post(() =>
        {
            for (var i = 0; i < 11; i++)
                flow.Receive(ManagerWorld.Message(Via, callId: $"{i}"));
        });

        flow.Receive(ManagerWorld.Message(Via, callId: "again"));

        Assert.Single(flow.Sent);
        Assert.Equal("again", _world.Above.Requests[^1].Request.CallId);
    }

    [Fact]
    public void Far_past_the_mark_datagrams_are_dropped()
    {
        var flow = _world.Udp.Accept("192.0.2.7:4711");
        _world.Manager.Mailbox.Post(() =>
        {
            for (var i = 0; i < 1000; i++)
                flow.Receive(ManagerWorld.Message(Via, toTag: ";tag=b", callId: $"{i}"));
            Assert.InRange(_world.Manager.Mailbox.Count, 20, 21);
        });

        Assert.InRange(_world.Manager.Traffic.Dropped, 979, 981);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void The_low_mark_says_when_a_connection_is_read_again(int low, bool isPaused)
    {
        var world = new ManagerWorld(new TrafficLimits { MessageHighWaterMark = 10, MessageLowWaterMark = low });
        var flow = world.Tcp.Accept("192.0.2.7:4711");
        var seen = new List<bool>();
        // Behind the ten that filled it four more wait.
        world.Above.Answer = (_, request) =>
        {
            if (string.CompareOrdinal(request.CallId, "4") < 0)
                world.Manager.Mailbox.Post(() => seen.Add(flow.IsPaused));
        };

        world.Manager.Mailbox.Post(() =>
        {
            for (var i = 0; i < 10; i++)
                flow.Receive(ManagerWorld.Message(Via, callId: $"{i}"));
        });

        Assert.Equal([isPaused, isPaused, isPaused, isPaused], seen);
        Assert.False(flow.IsPaused);
    }

    [Fact]
    public void A_connection_with_many_messages_waiting_is_read_no_more_until_half_of_them_are_handled()
    {
        var world = new ManagerWorld(new TrafficLimits { MaxWaitingMessagesPerConnection = 4 });
        var (flow, other) = (world.Tcp.Accept("192.0.2.7:4711"), world.Tcp.Accept("192.0.2.8:4711"));
        var paused = new List<bool>();
        world.Above.Answer = (_, _) => paused.Add(flow.IsPaused);

        world.Manager.Mailbox.Post(() =>
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.False(flow.IsPaused);
                flow.Receive(ManagerWorld.Message(Via, callId: $"{i}"));
                other.Receive("\r\n\r\n");
            }
            Assert.Equal((true, false), (flow.IsPaused, other.IsPaused));
        });

        Assert.Equal([true, true, false, false, false], paused);
        Assert.Equal(1, world.Manager.Traffic.Exceeded(TrafficLimit.MaxWaitingMessagesPerConnection));
    }

    [Fact]
    public void Who_does_not_take_answers_is_asked_for_questions_ten_times_a_second_only()
    {
        var world = new ManagerWorld(new TrafficLimits { UnsentOctetsHighWaterMark = 1000 });
        var flow = world.Tcp.Accept("192.0.2.7:4711");
        flow.UnsentOctets = 1000;
        flow.Receive(ManagerWorld.Message(Via, callId: "1"));
        Assert.False(flow.IsPaused);

        flow.UnsentOctets = 1001;
        for (var i = 1; i <= 3; i++)
        {
            flow.Receive(ManagerWorld.Message(Via, callId: "1"));
            Assert.True(flow.IsPaused);
            Assert.Equal(TimeSpan.FromMilliseconds(100 * i), world.TimeOf(() => !flow.IsPaused, TimeSpan.FromSeconds(9)));
        }

        flow.UnsentOctets = 0;
        flow.Receive(ManagerWorld.Message(Via, callId: "1"));
        Assert.False(flow.IsPaused);
        Assert.Equal(3, world.Manager.Traffic.Exceeded(TrafficLimit.UnsentOctetsHighWaterMark));
    }

    [Fact]
    public void A_connection_is_read_no_more_until_half_is_done()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:4711");
        _world.Manager.Mailbox.Post(() =>
        {
            for (var i = 0; i < 9; i++)
                flow.Receive(ManagerWorld.Message(Via, callId: $"{i}"));
            Assert.False(flow.IsPaused);
            flow.Receive(ManagerWorld.Message(Via, callId: "9"));
            Assert.True(flow.IsPaused);
        });

        Assert.False(flow.IsPaused);
        Assert.Empty(flow.Sent);
        Assert.Equal(10, _world.Above.Requests.Count);
    }

    [Fact]
    public void More_connections_than_allowed_are_refused_without_a_word_above()
    {
        for (var i = 0; i < 5; i++)
            _world.Tcp.Accept($"192.0.2.7:{5000 + i}").Receive(ManagerWorld.Message(Via, callId: $"{i}"));

        Assert.Equal([false, false, false, true, true], _world.Tcp.Flows.Select(flow => flow.IsClosed));
        Assert.Equal(["0", "1", "2"], _world.Above.Requests.Select(one => one.Request.CallId));
        Assert.Empty(_world.Above.Closed);
        Assert.Equal(3, _world.Manager.Traffic.Connections);
        Assert.Equal(2, _world.Manager.Traffic.ConnectionsRefused);
    }

    [Fact]
    public void More_connections_of_a_peer_than_allowed_are_refused_and_others_are_not()
    {
        var world = new ManagerWorld(new TrafficLimits { MaxConnectionsPerPeer = 2 });
        string[] callers = ["192.0.2.7:1", "192.0.2.7:2", "192.0.2.7:3", "[::ffff:192.0.2.7]:4", "192.0.2.8:1", "[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3:4:5:6]:1", "[2001:db8:1::1]:1"];
        var flows = callers.Select(caller => world.Tcp.Accept(caller)).ToList();

        Assert.Equal([false, false, true, true, false, false, false, true, false], flows.Select(flow => flow.IsClosed));
        Assert.Equal(3, world.Manager.Traffic.Exceeded(TrafficLimit.MaxConnectionsPerPeer));
        Assert.Equal(3, world.Manager.Traffic.ConnectionsRefused);
        // What is closed makes room, what was refused took none.
        flows[0].End(null);
        Assert.False(world.Tcp.Accept("192.0.2.7:5").IsClosed);
        Assert.True(world.Tcp.Accept("192.0.2.7:6").IsClosed);
        // Those we open to it are not its.
        Assert.False(world.Connect("192.0.2.7:5060").IsClosed);
    }

    [Fact]
    public void Our_own_connections_count_and_fail_when_there_is_no_room()
    {
        for (var i = 0; i < 3; i++)
            _world.Connect($"192.0.2.7:{5000 + i}");

        var flow = _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5999"));

        Assert.False(flow.IsOpen);
        Assert.IsType<ConnectionFailureException>(Assert.Single(_world.Above.Closed).Error);
        _world.Tcp.Flows[0].End(null);
        Assert.True(_world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5999")).IsOpen);
    }

    [Fact]
    public void Unfinished_messages_of_all_together_are_bounded()
    {
        var world = new ManagerWorld(new TrafficLimits { MaxPartialOctets = 100_000 });
        var half = ManagerWorld.Message(Via, body: new string('x', 50_000))[..40_000];
        var flows = Enumerable.Range(0, 4).Select(i => world.Tcp.Accept($"192.0.2.7:{5000 + i}")).ToList();

        foreach (var flow in flows)
            flow.Receive(half);
        Assert.Equal([false, false, true, true], flows.Select(flow => flow.IsClosed));
        // What is finished or closed makes room again.
        flows[0].End(null);
        flows[1].Receive(ManagerWorld.Message(Via, body: new string('x', 50_000))[40_000..]);
        var late = world.Tcp.Accept("192.0.2.7:6000");
        late.Receive(half);

        Assert.False(late.IsClosed);
        Assert.Single(world.Above.Requests);
        Assert.Equal(TrafficLimit.MaxPartialOctets, Assert.IsType<LimitExceededException>(world.Above.Closed[0].Error).Limit);
        Assert.Equal(2, world.Manager.Traffic.Exceeded(TrafficLimit.MaxPartialOctets));
    }

    [Fact]
    public void A_flood_of_made_up_senders_leaves_nothing_behind()
    {
        for (var i = 0; i < 20_000; i++)
            _world.Udp.Accept($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}:5060").Receive("garbage\r\n\r\n");

        Assert.Equal(20_000, _world.Manager.Traffic.Malformed);
        Assert.Equal(0, _world.Manager.Watched);
        Assert.Equal(0, _world.Manager.Traffic.Connections);
    }
}
