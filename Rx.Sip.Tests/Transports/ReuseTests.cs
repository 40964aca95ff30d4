using System.Net;
using System.Net.Sockets;
using Rx.Sip.Messages;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

public class ReuseTests
{
    private readonly ManagerWorld _world = new();

    private static SipRequest Request
    {
        get
        {
            Assert.True(SipRequest.TryParse(ManagerWorld.Message("SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1"), out var request));
            return request;
        }
    }

    [Fact]
    public void Later_requests_to_a_target_take_the_connection_there_is()
    {
        var first = _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5060"));
        _world.Tcp.Last.Open();

        Assert.Same(first, _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5060")));
        Assert.Same(first, _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "[::ffff:192.0.2.7]:5060")));
        Assert.NotSame(first, _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5062")));
        Assert.NotSame(first, _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Udp, "192.0.2.7:5060")));
    }

    [Fact]
    public void A_connection_that_a_peer_opened_serves_requests_to_it()
    {
        var accepted = _world.Tcp.Accept("192.0.2.7:49152");

        Assert.Same(accepted.Flow, _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:49152")));
        Assert.False(accepted.Flow.IsOutgoing);
    }

    [Fact]
    public void A_closed_connection_is_not_taken_again()
    {
        var first = _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5060"));
        _world.Tcp.Last.Open();
        first.Close();

        Assert.NotSame(first, _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5060")));
    }

    [Fact]
    public void A_datagram_flow_that_failed_is_made_anew()
    {
        var first = _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Udp, "192.0.2.7:5060"));
        _world.Udp.Last.End(new SocketException((int)SocketError.ConnectionRefused));

        Assert.NotSame(first, _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Udp, "192.0.2.7:5060")));
        Assert.Equal(first, Assert.Single(_world.Above.Closed).Flow);
    }

    [Fact]
    public void A_response_goes_back_over_the_connection_of_its_request()
    {
        var accepted = _world.Tcp.Accept("192.0.2.7:49152");
        accepted.Receive(ManagerWorld.Message("SIP/2.0/TCP phone.example.test:5070;branch=z9hG4bK1"));

        var (flow, request) = Assert.Single(_world.Above.Requests);
        flow.Send(SipResponse.For(request, 200, null, "b"));

        Assert.Same(accepted.Flow, flow);
        Assert.Equal(200, accepted.LastResponse.StatusCode);
    }

    [Fact]
    public void A_response_whose_connection_is_gone_goes_to_the_port_of_sent_by_over_a_new_one()
    {
        var accepted = _world.Tcp.Accept("192.0.2.7:49152");
        accepted.Receive(ManagerWorld.Message("SIP/2.0/TCP phone.example.test:5070;branch=z9hG4bK1"));
        var (flow, request) = Assert.Single(_world.Above.Requests);
        accepted.End(null);

        flow.Send(SipResponse.For(request, 200, null, "b"));

        var other = _world.Tcp.Last;
        Assert.NotSame(accepted, other);
        Assert.Equal(IPEndPoint.Parse("192.0.2.7:5070"), other.RemoteEndPoint);
        Assert.Equal(200, other.LastResponse.StatusCode);
        Assert.Empty(accepted.Sent);
    }

    [Fact]
    public void A_response_that_can_not_be_delivered_anywhere_ends_there()
    {
        var accepted = _world.Tcp.Accept("192.0.2.7:49152");
        accepted.Receive(ManagerWorld.Message("SIP/2.0/TCP phone.example.test:5070;branch=z9hG4bK1"));
        var (flow, request) = Assert.Single(_world.Above.Requests);
        accepted.End(null);
        _world.Tcp.ConnectError = new SocketException((int)SocketError.ConnectionRefused);

        flow.Send(SipResponse.For(request, 200, null, "b"));

        Assert.Equal(2, _world.Tcp.Flows.Count);
    }

    [Fact]
    public void A_request_over_a_closed_connection_is_dropped()
    {
        var flow = _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5060"));
        _world.Tcp.Last.End(null);

        flow.Send(Request);

        Assert.Empty(_world.Tcp.Last.Sent);
        Assert.Single(_world.Tcp.Flows);
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.7:5070;branch=z9hG4bK1", 5070)]
    [InlineData("SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1", 5060)]
    [InlineData("SIP/2.0/UDP 192.0.2.7:5070;branch=z9hG4bK1;rport", 4711)]
    public void Over_UDP_a_response_goes_to_the_port_that_Via_asks_for(string via, int port)
    {
        _world.Udp.Accept("192.0.2.7:4711").Receive(ManagerWorld.Message(via));

        Assert.Equal(new IPEndPoint(IPAddress.Parse("192.0.2.7"), port), Assert.Single(_world.Above.Requests).Flow.RemoteEndPoint);
    }

    [Fact]
    public void A_target_over_a_transport_there_is_none_of_gets_a_flow_that_closes()
    {
        var flow = _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tls, "192.0.2.7:5061"));

        Assert.False(flow.IsOpen);
        var closed = Assert.Single(_world.Above.Closed);
        Assert.Same(flow, closed.Flow);
        Assert.IsType<ConnectionFailureException>(closed.Error);
    }

    [Fact]
    public void What_can_not_be_connected_at_all_closes_after_the_flow_was_given_out()
    {
        _world.Tcp.ConnectError = new SocketException((int)SocketError.NetworkUnreachable);
        Flow? flow = null;
        _world.Manager.Mailbox.Post(() =>
        {
            flow = _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5060"));
            Assert.Empty(_world.Above.Closed);
        });

        Assert.Same(flow, Assert.Single(_world.Above.Closed).Flow);
        Assert.Equal(0, _world.Manager.Traffic.Connections);
    }

    [Fact]
    public void Via_names_the_port_listened_on_or_none_while_it_is_unknown()
    {
        var tcp = _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5060"));
        Assert.Equal("192.0.2.1:5060", tcp.SentBy);

        var silent = new RealTimeClientConnectionManager(new() { Scheduler = _world.Time, Transports = [new FakeTransport(SipTransportType.Tcp)] });
        var flow = silent.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5060"));
        Assert.Equal("192.0.2.1:40000", flow.SentBy);
        var transport = new FakeTransport(SipTransportType.Tcp);
        var early = new RealTimeClientConnectionManager(new() { Scheduler = _world.Time, Transports = [transport] }).FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:5060"));
        transport.Last.LocalEndPoint = new IPEndPoint(FakeTransport.Here, 0);
        Assert.Equal("192.0.2.1", early.SentBy);
        transport.Last.LocalEndPoint = IPEndPoint.Parse("[2001:db8::1%2]:7000");
        Assert.Equal("[2001:db8::1]:7000", early.SentBy);
    }

    [Fact]
    public void Connections_come_and_go_on_the_scheduler()
    {
        var changes = new List<string>();
        _world.Manager.Connections.Subscribe(change => changes.Add(change.ToString()!), () => changes.Add("completed"));

        var flow = _world.Connect("192.0.2.7:5060");
        flow.Open();
        Assert.Empty(changes);
        _world.Time.AdvanceBy(TimeSpan.FromTicks(1));
        flow.End(new IOException("broken pipe"));
        _world.Time.AdvanceBy(TimeSpan.FromTicks(1));

        Assert.Equal(["tcp 192.0.2.1:40000 to 192.0.2.7:5060 opened", "tcp 192.0.2.1:40000 to 192.0.2.7:5060 closed: broken pipe"], changes);
    }
}
