using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Endpoints;
using Xunit;
using static Rx.Sip.Tests.Scenarios.NamedServers;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>What users of other stacks suffered from, with a happy end: servers that are found by DNS, and others when those die.</summary>
public sealed class FindingServersTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void When_a_server_dies_the_next_of_its_SRV_records_has_the_request_after_one_transaction_timeout() => SimulatedNetwork.CheckSeeds(5, world =>
    {
        var stage = Begin(world, "_sip._udp.example.test 300 SRV 0 1 5060 edge1\n_sip._udp.example.test 300 SRV 1 1 5060 edge2");
        var alice = stage.User("alice");
        Assert.Null(stage.Ask(alice.Establish()).Error);
        Assert.Equal(["edge1"], Reached(world, "REGISTER"));
        world.Host("edge1").Crash();

        using var answer = alice.SendMessage("sip:example.test", "hello").Record(world.Scheduler);
        world.RunFor(Minute);

        Assert.Equal(200, Assert.Single(answer.Values).StatusCode);
        Assert.Equal(TimeSpan.FromMilliseconds(32_020), answer.EndedAfter);
        Assert.Equal(2, Sent(world, "MESSAGE").Select(message => message.Message!.TopVia!.Branch).Distinct().Count());

        // From now on everything goes where it worked, the refresh of the registration included.
        Assert.Equal(200, stage.StatusOf(alice.SendMessage("sip:example.test", "again")));
        world.RunFor(61 * Minute);
        Assert.Equal(["edge1", "edge2"], Reached(world, "REGISTER").Distinct());
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        world.AssertNothingLeft();
    });

    [Fact]
    public void A_server_that_dies_between_two_refreshes_is_replaced_within_the_attempt_and_the_registration_never_lapses() => SimulatedNetwork.Check(1, world =>
    {
        var stage = Begin(world, "_sip._udp.example.test 300 SRV 0 1 5060 edge1\n_sip._udp.example.test 300 SRV 1 1 5060 edge2");
        var alice = stage.User("alice");
        stage.Ask(alice.Establish());
        using var states = alice.State.Record(world.Scheduler);
        world.Host("edge1").Crash();
        world.RunFor(TimeSpan.FromHours(2));

        Assert.All(states.Values, state => Assert.IsType<EndpointState.Established>(state));
        Assert.Equal("edge2", Reached(world, "REGISTER").Last());
        world.AssertNothingLeft();
    });

    [Fact]
    public void A_server_that_says_503_with_Retry_After_is_passed_over_and_tried_last_for_that_long() => SimulatedNetwork.Check(1, world =>
    {
        var stage = Begin(world, "_sip._udp.example.test 300 SRV 0 1 5060 edge1\n_sip._udp.example.test 300 SRV 1 1 5060 edge2");
        stage.Answer = request => HeardBy(world, "edge1") ? request.CreateResponse(503).WithHeader("Retry-After", "600") : Stage.Grant(request);
        var alice = stage.User("alice");
        using var established = alice.Establish().Record(world.Scheduler);
        world.RunFor(Second);

        Assert.IsType<EndpointState.Established>(Assert.Single(established.Values));
        Assert.Equal(["edge1", "edge2"], Reached(world, "REGISTER"));

        // Another user of the same program does not even ask there, until the time is over.
        stage.Answer = Stage.Grant;
        var platform = stage.PlatformOf(alice);
        Assert.Equal("edge2", RegisterAnother("bob"));
        world.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal("edge1", RegisterAnother("dave"));
        world.AssertNothingLeft();

        string? RegisterAnother(string name)
        {
            var other = new UserEndpoint(platform, new UserEndpointSettings($"sip:{name}@example.test", "example.test", 0));
            Assert.Null(stage.Ask(other.Establish()).Error);
            return Reached(world, "REGISTER").Last();
        }
    });

    [Fact]
    public void On_a_network_with_IPv6_alone_everything_works() => SimulatedNetwork.Check(1, world =>
    {
        foreach (var (name, address) in new[] { ("alice", "2001:db8::a"), ("dns", "2001:db8::53"), ("edge1", "2001:db8::1") })
            world.AddHost(name, IPAddress.Parse(address));
        var stage = Begin(world, "_sip._tcp.example.test 300 SRV 0 1 5060 edge1", "edge1");
        var alice = stage.User("alice", SipTransportType.Tcp);
        Assert.Null(stage.Ask(alice.Establish()).Error);

        Assert.Equal(200, stage.StatusOf(alice.SendMessage("sip:example.test", "hello")));
        var register = Sent(world, "REGISTER").Single();
        Assert.Equal("[2001:db8::1]:5060", register.Destination!.ToString());
        Assert.StartsWith("[2001:db8::a]", register.Message!.TopVia!.Host, StringComparison.Ordinal);
        Assert.StartsWith("[2001:db8::a]", register.Message.Contacts[0].Uri.Host, StringComparison.Ordinal);
        world.AssertNothingLeft();
    });

    [Fact]
    public void With_two_families_of_which_one_is_dead_the_other_serves_and_the_dead_one_is_waited_for_once() => SimulatedNetwork.Check(1, world =>
    {
        foreach (var (name, address) in new[] { ("alice", "2001:db8::a"), ("dns", "2001:db8::53") })
            world.AddHost(name, IPAddress.Parse(address));
        var stage = Begin(world, "example.test 300 AAAA 2001:db8::dead\nexample.test 300 A 10.0.0.3", "edge1");
        Assert.Equal("10.0.0.3", world.Host("edge1").Address.ToString());
        var alice = stage.User("alice", SipTransportType.Tcp);
        using var established = alice.Establish().Record(world.Scheduler);
        world.RunFor(Minute);

        Assert.IsType<EndpointState.Established>(Assert.Single(established.Values));
        Assert.InRange(established.EndedAfter!.Value, 10 * Second, 10.2 * Second);

        // The connection breaks: the next one does not wait for the dead family again.
        world.DropConnections("alice", "edge1");
        using var states = alice.State.Record(world.Scheduler);
        world.RunFor(2 * Minute);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Single(world.Traffic.Entries, entry => entry.Kind == TrafficKind.Connection && entry.Destination?.Address.ToString() == "2001:db8::dead");
        world.AssertNothingLeft();
    });

    [Fact]
    public void When_the_records_change_the_next_refresh_moves_to_the_new_address_and_messages_move_with_it() => SimulatedNetwork.CheckSeeds(5, world =>
    {
        var stage = Begin(world, "example.test 60 A 10.0.0.2");
        Assert.Equal(("10.0.0.2", "10.0.0.3"), (world.Host("edge1").Address.ToString(), world.Host("edge2").Address.ToString()));
        stage.Answer = request => Stage.Grant(request, 600);
        var alice = stage.User("alice");
        stage.Ask(alice.Establish());
        world.DnsServers[0].Zone = DnsZone.Parse(Records(world, "edge1", "edge2") + "example.test 60 A 10.0.0.3");

        // The records have expired long ago, and the binding is still at the first: so are the messages.
        world.RunFor(4 * Minute);
        Assert.Equal(200, stage.StatusOf(alice.SendMessage("sip:example.test", "hello")));
        Assert.Equal("edge1", Reached(world, "MESSAGE").Last());

        world.RunFor(6 * Minute);
        Assert.Equal(["edge1", "edge2"], Reached(world, "REGISTER").Take(2));
        Assert.Equal(200, stage.StatusOf(alice.SendMessage("sip:example.test", "hello")));
        Assert.Equal("edge2", Reached(world, "MESSAGE").Last());
        world.AssertNothingLeft();
    });

    [Fact]
    public void When_the_name_service_dies_a_registered_endpoint_goes_on_with_the_server_it_knows() => SimulatedNetwork.Check(1, world =>
    {
        var stage = Begin(world, "example.test 60 A 10.0.0.2");
        stage.Answer = request => Stage.Grant(request, 600);
        var alice = stage.User("alice");
        stage.Ask(alice.Establish());
        using var states = alice.State.Record(world.Scheduler);
        world.DnsServers[0].Faults.IsSilent = true;
        world.RunFor(TimeSpan.FromHours(5));

        Assert.All(states.Values, state => Assert.IsType<EndpointState.Established>(state));
        world.AssertNothingLeft();
    });

    [Fact]
    public void Without_a_registration_everything_moves_to_the_new_address_as_soon_as_the_records_have_expired() => SimulatedNetwork.Check(1, world =>
    {
        var stage = Begin(world, "proxy.test 60 A 10.0.0.2");
        var platform = world.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", SipTransportType.Udp) { Connections = world.Connections("alice") }));
        var alice = new SipPeerToPeerEndpoint(platform, new SipPeerToPeerEndpointSettings("sip:alice@alice") { ProxyHost = "proxy.test", Transport = SipTransportType.Udp });
        Assert.Equal(200, stage.StatusOf(alice.SendMessage("sip:example.test", "one")));
        world.DnsServers[0].Zone = DnsZone.Parse("proxy.test 60 A 10.0.0.3");

        // A second has gone by, and the answer was under way for a hundredth.
        world.RunFor(58.9 * Second);
        Assert.Equal(200, stage.StatusOf(alice.SendMessage("sip:example.test", "two")));
        Assert.Equal(200, stage.StatusOf(alice.SendMessage("sip:example.test", "three")));

        Assert.Equal(["edge1", "edge1", "edge2"], Reached(world, "MESSAGE"));
        Assert.Equal(2, world.DnsServers[0].Questions.Count(question => question == "A of proxy.test"));
        world.AssertNothingLeft();
    });

    [Fact]
    public void Who_waits_for_a_name_when_everything_is_closed_is_told_at_once_and_nothing_is_left_open() => SimulatedNetwork.Check(1, world =>
    {
        var stage = Begin(world, "");
        world.DnsServers[0].Faults.IsSilent = true;
        var peer = stage.Peer("carol");
        var listening = world.Host("carol").OpenPorts;
        using var answer = peer.SendMessage("sip:bob@somewhere.test", "hello").Record(world.Scheduler);
        world.RunFor(Second);
        Assert.Equal(listening.Count + 1, world.Host("carol").OpenPorts.Count);

        peer.Core.Directory.Layer.Dispose();
        world.RunFor(TimeSpan.Zero);

        Assert.Equal(503, Assert.Single(answer.Values).StatusCode);
        Assert.Equal(listening, world.Host("carol").OpenPorts);
        world.AssertNothingLeft();
    });

    [Fact]
    public void Registration_and_all_messages_go_to_one_of_several_equal_servers() => SimulatedNetwork.CheckSeeds(10, world =>
    {
        var stage = Begin(world, "_sip._udp.example.test 5 SRV 0 1 5060 edge1\n_sip._udp.example.test 5 SRV 0 1 5060 edge2");
        var alice = stage.User("alice");
        stage.Ask(alice.Establish());
        for (var i = 0; i < 20; i++)
            Assert.Equal(200, stage.StatusOf(alice.SendMessage("sip:example.test", $"{i}")));

        Assert.Single(Reached(world, "REGISTER").Concat(Reached(world, "MESSAGE")).Distinct());
        world.AssertNothingLeft();
    });

    [Fact]
    public void What_is_too_large_for_a_datagram_goes_over_TCP_to_the_same_server_and_the_next_comes_back_to_UDP() => SimulatedNetwork.Check(1, world =>
    {
        var stage = Begin(world, "example.test 60 A 10.0.0.2\nexample.test 60 A 10.0.0.3");
        var alice = stage.User("alice");
        stage.Ask(alice.Establish());
        var server = Reached(world, "REGISTER").Single();
        foreach (var text in new[] { "small", new string('x', 2000), "small" })
            Assert.Equal(200, stage.StatusOf(alice.SendMessage("sip:example.test", text)));

        var messages = Sent(world, "MESSAGE").ToList();
        Assert.Equal([SipTransportType.Udp, SipTransportType.Tcp, SipTransportType.Udp], messages.Select(message => message.Transport));
        Assert.Equal(["UDP", "TCP", "UDP"], messages.Select(message => message.Message!.TopVia!.Transport));
        Assert.All(messages, message => Assert.Equal(server, message.To));
        world.AssertNothingLeft();
    });

    [Fact]
    public void Through_loss_every_message_is_answered_though_one_of_two_servers_is_dead_and_DNS_loses_as_well() => SimulatedNetwork.CheckSeeds(10, world =>
    {
        var stage = Begin(world, "_sip._udp.example.test 60 SRV 0 1 5060 edge1\n_sip._udp.example.test 60 SRV 0 1 5060 edge2");
        world.Conditions.Loss = 0.2;
        world.Host("edge1").Crash();
        var alice = stage.User("alice");
        using var established = alice.Establish().Record(world.Scheduler);
        world.RunFor(5 * Minute);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        var answers = Enumerable.Range(0, 10).Select(i => alice.SendMessage("sip:example.test", $"{i}").Record(world.Scheduler)).ToList();
        world.RunFor(2 * Minute);

        Assert.All(answers, answer => Assert.Equal(200, answer.Values[^1].StatusCode));
        world.Conditions.Loss = 0;
        world.AssertNothingLeft();
    });
}
