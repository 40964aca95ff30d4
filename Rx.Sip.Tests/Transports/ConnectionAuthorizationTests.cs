using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

public class ConnectionAuthorizationTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ManagerWorld _world = new(new ConnectionManagerSettings { NeedsConnectionAuthorization = true });
    private readonly List<ConnectionAuthorizationRequest> _asked = [];

    private static string Hello(string callId = "1") => ManagerWorld.Message("SIP/2.0/TCP a.test;branch=z9hG4bK1", callId: callId);

    private IEnumerable<string> Arrived => _world.Above.Requests.Select(one => one.Request.CallId!);

    [Fact]
    public void Nothing_that_a_peer_sends_is_taken_before_its_connection_is_allowed_and_nothing_is_lost()
    {
        Observe(request => request.Defer());
        var peer = Accept();
        Assert.True(peer.IsPaused);
        peer.Receive("\r\n\r\n" + Hello("1") + Hello("2")[..40]);
        peer.Receive(Hello("2")[40..]);
        Assert.Empty(Arrived);
        Assert.Empty(peer.Sent);

        var request = Assert.Single(_asked);
        Assert.Equal("192.0.2.7:49152", request.Connection.RemoteEndPoint.ToString());
        Assert.Equal(ManagerWorld.Start + Timeout, request.Deadline);
        request.Allow();

        Assert.Equal(["1", "2"], Arrived);
        Assert.Equal(["\r\n"], peer.Sent);
        Assert.False(peer.IsPaused);
        peer.Receive(Hello("3"));
        Assert.Equal(["1", "2", "3"], Arrived);
        _world.RunTo(Timeout + Timeout);
        Assert.False(peer.IsClosed);
    }

    [Fact]
    public void A_connection_is_told_when_it_is_allowed_and_serves_requests_only_from_then_on()
    {
        Observe(request => request.Defer());
        var changes = new List<string>();
        _world.Manager.Connections.Subscribe(change => changes.Add(change.ToString()!));
        var peer = Accept();
        Tick();
        Assert.NotSame(peer.Flow, _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.8:49152")));
        Assert.Empty(changes);

        _asked[0].Allow();
        Tick();

        Assert.Equal(["tcp 192.0.2.1:5060 to 192.0.2.7:49152 opened"], changes);
        Assert.Same(peer.Flow, _world.Manager.FlowTo(ManagerWorld.Target(SipTransportType.Tcp, "192.0.2.7:49152")));
    }

    [Fact]
    public void With_nobody_to_ask_a_connection_is_denied_at_once()
    {
        var changes = new List<string>();
        _world.Manager.Connections.Subscribe(change => changes.Add(change.ToString()!));

        var peer = _world.Tcp.Accept("192.0.2.7:49152");
        peer.Receive(Hello());
        Tick();

        Assert.True(peer.IsClosed);
        Assert.Empty(Arrived);
        Assert.Equal(["tcp 192.0.2.1:5060 to 192.0.2.7:49152 closed: The connection of 192.0.2.7:49152 was denied: nobody is there to allow it."], changes);
        Assert.Equal(0, _world.Manager.Watched);
    }

    [Fact]
    public void Who_only_looks_has_denied()
    {
        Observe(_ => { });

        Assert.True(Accept().IsClosed);
        Assert.True(_asked[0].IsDecided);
    }

    [Fact]
    public void A_handler_that_throws_has_denied_and_is_told()
    {
        var errors = new List<Exception>();
        _world.Manager.Unexpected.Subscribe(errors.Add);
        _world.Manager.ConnectionAuthorizationRequests.Subscribe(_ => throw new InvalidOperationException("a bug"));

        Assert.True(Accept().IsClosed);
        Assert.Equal("a bug", Assert.Single(errors).Message);
    }

    [Fact]
    public void Who_takes_longer_than_allowed_has_denied_at_the_very_deadline()
    {
        Observe(request => request.Defer());
        var peer = Accept();

        _world.RunTo(Timeout - TimeSpan.FromTicks(1));
        Assert.False(peer.IsClosed);
        _world.RunTo(Timeout);

        Assert.True(peer.IsClosed);
        Assert.True(_asked[0].IsDecided);
        _asked[0].Allow();
        Assert.Equal((0, 1), (_world.Manager.Watched, _world.Manager.Traffic.ConnectionsDenied));
        Assert.Contains("not allowed in time", Assert.Single(_world.Above.Closed).Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_first_decision_counts(bool allowed)
    {
        Observe(request =>
        {
            using (request.Defer())
                Decide(request, allowed);
            Decide(request, !allowed);
        });

        Assert.Equal(allowed, !Accept().IsClosed);
    }

    [Fact]
    public void A_deferral_that_is_given_up_denies()
    {
        IDisposable? deferral = null;
        Observe(request => deferral = request.Defer());
        var peer = Accept();
        Assert.False(peer.IsClosed);

        deferral!.Dispose();

        Assert.True(peer.IsClosed);
    }

    [Fact]
    public void More_than_may_wait_are_denied_at_once()
    {
        var world = new ManagerWorld(new ConnectionManagerSettings { NeedsConnectionAuthorization = true, MaxConnectionAuthorizations = 2 });
        world.Manager.ConnectionAuthorizationRequests.Subscribe(request => request.Defer());

        var peers = Enumerable.Range(1, 3).Select(port => world.Tcp.Accept($"192.0.2.7:{port}")).ToList();

        Assert.Equal([false, false, true], peers.Select(peer => peer.IsClosed));
        Assert.Equal(1, world.Manager.Traffic.ConnectionsDenied);
    }

    [Fact]
    public void A_peer_that_sends_too_much_before_it_is_allowed_is_cut_off()
    {
        Observe(request => request.Defer());
        var peer = Accept();

        for (var i = 0; i < 100 && !peer.IsClosed; i++)
            peer.Receive(new byte[1024]);

        Assert.True(peer.IsClosed);
        Assert.Equal(0, _world.Manager.Watched);
    }

    [Fact]
    public void A_peer_that_leaves_while_it_waits_leaves_nothing_behind()
    {
        Observe(request => request.Defer());
        var peer = Accept();

        peer.End(null);
        _asked[0].Deny();

        Assert.Equal(0, _world.Manager.Traffic.ConnectionsDenied);
        Assert.Equal(0, _world.Manager.Watched);
        Assert.Equal(0, _world.Manager.Traffic.Connections);
        Assert.Empty(Arrived);
        _world.Time.Start();
        Assert.True(_world.Now < Timeout);
    }

    [Fact]
    public async Task Disposing_the_manager_lets_nobody_wait()
    {
        var completed = false;
        _world.Manager.ConnectionAuthorizationRequests.Subscribe(request => request.Defer(), () => completed = true);
        Accept();

        await _world.Manager.DisposeAsync();
        Tick();

        Assert.True(completed);
        Assert.Equal(0, _world.Manager.Watched);
        _world.Time.Start();
        Assert.True(_world.Now < Timeout);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Connections_of_our_own_and_datagrams_need_no_leave(bool standsAtOnce)
    {
        _world.Tcp.StandsAtOnce = standsAtOnce;
        var ours = _world.Connect("192.0.2.7:5060");
        if (!standsAtOnce)
            ours.Open();
        ours.Receive(Hello("1"));
        _world.Udp.Accept("192.0.2.8:5060").Receive(ManagerWorld.Message("SIP/2.0/UDP 192.0.2.8;branch=z9hG4bK1", callId: "2"));

        Assert.Equal(["1", "2"], Arrived);
    }

    [Fact]
    public void Waiting_for_ever_or_not_at_all_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConnectionManagerSettings { ConnectionAuthorizationTimeout = System.Threading.Timeout.InfiniteTimeSpan });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConnectionManagerSettings { ConnectionAuthorizationTimeout = TimeSpan.MaxValue });
    }

    [Fact]
    public void Whatever_happens_messages_come_from_connections_alone_that_were_allowed_in_time() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 6 * 8 - 1).ArrayOf(40).ToArbitrary(), steps =>
        {
            var test = new ConnectionAuthorizationTests();
            test.Observe(request => request.Defer());
            var peers = Enumerable.Range(1, 8).Select(port => test.Accept($"192.0.2.7:{port}")).ToList();
            var allowed = new HashSet<int>();
            foreach (var step in steps)
                test.Do(step / 8, step % 8, peers[step % 8], allowed);
            test._world.RunTo(Timeout + Timeout);

            Assert.Subset(allowed.Select(one => one.ToString()).ToHashSet(), test.Arrived.ToHashSet());
            Assert.All(Enumerable.Range(0, 8).Where(one => !allowed.Contains(one)), one => Assert.True(peers[one].IsClosed));
            Assert.Equal(peers.Count(peer => !peer.IsClosed), test._world.Manager.Watched);
        }));

    private void Do(int what, int which, FakeFlow peer, HashSet<int> allowed)
    {
        switch (what)
        {
            case 0 when !_asked[which].IsDecided && !peer.IsClosed:
                allowed.Add(which);
                _asked[which].Allow();
                break;
            case 1:
                _asked[which].Deny();
                break;
            case 2:
                peer.End(null);
                break;
            case 3:
                _world.RunTo(_world.Now + TimeSpan.FromSeconds(1));
                break;
            case > 3 when !peer.IsClosed:
                peer.Receive(Hello(which.ToString()));
                break;
        }
    }

    private static void Decide(ConnectionAuthorizationRequest request, bool allowed)
    {
        if (allowed)
            request.Allow();
        else
            request.Deny();
    }

    private void Observe(Action<ConnectionAuthorizationRequest> decide) => _world.Manager.ConnectionAuthorizationRequests.Subscribe(request =>
    {
        _asked.Add(request);
        decide(request);
    });

    // Users hear on the scheduler.
    private FakeFlow Accept(string from = "192.0.2.7:49152")
    {
        var peer = _world.Tcp.Accept(from);
        Tick();
        return peer;
    }

    private void Tick() => _world.Time.AdvanceBy(TimeSpan.FromTicks(1));
}
