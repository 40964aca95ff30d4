using Rx.Sip.Diagnostics;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Limits;

public class PeerRateTests
{
    private const string Via = "SIP/2.0/UDP 192.0.2.7:4711;branch=z9hG4bK1";

    private readonly ManagerWorld _world = new(new TrafficLimits { MaxMessagesPerSecond = 10, MaxMalformedPerSecond = 4, MaxPeersRemembered = 100 });

    [Fact]
    public void A_connection_that_sends_too_much_is_read_no_more_until_its_time_has_come()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:4711");
        Send(flow, 10);
        Assert.False(flow.IsPaused);

        flow.Receive(string.Concat(Enumerable.Range(10, 5).Select(i => ManagerWorld.Message(Via, callId: $"{i}"))));

        Assert.True(flow.IsPaused);
        Assert.Equal(15, _world.Above.Requests.Count);
        Assert.Equal(TimeSpan.FromMilliseconds(500), _world.TimeOf(() => !flow.IsPaused, TimeSpan.FromMinutes(1)));
        Assert.Equal(1, _world.Manager.Traffic.Exceeded(TrafficLimit.MaxMessagesPerSecond));
        Assert.Equal(0, _world.Manager.Guard.Rests.Count);
    }

    [Fact]
    public void The_pace_is_kept_for_ever_and_what_was_not_used_for_long_is_a_second_s_worth()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:4711");
        Send(flow, 10);
        for (var tenth = 1; tenth <= 1000; tenth++)
        {
            _world.RunTo(TimeSpan.FromMilliseconds(tenth * 100));
            Send(flow, 1);
            Assert.False(flow.IsPaused);
        }

        _world.RunTo(TimeSpan.FromSeconds(150));
        Send(flow, 10);
        Assert.False(flow.IsPaused);
        Send(flow, 1);
        Assert.True(flow.IsPaused);
        Assert.Equal(TimeSpan.FromMilliseconds(150_100), _world.TimeOf(() => !flow.IsPaused, TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void All_connections_of_a_peer_share_its_pace_and_others_have_their_own()
    {
        var flows = Enumerable.Range(1, 4).Select(port => _world.Tcp.Accept($"192.0.2.7:{port}")).ToList();
        foreach (var flow in flows)
            Send(flow, 3);
        var other = _world.Tcp.Accept("192.0.2.8:1");
        Send(other, 10);

        Assert.Equal([false, false, false, true], flows.Select(flow => flow.IsPaused));
        Assert.False(other.IsPaused);
    }

    [Fact]
    public void Two_reasons_to_pause_are_both_to_pass()
    {
        var world = new ManagerWorld(new TrafficLimits { MaxMessagesPerSecond = 10, MessageHighWaterMark = 5, MessageLowWaterMark = 0 });
        var flow = world.Tcp.Accept("192.0.2.7:4711");

        world.Manager.Mailbox.Post(() =>
        {
            Send(flow, 11);
            world.RunTo(TimeSpan.FromSeconds(1));
            Assert.True(flow.IsPaused);
        });
        Assert.False(flow.IsPaused);

        world.Manager.Mailbox.Post(() => Send(flow, 11));
        Assert.True(flow.IsPaused);
        Assert.Equal(TimeSpan.FromMilliseconds(1100), world.TimeOf(() => !flow.IsPaused, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Datagrams_that_are_too_many_are_refused_and_those_far_too_many_dropped()
    {
        var flow = _world.Udp.Accept("192.0.2.7:4711");
        Send(flow, 40);

        Assert.Equal(10, _world.Above.Requests.Count);
        Assert.Equal(10, flow.Sent.Count);
        Assert.Equal("503 Service Unavailable", flow.LastResponse.ToString());
        Assert.Equal("10", flow.LastResponse.Headers.Get("Retry-After"));
        Assert.Equal((20, 30), (_world.Manager.Traffic.Dropped, _world.Manager.Traffic.Exceeded(TrafficLimit.MaxMessagesPerSecond)));
        // A second later it is still a second ahead of its share; then it is heard again.
        _world.RunTo(TimeSpan.FromMilliseconds(1099));
        Send(flow, 1);
        Assert.Equal(10, _world.Above.Requests.Count);
        _world.RunTo(TimeSpan.FromMilliseconds(1200));
        Send(flow, 1);
        Assert.Equal(11, _world.Above.Requests.Count);
    }

    [Fact]
    public void What_is_under_way_is_let_in_by_datagram_though_there_is_too_much()
    {
        var flow = _world.Udp.Accept("192.0.2.7:4711");
        Send(flow, 10);

        flow.Receive(ManagerWorld.Message(Via, toTag: ";tag=b", callId: "dialog"));
        flow.Receive(ManagerWorld.Message(Via, "ACK", callId: "ack"));
        flow.Receive(ManagerWorld.Response());

        Assert.Equal(12, _world.Above.Requests.Count);
        Assert.Single(_world.Above.Responses);
        Assert.Empty(flow.Sent);
    }

    [Fact]
    public void Who_sends_garbage_is_cut_off_and_gets_no_other_connection_until_his_time_has_come()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:4711");
        for (var i = 0; i < 5; i++)
        {
            Assert.False(flow.IsClosed);
            flow.Receive("garbage\r\nContent-Length: 0\r\n\r\n");
        }

        Assert.True(flow.IsClosed);
        Assert.Equal(TrafficLimit.MaxMalformedPerSecond, Assert.IsType<LimitExceededException>(Assert.Single(_world.Above.Closed).Error).Limit);
        _world.RunTo(TimeSpan.FromMilliseconds(249));
        Assert.True(_world.Tcp.Accept("192.0.2.7:4712").IsClosed);
        Assert.False(_world.Tcp.Accept("192.0.2.8:4712").IsClosed);
        _world.RunTo(TimeSpan.FromMilliseconds(250));
        Assert.False(_world.Tcp.Accept("192.0.2.7:4713").IsClosed);
        Assert.Equal(2, _world.Manager.Traffic.Exceeded(TrafficLimit.MaxMalformedPerSecond));
    }

    [Fact]
    public void Garbage_by_datagram_gets_no_more_answers_than_that_and_its_sender_is_still_heard()
    {
        var flow = _world.Udp.Accept("192.0.2.7:4711");
        for (var i = 0; i < 9; i++)
            flow.Receive(ManagerWorld.Message(Via).Replace("CSeq: 1 MESSAGE\r\n", "", StringComparison.Ordinal));

        Assert.Equal(4, flow.Sent.Count);
        Assert.Equal("400 Missing CSeq", flow.LastResponse.ToString());
        Send(flow, 1);
        Assert.Single(_world.Above.Requests);
    }

    [Fact]
    public void Made_up_addresses_push_others_out_and_do_not_make_the_table_grow()
    {
        for (var i = 0; i < 5000; i++)
            _world.Udp.Accept($"10.0.{i >> 8}.{i & 255}:5060").Receive("garbage\r\n\r\n");

        Assert.InRange(_world.Manager.Guard.Sources.Count, 1, 100);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_pause_when_the_connection_ends_or_the_manager_does()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:4711");
        Send(flow, 20);
        var other = _world.Tcp.Accept("192.0.2.8:4711");
        Send(other, 20);
        Assert.Equal(2, _world.Manager.Guard.Rests.Count);

        flow.End(null);
        Assert.Equal(1, _world.Manager.Guard.Rests.Count);
        await _world.Manager.DisposeAsync();

        Assert.Equal(0, _world.Manager.Guard.Rests.Count);
        _world.RunTo(TimeSpan.FromMinutes(1));
    }

    private static void Send(FakeFlow flow, int count)
    {
        for (var i = 0; i < count; i++)
            flow.Receive(ManagerWorld.Message(Via, callId: $"{i}"));
    }
}
