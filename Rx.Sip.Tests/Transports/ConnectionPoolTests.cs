using Xunit;

namespace Rx.Sip.Tests.Transports;

public class ConnectionPoolTests
{
    private readonly ReuseWorld _world = new();
    private readonly List<string> _changes = [];

    public ConnectionPoolTests() => _world.Manager.ConnectionPoolChanges.Subscribe(pool => _changes.Add(pool.ToString()), () => _changes.Add("over"));

    [Fact]
    public void A_pool_begins_with_the_first_connection_that_stands_and_ends_with_the_last()
    {
        var one = _world.FlowTo("one.test");
        var two = _world.FlowTo("two.test");
        Tick();
        Assert.Empty(_world.Manager.ConnectionPools);

        foreach (var flow in _world.Tls.Flows)
            flow.Open();
        Tick();
        Assert.Equal([one, two], _world.Manager.ConnectionPools.OrderBy(pool => pool.Identity).SelectMany(pool => pool.Connections));
        one.Close();
        Tick();

        Assert.Equal(
            ["tls to 192.0.2.7:5061 as one.test: 1 connection", "tls to 192.0.2.7:5061 as two.test: 1 connection", "tls to 192.0.2.7:5061 as one.test: 0 connections"],
            _changes);
        var left = Assert.Single(_world.Manager.ConnectionPools);
        Assert.Equal((SipTransportType.Tls, "192.0.2.7:5061", "two.test", 1), (left.Transport, left.RemoteEndPoint.ToString(), left.Identity, left.Count));
    }

    [Fact]
    public void Where_no_name_is_verified_the_address_alone_names_a_pool()
    {
        _world.FlowTo("one.test", transport: SipTransportType.Tcp);
        _world.FlowTo("two.test", transport: SipTransportType.Tcp);
        _world.Tcp.Last.Open();
        Tick();

        Assert.Equal(["tcp to 192.0.2.7:5061: 1 connection"], _changes);
    }

    [Fact]
    public void A_connection_that_a_peer_opened_joins_a_pool_when_requests_may_go_over_it()
    {
        var peer = _world.Tls.Accept("192.0.2.7:49152", "one.test");
        Tick();
        Assert.Empty(_changes);

        _world.Send(peer, "192.0.2.7:5061", ";alias");
        _world.Send(peer, "192.0.2.7:5061", ";alias");
        Assert.Equal(["tls to 192.0.2.7:5061 as one.test: 1 connection"], _changes);
        peer.End(new IOException("broken pipe"));
        Tick();

        Assert.Equal("tls to 192.0.2.7:5061 as one.test: 0 connections", _changes[^1]);
        Assert.Empty(_world.Manager.ConnectionPools);
    }

    [Fact]
    public void A_pool_is_idle_while_nothing_holds_its_connections()
    {
        var flow = _world.FlowTo("one.test");
        _world.Tls.Last.Open();
        var pool = Assert.Single(_world.Manager.ConnectionPools);
        Assert.True(pool.IsIdle);

        using (flow.Hold())
            Assert.False(pool.IsIdle);
        Assert.True(pool.IsIdle);
    }

    [Fact]
    public async Task The_stream_ends_with_the_manager_behind_the_last_pool()
    {
        _world.FlowTo("one.test");
        _world.Tls.Last.Open();

        await _world.Manager.DisposeAsync();
        Tick();

        Assert.Equal(["tls to 192.0.2.7:5061 as one.test: 0 connections", "over"], _changes[^2..]);
    }

    [Fact]
    public void An_observer_that_throws_is_told_of_and_the_others_hear_all()
    {
        var errors = new List<Exception>();
        _world.Manager.Unexpected.Subscribe(errors.Add);
        _world.Manager.Connections.Subscribe(_ => throw new InvalidOperationException("a bug"));

        _world.FlowTo("one.test");
        _world.Tls.Last.Open();
        Tick();

        Assert.Equal("a bug", Assert.Single(errors).Message);
        Assert.Single(_changes);
    }

    private void Tick() => _world.Time.AdvanceBy(TimeSpan.FromTicks(1));
}
