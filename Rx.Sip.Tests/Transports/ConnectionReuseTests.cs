using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

/// <summary>RFC 5923.</summary>
public class ConnectionReuseTests
{
    private const string Caller = "192.0.2.7:49152";

    private readonly ReuseWorld _world = new();

    [Fact]
    public void Requests_to_who_called_go_back_over_the_connection_whose_certificate_proves_the_name()
    {
        var peer = _world.Call(Caller, "p1.example.test:5061", ";alias", "example.test", "p1.example.test");

        Assert.Same(peer.Flow, _world.FlowTo("example.test"));
        Assert.Same(peer.Flow, _world.FlowTo("P1.example.test."));
        Assert.Single(_world.Tls.Flows);
        Assert.NotSame(peer.Flow, _world.FlowTo("example.test", "192.0.2.7:5062"));
        Assert.NotSame(peer.Flow, _world.FlowTo("example.test", "192.0.2.8:5061"));
        Assert.NotSame(peer.Flow, _world.FlowTo("example.test", transport: SipTransportType.Tcp));
        Assert.NotSame(peer.Flow, _world.FlowTo("other.test"));
        // The certificate does not prove the address.
        Assert.NotSame(peer.Flow, _world.FlowTo("192.0.2.7"));
    }

    [Theory]
    [InlineData("p1.example.test", ";ALIAS", true)]
    [InlineData("p1.example.test", ";oc;alias=yes", true)]
    [InlineData("[2001:db8::9]:5061", ";alias", true)]
    [InlineData("p1.example.test:5070", ";alias", false)]
    [InlineData("p1.example.test:0", ";alias", false)]
    [InlineData("p1.example.test", "", false)]
    [InlineData("p1.example.test", ";aliases", false)]
    public void The_port_is_that_of_sent_by_or_5061_and_the_address_where_the_request_came_from(string sentBy, string parameter, bool isReused)
    {
        var peer = _world.Call(Caller, sentBy, parameter, "example.test");

        Assert.Equal(isReused, _world.FlowTo("example.test") == peer.Flow);
    }

    [Fact]
    public void A_connection_that_proved_nothing_is_never_reused()
    {
        var peer = _world.Call(Caller, "example.test:5061", ";alias");

        Assert.NotSame(peer.Flow, _world.FlowTo("example.test"));
        Assert.NotSame(peer.Flow, _world.FlowTo("192.0.2.7"));
        Assert.NotSame(peer.Flow, _world.FlowTo(""));
    }

    [Fact]
    public void An_alias_for_another_transport_counts_for_nothing()
    {
        var peer = _world.Tls.Accept(Caller, "example.test");
        peer.Receive(ManagerWorld.Message("SIP/2.0/TCP example.test:5061;branch=z9hG4bK1;alias"));

        Assert.NotSame(peer.Flow, _world.FlowTo("example.test"));
    }

    [Fact]
    public void Two_domains_behind_one_address_and_port_each_have_a_connection_of_their_own()
    {
        var one = _world.Call("192.0.2.7:1001", "192.0.2.7:5061", ";alias", "one.test");
        var two = _world.Call("192.0.2.7:1002", "192.0.2.7:5061", ";alias", "two.test");

        Assert.Same(one.Flow, _world.FlowTo("one.test"));
        Assert.Same(two.Flow, _world.FlowTo("two.test"));
        Assert.Equal(2, _world.Tls.Flows.Count);
    }

    [Fact]
    public void An_impostor_that_names_the_address_of_another_gets_none_of_its_requests()
    {
        var impostor = _world.Call("192.0.2.7:1001", "bank.test:5061", ";alias", "thief.test");
        var toBank = _world.FlowTo("bank.test");
        Assert.NotSame(impostor.Flow, toBank);
        Assert.True(toBank.IsOutgoing);

        var bank = _world.Call("192.0.2.7:1002", "bank.test:5061", ";alias", "bank.test");
        Assert.Same(toBank, _world.FlowTo("bank.test"));
        toBank.Close();
        Assert.NotSame(impostor.Flow, _world.FlowTo("bank.test"));
        Assert.NotSame(bank.Flow, impostor.Flow);
    }

