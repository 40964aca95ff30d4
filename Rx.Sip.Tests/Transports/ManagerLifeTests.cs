using System.Net;
using System.Reactive.Linq;
using Microsoft.Extensions.Logging;
using Rx.Sip.Tests.Diagnostics;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

public class ManagerLifeTests
{
    private readonly ManagerWorld _world = new();

    [Fact]
    public void Listening_starts_with_the_subscription_and_ends_with_it()
    {
        var listening = _world.Manager.StartListening(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.Equal(1, _world.Tcp.Listeners);

        var bound = new List<IPEndPoint>();
        var subscription = listening.Subscribe(bound.Add);

        Assert.Equal([new IPEndPoint(IPAddress.Loopback, 5060)], bound);
        Assert.Equal(2, _world.Tcp.Listeners);
        Assert.Contains(new ListeningAddress(SipTransportType.Tcp, bound[0]), _world.Manager.ListeningAddresses);
        subscription.Dispose();
        subscription.Dispose();
        Assert.Equal(1, _world.Tcp.Listeners);
        Assert.DoesNotContain(new ListeningAddress(SipTransportType.Tcp, bound[0]), _world.Manager.ListeningAddresses);
    }

    [Fact]
    public void An_address_that_can_not_be_had_is_an_error_that_names_it()
    {
        Exception? error = null;
        _world.Manager.StartListening(SipTransportType.Udp, new IPEndPoint(IPAddress.Loopback, 1)).Subscribe(_ => { }, failure => error = failure);

        Assert.StartsWith("Can't listen on udp:127.0.0.1:1: ", Assert.IsType<ConnectionFailureException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Listening_over_a_transport_there_is_none_of_is_an_error()
    {
        Exception? error = null;
        _world.Manager.StartListening(SipTransportType.Tls, new IPEndPoint(IPAddress.Loopback, 0)).Subscribe(_ => { }, failure => error = failure);

        Assert.IsType<ConnectionFailureException>(error);
    }

    [Fact]
    public async Task Disposing_leaves_nothing()
    {
        var events = new List<string>();
        _world.Manager.FlowsClosed.Subscribe(_ => events.Add("flow closed"), () => events.Add("flows over"));
        _world.Manager.FlowsOpened.Subscribe(_ => { }, () => events.Add("openings over"));
        _world.Manager.Connections.Subscribe(_ => { }, () => events.Add("connections over"));
        _world.Manager.StartListening(new IPEndPoint(IPAddress.Loopback, 0)).Subscribe(_ => { }, () => events.Add("listening over"));
        _world.Tcp.Accept("192.0.2.7:4711");
        _world.Connect("192.0.2.7:5060");

        await _world.Manager.DisposeAsync();
        await _world.Manager.DisposeAsync();
        _world.Time.AdvanceBy(TimeSpan.FromTicks(1));

        Assert.Equal(["listening over", "flow closed", "flow closed", "openings over", "flows over", "connections over"], events);
        Assert.True(_world.Udp.IsDisposed && _world.Tcp.IsDisposed);
        Assert.Equal(0, _world.Tcp.Listeners + _world.Udp.Listeners);
        Assert.Empty(_world.Manager.ListeningAddresses);
        Assert.Equal(0, _world.Manager.Watched);
        Assert.Equal(2, _world.Above.Closed.Count);
        AssertNothingScheduled();
    }

    [Fact]
    public void No_timer_is_left_when_no_connection_is()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:4711");
        flow.End(null);

        AssertNothingScheduled();
    }

    [Fact]
    public void What_throws_above_stops_nothing_and_is_told()
    {
        var errors = new List<Exception>();
        _world.Manager.Unexpected.Subscribe(errors.Add);
        _world.Above.Answer = (_, request) =>
        {
            if (request.CallId == "bad")
                throw new InvalidOperationException("a bug");
        };
        var flow = _world.Tcp.Accept("192.0.2.7:4711");

        flow.Receive(ManagerWorld.Message("SIP/2.0/TCP a.test", callId: "bad"));
        flow.Receive(ManagerWorld.Message("SIP/2.0/TCP a.test", callId: "good"));

        Assert.Equal("a bug", Assert.Single(errors).Message);
        Assert.Equal("good", _world.Above.Requests[^1].Request.CallId);
    }

    [Fact]
    public void What_throws_on_the_way_in_costs_that_flow_and_nothing_else()
    {
        var world = new ManagerWorld(new ConnectionManagerSettings { LoggerFactory = new LogRecorder(LogLevel.Trace) { Rejects = "bad" } });
        var errors = new List<Exception>();
        world.Manager.Unexpected.Subscribe(errors.Add);

        world.Tcp.Accept("192.0.2.7:1").Receive(ManagerWorld.Message("SIP/2.0/TCP a.test", callId: "bad"));
        world.Tcp.Accept("192.0.2.7:2").Receive(ManagerWorld.Message("SIP/2.0/TCP a.test", callId: "good"));

        Assert.Equal([true, false], world.Tcp.Flows.Select(flow => flow.IsClosed));
        Assert.Equal("good", Assert.Single(world.Above.Requests).Request.CallId);
        Assert.Single(errors);
        Assert.Same(errors[0], Assert.Single(world.Above.Closed).Error);
    }

    [Fact]
    public void Two_transports_of_a_type_are_refused() =>
        Assert.Throws<ArgumentException>(() => new RealTimeClientConnectionManager(new ConnectionManagerSettings
        {
            Transports = [new FakeTransport(SipTransportType.Udp), new FakeTransport(SipTransportType.Udp)],
        }));

    [Fact]
    public void Without_a_listener_of_its_own_a_client_listens_over_its_first_transport()
    {
        var tcp = new FakeTransport(SipTransportType.Tcp);
        var manager = new RealTimeClientConnectionManager(new ConnectionManagerSettings { Scheduler = _world.Time, Transports = [tcp] });

        using var listening = manager.StartListening(new IPEndPoint(IPAddress.Loopback, 0)).Subscribe();

        Assert.Equal(1, tcp.Listeners);
    }

    // Time would have to move on if there were something to do.
    private void AssertNothingScheduled()
    {
        _world.Time.Start();
        Assert.Equal(ManagerWorld.Start, new DateTimeOffset(_world.Time.Now.UtcTicks - _world.Now.Ticks, TimeSpan.Zero));
        Assert.True(_world.Now < TimeSpan.FromSeconds(1));
    }
}
