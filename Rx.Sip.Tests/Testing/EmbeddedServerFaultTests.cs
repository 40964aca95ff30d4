using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class EmbeddedServerFaultTests
{
    private readonly ServerRig _rig = new();

    [Fact]
    public void It_answers_as_told_so_many_times_and_then_as_it_should()
    {
        _rig.Server.Faults.AnswerNext(SipMethod.Register, 503, 2, TimeSpan.FromSeconds(30));
        _rig.Server.Faults.AnswerNext(SipMethod.Register, 500);
        var carol = _rig.Device("carol");

        var responses = Enumerable.Range(0, 4).Select(_ => carol.Send(carol.Register(carol.Contact))).ToList();

        Assert.Equal([503, 503, 500, 200], responses.Select(response => response.StatusCode));
        Assert.Equal([TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), null, null], responses.Select(response => response.RetryAfter?.Delay));
    }

    [Fact]
    public void It_ignores_what_it_is_told_to_and_nothing_else()
    {
        _rig.Server.Faults.IgnoreNext(SipMethod.Register, 1);
        var carol = _rig.Device("carol");

        Assert.Equal(200, carol.Send(carol.Make(SipMethod.Options, "sip:example.test", "<sip:example.test>")).StatusCode);
        Assert.True(carol.Send(carol.Register(carol.Contact)) is { StatusCode: 408, IsLocal: true });
        Assert.Equal(200, carol.Send(carol.Register(carol.Contact)).StatusCode);
    }

    [Fact]
    public void It_takes_right_credentials_for_stale()
    {
        var alice = _rig.Registered("alice");
        _rig.Server.Faults.ChallengeAsStale(1);
        var answers = _rig.Server.Requests.Record(_rig.Network.Scheduler);

        Assert.Equal(200, alice.Send(alice.Register(alice.Contact)).StatusCode);

        var challenge = answers.Values[0].Response!;
        Assert.Equal(401, challenge.StatusCode);
        Assert.All(challenge.WwwAuthenticate, one => Assert.Equal("true", one.Get("stale"), ignoreCase: true));
    }

    [Fact]
    public void Orders_can_be_taken_back()
    {
        _rig.Server.Faults.AnswerNext(SipMethod.Register, 500, 100);
        _rig.Server.Faults.ChallengeAsStale(100);
        _rig.Server.Faults.Clear();

        _rig.Registered("alice");
    }

    [Fact]
    public void A_crash_resets_connections_answers_nothing_and_forgets_bindings()
    {
        var (alice, bob) = (_rig.Registered("alice", SipTransportType.Tcp), _rig.Registered("bob", SipTransportType.Udp));
        _rig.Server.Crash();

        Assert.False(_rig.Server.IsUp);
        Assert.True(bob.Send(bob.Register()) is { StatusCode: 408, IsLocal: true });
        Assert.Contains(_rig.Network.Traffic.Entries, entry => entry.Text == "connection reset" && entry.To == "alice");

        _rig.Server.Restart();
        Assert.Empty(alice.Send(alice.Register()).Contacts);
        Assert.Equal(200, bob.Send(bob.Register(bob.Contact)).StatusCode);
        _rig.Network.AssertNothingLeft();
    }

    [Fact]
    public void Bindings_that_are_kept_outlive_a_crash_as_long_as_they_are_good()
    {
        var rig = new ServerRig(settings => settings with { KeepsBindings = true });
        var carol = rig.Device("carol");
        carol.Send(carol.Register("<sip:carol@192.0.2.1>;expires=60", "<sip:carol@192.0.2.2>;expires=600"));
        rig.Server.Crash();
        rig.Run(100);

        rig.Server.Restart();
        rig.Run(0);

        Assert.Equal("192.0.2.2", Assert.Single(rig.Server.Bindings).Contact.Uri.Host);
        rig.Run(500);
        Assert.Empty(rig.Server.Bindings);
    }

    [Fact]
    public void It_can_drop_its_connections_and_forget_a_user()
    {
        var bob = _rig.Registered("bob", SipTransportType.Tcp);

        _rig.Server.Forget("bob");
        _rig.Server.DropConnections();
        _rig.Run(1);

        Assert.Empty(_rig.Server.Bindings);
        Assert.DoesNotContain(_rig.Network.Host("bob").OpenPorts, port => port.StartsWith("connection", StringComparison.Ordinal));
        Assert.Equal(200, bob.Send(bob.Register(bob.Contact)).StatusCode);
    }

    [Theory]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public void Garbage_hurts_nobody(SipTransportType transport)
    {
        var mallory = _rig.Network.Host("mallory").Transport(transport);
        var dice = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var octets = new byte[dice.Next(2000)];
            dice.NextBytes(octets);
            mallory.Connect(_rig.Server.EndPoint(transport), new HeardSink(_rig.Network)).Send(i % 2 == 0 ? octets : [.. "REGISTER sip:example.test SIP/2.0\r\nVia: "u8, .. octets]);
        }
        _rig.Run(120);

        _rig.Registered("alice");
        Assert.Equal(2, _rig.Server.Counts.Requests);
        _rig.Network.Await(mallory.DisposeAsync().AsTask());
        _rig.Network.AssertNothingLeft();
    }

    [Fact]
    public void Its_streams_complete_when_it_is_disposed()
    {
        var (requests, bindings) = (_rig.Server.Requests.Record(_rig.Network.Scheduler), _rig.Server.BindingChanges.Record(_rig.Network.Scheduler));

        _rig.Network.AssertNothingLeft();

        Assert.True(requests.IsCompleted);
        Assert.True(bindings.IsCompleted);
        Assert.Throws<ObjectDisposedException>(_rig.Server.Restart);
    }
}