    [Fact]
    public void A_connection_that_serves_already_goes_on_and_another_follows_when_it_is_gone()
    {
        var first = _world.Call("192.0.2.7:1001", "192.0.2.7:5061", ";alias", "example.test");
        var second = _world.Call("192.0.2.7:1002", "192.0.2.7:5061", ";alias", "example.test");
        Assert.Same(first.Flow, _world.FlowTo("example.test"));

        first.End(null);
        _world.Send(second, "192.0.2.7:5061", ";alias");
        Assert.Same(second.Flow, _world.FlowTo("example.test"));
        second.End(null);
        Assert.True(_world.FlowTo("example.test").IsOutgoing);
    }

    [Theory]
    [InlineData("192.0.2.7:5061", "example.test", "example.test")]
    [InlineData("p1.example.test:5061", "example.test p1.example.test", "p1.example.test")]
    [InlineData("other.test:5061", "example.test", "example.test")]
    [InlineData("other.test:5061", "", "other.test")]
    public void A_response_whose_connection_is_gone_goes_to_who_proves_the_same(string sentBy, string proven, string name)
    {
        var domains = proven.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var peer = _world.Call(Caller, sentBy, "", domains);
        var (flow, request) = Assert.Single(_world.Above.Requests);
        peer.End(null);

        flow.Send(SipResponse.For(request, 200, null, "b"));

        Assert.Equal(("192.0.2.7:5061", name), ($"{_world.Tls.Last.Flow.Key.Remote}", _world.Tls.Last.Flow.Key.Identity));
        Assert.Equal(200, _world.Tls.Last.LastResponse.StatusCode);
    }

    [Fact]
    public void A_response_whose_connection_is_gone_takes_the_other_one_that_its_peer_opened()
    {
        var first = _world.Call("192.0.2.7:1001", "192.0.2.7:5061", ";alias", "example.test");
        var second = _world.Call("192.0.2.7:1002", "192.0.2.7:5061", ";alias", "example.test");
        var (flow, request) = _world.Above.Requests[0];
        first.End(null);
        _world.Send(second, "192.0.2.7:5061", ";alias");

        flow.Send(SipResponse.For(request, 200, null, "b"));

        Assert.Equal(200, second.LastResponse.StatusCode);
        Assert.Equal(2, _world.Tls.Flows.Count);
    }

    [Fact]
    public void The_first_port_that_a_connection_names_counts()
    {
        var peer = _world.Call(Caller, "192.0.2.7:5061", ";alias", "example.test");
        for (var port = 6000; port < 6100; port++)
            _world.Send(peer, $"192.0.2.7:{port}", ";alias");

        Assert.Same(peer.Flow, _world.FlowTo("example.test"));
        Assert.Single(_world.Manager.ConnectionPools);
    }

    [Fact]
    public void A_certificate_of_a_thousand_names_fills_no_table()
    {
        _world.Call(Caller, "192.0.2.7:5061", ";alias", [.. Enumerable.Range(0, 1000).Select(number => $"a{number}.test")]);

        Assert.Equal(16, _world.Manager.ConnectionPools.Length);
    }

