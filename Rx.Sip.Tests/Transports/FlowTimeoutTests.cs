using Rx.Sip.Diagnostics;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

public class FlowTimeoutTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManagerWorld _world = new(new ConnectionManagerSettings
    {
        ConnectTimeout = TimeSpan.FromSeconds(10),
        IdleTimeout = TimeSpan.FromMinutes(3),
        TrafficLimits = new TrafficLimits { MessageTimeout = TimeSpan.FromSeconds(30) },
    });

    [Fact]
    public void A_connection_that_does_not_stand_in_time_is_given_up()
    {
        var flow = _world.Connect("192.0.2.7:5060");

        Assert.Equal(TimeSpan.FromSeconds(10), _world.TimeOf(() => flow.IsClosed, Hour));
        var closed = Assert.Single(_world.Above.Closed);
        Assert.IsType<TimeoutException>(closed.Error);
        Assert.Equal(0, _world.Manager.Watched);
    }

    [Fact]
    public void A_connection_without_traffic_is_closed_in_order()
    {
        var flow = _world.Connect("192.0.2.7:5060");
        _world.RunTo(TimeSpan.FromSeconds(2));
        flow.Open();

        Assert.Equal(TimeSpan.FromSeconds(182), _world.TimeOf(() => flow.IsClosed, Hour));
        Assert.Null(Assert.Single(_world.Above.Closed).Error);
    }

    [Fact]
    public void Traffic_either_way_keeps_a_connection()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:49152");
        _world.RunTo(TimeSpan.FromSeconds(100));
        flow.Receive("\r\n\r\n");
        _world.RunTo(TimeSpan.FromSeconds(250));
        flow.Flow.Send(Rx.Sip.Messages.SipRequest.Create(
            Rx.Sip.Messages.SipMethod.Options,
            Rx.Sip.Messages.SipUri.Parse("sip:b@c"),
            Rx.Sip.Messages.NameAddress.Parse("<sip:a@b>"),
            Rx.Sip.Messages.NameAddress.Parse("<sip:b@c>"), "1", 1));

        Assert.Equal(TimeSpan.FromSeconds(430), _world.TimeOf(() => flow.IsClosed, Hour));
    }

    [Fact]
    public void A_held_connection_is_not_closed_for_idleness_until_it_is_let_go()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:49152");
        var (one, two) = (flow.Flow.Hold(), flow.Flow.Hold());
        _world.RunTo(TimeSpan.FromMinutes(20));
        one.Dispose();
        one.Dispose();
        _world.RunTo(TimeSpan.FromMinutes(40));
        Assert.False(flow.IsClosed);

        two.Dispose();

        Assert.Equal(TimeSpan.FromMinutes(43), _world.TimeOf(() => flow.IsClosed, Hour));
    }

    [Fact]
    public void A_message_that_is_not_finished_in_time_closes_its_connection()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:49152");
        _world.RunTo(TimeSpan.FromSeconds(60));
        flow.Receive("MESSAGE sip:bob@example.test SIP/2.0\r\n");
        _world.RunTo(TimeSpan.FromSeconds(80));
        flow.Receive("Via: SIP/2.0/TCP a.test\r\n");

        Assert.Equal(TimeSpan.FromSeconds(90), _world.TimeOf(() => flow.IsClosed, Hour));
        Assert.Equal(TrafficLimit.MessageTimeout, Assert.IsType<LimitExceededException>(Assert.Single(_world.Above.Closed).Error).Limit);
        Assert.Equal(1, _world.Manager.Traffic.Exceeded(TrafficLimit.MessageTimeout));
    }

    [Fact]
    public void One_octet_a_second_does_not_keep_a_connection()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:49152");
        var text = ManagerWorld.Message("SIP/2.0/TCP a.test;branch=z9hG4bK1");
        for (var i = 0; i < text.Length && !flow.IsClosed; i++)
        {
            _world.RunTo(TimeSpan.FromSeconds(i));
            if (!flow.IsClosed)
                flow.Receive(text.Substring(i, 1));
        }

        Assert.Equal(TimeSpan.FromSeconds(30), _world.Now);
        Assert.Empty(_world.Above.Requests);
    }

    [Fact]
    public void The_time_of_a_message_starts_with_its_own_first_octet()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:49152");
        var text = ManagerWorld.Message("SIP/2.0/TCP a.test;branch=z9hG4bK1");
        flow.Receive(text[..20]);
        _world.RunTo(TimeSpan.FromSeconds(25));
        flow.Receive(text[20..] + text[..20]);

        Assert.Equal(TimeSpan.FromSeconds(55), _world.TimeOf(() => flow.IsClosed, Hour));
        Assert.Single(_world.Above.Requests);
    }

    [Fact]
    public void A_whole_message_ends_the_wait()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:49152");
        var text = ManagerWorld.Message("SIP/2.0/TCP a.test;branch=z9hG4bK1");
        flow.Receive(text[..20]);
        _world.RunTo(TimeSpan.FromSeconds(25));
        flow.Receive(text[20..]);

        Assert.Equal(TimeSpan.FromSeconds(205), _world.TimeOf(() => flow.IsClosed, Hour));
    }

    [Fact]
    public void Never_is_a_time_too()
    {
        var world = new ManagerWorld(new ConnectionManagerSettings { IdleTimeout = Timeout.InfiniteTimeSpan });
        var flow = world.Tcp.Accept("192.0.2.7:49152");

        world.RunTo(TimeSpan.FromDays(365));

        Assert.False(flow.IsClosed);
    }

    [Fact]
    public void Many_connections_are_each_closed_at_their_own_time()
    {
        var closed = new List<(int Index, TimeSpan At)>();
        var flows = new List<FakeFlow>();
        for (var i = 0; i < 50; i++)
        {
            _world.RunTo(TimeSpan.FromSeconds(i));
            flows.Add(_world.Tcp.Accept($"192.0.2.7:{50000 + i}"));
        }
        // Every other one is used once more.
        _world.RunTo(TimeSpan.FromSeconds(100));
        for (var i = 0; i < 50; i += 2)
            flows[i].Receive("\r\n\r\n");
        for (var second = 100; second <= 300; second++)
        {
            _world.RunTo(TimeSpan.FromSeconds(second));
            for (var i = 0; i < 50; i++)
                if (flows[i].IsClosed && !closed.Exists(one => one.Index == i))
                    closed.Add((i, _world.Now));
        }

        Assert.Equal(50, closed.Count);
        Assert.All(closed, one => Assert.Equal(TimeSpan.FromSeconds(one.Index % 2 == 0 ? 280 : 180 + one.Index), one.At));
        Assert.Equal(0, _world.Manager.Watched);
    }
}