    [Fact]
    public void Where_reuse_is_switched_off_nothing_is_reused_and_nothing_said()
    {
        var world = new ReuseWorld(ConnectionReuse.Never);
        var peer = world.Call(Caller, "192.0.2.7:5061", ";alias", "example.test");

        var ours = world.FlowTo("example.test");
        Assert.NotSame(peer.Flow, ours);
        Assert.DoesNotContain("alias", ReuseWorld.Via(ours), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConnectionReuse.Verified, false)]
    [InlineData(ConnectionReuse.Always, true)]
    public void TCP_connections_are_reused_and_say_so_only_where_that_was_asked_for(ConnectionReuse reuse, bool isReused)
    {
        var world = new ReuseWorld(reuse);
        var peer = world.Tcp.Accept(Caller);
        world.Send(peer, "192.0.2.7:5060", ";alias");

        Assert.Equal(isReused, world.FlowTo("example.test", "192.0.2.7:5060", SipTransportType.Tcp) == peer.Flow);
        Assert.Equal(isReused, ReuseWorld.Via(world.FlowTo("example.test", "192.0.2.9:5060", SipTransportType.Tcp)).Contains(";alias", StringComparison.Ordinal));
        Assert.DoesNotContain("alias", ReuseWorld.Via(world.FlowTo("example.test", "192.0.2.9:5060", SipTransportType.Udp)), StringComparison.Ordinal);
    }

    [Fact]
    public void Our_requests_say_alias_over_TLS_connections_of_ours_and_no_others()
    {
        Assert.EndsWith(";alias", ReuseWorld.Via(_world.FlowTo("example.test")), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0/TLS 192.0.2.1:5061;", ReuseWorld.Via(_world.FlowTo("example.test")), StringComparison.Ordinal);
        Assert.DoesNotContain("alias", ReuseWorld.Via(_world.Tls.Accept(Caller, "example.test").Flow), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_does_not_listen_or_verifies_nobody_says_no_alias()
    {
        var silent = new ReuseWorld(listens: false);
        Assert.DoesNotContain("alias", ReuseWorld.Via(silent.FlowTo("example.test")), StringComparison.Ordinal);

        _world.Manager.Tls = _world.Manager.Tls with { VerifiesPeers = false };
        Assert.DoesNotContain("alias", ReuseWorld.Via(_world.FlowTo("example.test")), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_peers_claim_a_request_goes_to_its_very_address_or_to_who_has_proven_its_name() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 6 * 3 * 3 * 3 - 1).ArrayOf(60).ToArbitrary(), steps =>
        {
            var world = new ReuseWorld();
            var peers = new List<FakeFlow>();
            foreach (var step in steps)
            {
                var (what, address, port, name) = (step % 6, step / 6 % 3, step / 18 % 3, step / 54 % 3);
                if (what < 3)
                    Claim(world, peers, what, $"192.0.2.{7 + address}", 5061 + port, $"{(char)('a' + name)}.test");
                else if (what == 3 && peers.Count > 0)
                    peers[step % peers.Count].End(null);
                else
                    AssertLegitimate(world, new SipTarget(SipTransportType.Tls, IPEndPoint.Parse($"192.0.2.{7 + address}:{5061 + port}"), $"{(char)('a' + name)}.test"));
            }
            foreach (var flow in world.Tls.Flows)
                flow.End(null);
            Assert.Empty(world.Manager.ConnectionPools);
            Assert.Equal(0, world.Manager.Watched);
        }));

    private static void Claim(ReuseWorld world, List<FakeFlow> peers, int what, string address, int port, string name)
    {
        string[] proven = what == 0 ? [] : [name];
        var sentBy = what == 2 ? $"a.test:{port}" : $"{name}:{port}";
        peers.Add(world.Call($"{address}:{20000 + peers.Count}", sentBy, ";alias", proven));
    }

    private static void AssertLegitimate(ReuseWorld world, SipTarget target)
    {
        var flow = world.Manager.FlowTo(target);
        Assert.True(flow.IsOpen);
        Assert.Equal(target.EndPoint.Address, flow.RemoteEndPoint.Address);
        if (flow.IsOutgoing)
            Assert.Equal((target.EndPoint, target.Host), (flow.RemoteEndPoint, flow.Key.Identity));
        else
            Assert.Contains(target.Host, flow.RemoteDomains);
        Assert.All(world.Manager.ConnectionPools, pool => Assert.All(pool.Connections, one => Assert.True(one.IsOpen && (one.IsOutgoing || one.RemoteDomains.Contains(pool.Identity)))));
    }
}
