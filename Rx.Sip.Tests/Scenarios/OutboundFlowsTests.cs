using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Several flows to one registrar (RFC 5626): what dies takes nothing with it.</summary>
public sealed class OutboundFlowsTests
{
    private const string Alice = "sip:alice@example.test";
    private const string Bob = "sip:bob@example.test";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Two_flows_are_one_device_and_a_message_arrives_once() => OutboundStage.Tell(stage =>
    {
        var bindings = stage.Server.BindingsOf("alice");
        Assert.Equal(["1", "2"], stage.RegIds);
        Assert.Equal($"<urn:uuid:{stage.Alice.InnerEndpoint.SipInstance}>", Assert.Single(bindings.Select(binding => binding.Instance).Distinct()));
        Assert.Equal(200, stage.Send(stage.Bob, Alice, "hello"));
        Assert.Equal(200, stage.Send(stage.Alice, Bob, "hello back"));
        Assert.Equal(("hello", "hello back"), (Assert.Single(stage.AtAlice.Values).Text, Assert.Single(stage.AtBob.Values).Text));
        Assert.Equal(2, stage.Outbound.Values[^1].Standing);
    });

    [Fact]
    public void Each_flow_has_a_Call_ID_of_its_own_and_the_path_it_came_by() => OutboundStage.Tell(stage =>
    {
        Assert.Equal(2, stage.Server.BindingsOf("alice").Select(binding => binding.CallId).Distinct().Count());
        foreach (var flow in stage.Flows)
        {
            var terms = Assert.IsType<RegistrationState.Registered>(flow.State).Binding.Terms;
            Assert.True(terms is { IsOutbound: true, AnswersKeepAlives: true });
            Assert.Equal($"{stage.Edges[flow.RegId - 1].EndPoint}", $"{Assert.Single(terms.Paths).Uri.Host}:5060");
        }
    });

    [Fact]
    public void When_one_of_two_edge_proxies_dies_messages_keep_arriving_and_leaving_and_the_endpoint_stays_established() => OutboundStage.Tell(stage =>
    {
        stage.Edges[0].Crash();
        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(200, stage.Send(stage.Alice, Bob, $"out {i}"));
            Assert.Equal(200, stage.Send(stage.Bob, Alice, $"in {i}", 15 * Second));
        }
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"in {i}"), stage.AtAlice.Values.Select(message => message.Text));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"out {i}"), stage.AtBob.Values.Select(message => message.Text));
        Assert.All(stage.States.Values, state => Assert.IsType<EndpointState.Established>(state));
        stage.Edges[0].Restart();
        stage.World.RunFor(TimeSpan.FromMinutes(30));
        Assert.Equal(2, stage.Outbound.Values[^1].Standing);
        Assert.Equal(["1", "2"], stage.RegIds);
    });

    [Fact]
    public void While_one_flow_stands_the_other_is_tried_again_after_half_to_all_of_90_seconds_doubled_with_each_failure() => OutboundStage.Tell(stage =>
    {
        stage.Edges[0].Crash();
        var waits = Waits(stage, 1, TimeSpan.FromHours(3));
        var bounds = (double[])[90, 180, 360, 720, 1440, 1800, 1800];
        Assert.All(waits.Zip(bounds), wait => Assert.InRange(wait.First, wait.Second / 2, wait.Second));
        Assert.True(waits.Count >= 7);
    });

    [Fact]
    public void With_no_flow_left_the_base_is_30_seconds() => OutboundStage.Tell(stage =>
    {
        stage.Edges[0].Crash();
        stage.Edges[1].Crash();
        Assert.IsType<EndpointState.Reestablishing>(stage.Alice.CurrentState is EndpointState.Established ? After(stage, Second) : stage.Alice.CurrentState);
        Assert.InRange(Waits(stage, 2, Second)[0], 15, 30);
        stage.Edges[0].Restart();
        stage.Edges[1].Restart();
        stage.World.RunFor(TimeSpan.FromMinutes(5));
        Assert.IsType<EndpointState.Established>(stage.Alice.CurrentState);
        Assert.Equal(["1", "2"], stage.RegIds);
    });

    [Fact]
    public void A_half_open_connection_is_noticed_ten_seconds_after_the_ping_to_the_tick() => OutboundStage.Tell(stage =>
    {
        stage.World.Link("alice01", "edge1").Cut();
        stage.World.RunFor(TimeSpan.FromMinutes(3));
        var ping = stage.World.Traffic.Entries.Last(entry => entry is { From: "alice01", To: "edge1", Octets.Length: 4 });
        var noticed = stage.Outbound.Notifications.First(said => said.Value.HasValue && said.Value.Value.Flows[0].State is RegistrationState.WaitingForRetry);
        Assert.Equal(ping.SentAt + 10 * Second, noticed.Timestamp);
        Assert.InRange((ping.SentAt - DateTimeOffset.UnixEpoch).TotalSeconds % 120, 90, 120);
        Assert.All(stage.States.Values, state => Assert.IsType<EndpointState.Established>(state));
        stage.World.Heal();
        stage.World.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal(2, stage.Outbound.Values[^1].Standing);
    });

    [Fact]
    public void A_server_that_names_a_time_is_pinged_by_80_to_100_percent_of_it() => OutboundStage.Tell(stage =>
    {
        stage.World.RunFor(TimeSpan.FromMinutes(20));
        var pings = stage.World.Traffic.Entries.Where(entry => entry is { From: "alice01", To: "edge1", Octets.Length: 4 }).Select(entry => entry.SentAt).ToList();
        Assert.True(pings.Count > 40);
        // From pong to ping.
        Assert.All(pings.Zip(pings.Skip(1), (one, next) => (next - one).TotalSeconds - 0.04), wait => Assert.InRange(wait, 20, 25));
    }, change: settings => settings.WithFlowTimer(TimeSpan.FromSeconds(25)));

    [Fact]
    public void Over_UDP_a_dead_edge_is_noticed_39_and_a_half_seconds_after_the_first_unanswered_request() => OutboundStage.Tell(stage =>
    {
        var begun = stage.World.Now;
        stage.World.Link("alice01", "edge1").Cut();
        stage.World.RunFor(TimeSpan.FromMinutes(2));
        var first = stage.World.Traffic.Entries.First(entry => entry is { From: "alice01", To: "edge1", Octets.Length: 20 } && entry.SentAt > begun);
        var noticed = stage.Outbound.Notifications.First(said => said.Value.HasValue && said.Value.Value.Flows[0].State is RegistrationState.WaitingForRetry);
        Assert.Equal(first.SentAt + TimeSpan.FromSeconds(39.5), noticed.Timestamp);
        Assert.All(stage.States.Values, state => Assert.IsType<EndpointState.Established>(state));
        stage.World.Heal();
        stage.World.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal(2, stage.Outbound.Values[^1].Standing);
    }, SipTransportType.Udp);

    [Fact]
    public void A_NAT_that_forgets_is_seen_by_the_next_STUN_answer_and_the_endpoint_registers_anew_at_once() => OutboundStage.Tell(stage =>
    {
        stage.World.Host("alice01").RebindNat();
        stage.World.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal(200, stage.Send(stage.Bob, Alice, "before"));
        stage.World.Host("alice01").RebindNat();
        stage.World.RunFor(30 * Second);
        Assert.Equal(200, stage.Send(stage.Bob, Alice, "after"));
        Assert.Equal(["before", "after"], stage.AtAlice.Values.Select(message => message.Text));
        Assert.All(stage.States.Values, state => Assert.IsType<EndpointState.Established>(state));
        Assert.DoesNotContain(stage.Outbound.Values.SelectMany(state => state.Flows), flow => flow.State is RegistrationState.WaitingForRetry);
    }, SipTransportType.Udp);

    [Fact]
    public void A_message_whose_flow_is_silently_dead_leaves_over_the_other_one() => OutboundStage.Tell(stage =>
    {
        stage.World.Link("alice01", "edge1").Cut();
        Assert.Equal(200, stage.Send(stage.Alice, Bob, "first", 40 * Second));
        // What was not answered makes the flow suspect: the next one does not wait for it.
        Assert.Equal(200, stage.Send(stage.Alice, Bob, "second"));
        Assert.Equal(["first", "second"], stage.AtBob.Values.Select(message => message.Text));
        stage.World.Heal();
    }, SipTransportType.Udp);

    [Fact]
    public void With_a_registrar_that_does_not_know_outbound_one_flow_is_registered_and_the_other_takes_over_when_it_fails() => OutboundStage.Tell(stage =>
    {
        Assert.Single(stage.Server.BindingsOf("alice"));
        Assert.Equal([true], stage.Flows.Where(flow => flow.IsStandby).Select(flow => flow.State is RegistrationState.Unregistered { Cause: null }));
        Assert.Equal(200, stage.Send(stage.Bob, Alice, "one"));
        stage.Edges[stage.Flows.Single(flow => !flow.IsStandby).RegId - 1].Crash();
        stage.World.RunFor(2 * Second);
        Assert.IsType<EndpointState.Established>(stage.Alice.CurrentState);
        stage.World.RunFor(TimeSpan.FromHours(2));
        Assert.Equal(200, stage.Send(stage.Bob, Alice, "two"));
        Assert.Equal(["one", "two"], stage.AtAlice.Values.Select(message => message.Text));
    }, change: settings => settings.WithKnowsOutbound(false));

    [Fact]
    public void A_first_hop_that_lacks_outbound_gets_an_ordinary_registration() => SimulatedNetwork.Check(1, world =>
    {
        var server = world.StartServer("example.test", ["alice"]);
        server.Faults.AnswerNext(SipMethod.Register, 439);
        var alice = world.UserEndpoint("alice");
        world.RunFor(Second);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        var contact = Assert.Single(server.BindingsOf("alice")).Contact;
        Assert.False(contact.Parameters.Contains("reg-id"));
        Assert.True(contact.Parameters.Contains("+sip.instance"));
        world.AssertNothingLeft();
    });

    [Fact]
    public void Leaving_removes_the_bindings_of_all_flows() => OutboundStage.Tell(stage =>
    {
        stage.World.Await(stage.Alice.TerminateAsync());
        Assert.Empty(stage.Server.BindingsOf("alice"));
        Assert.True(stage.Outbound.IsCompleted);
    });

    private static EndpointState After(OutboundStage stage, TimeSpan time)
    {
        stage.World.RunFor(time);
        return stage.Alice.CurrentState;
    }

    // How long each wait of a flow was announced to be.
    private static List<double> Waits(OutboundStage stage, int regId, TimeSpan time)
    {
        stage.World.RunFor(time);
        return [.. stage.Outbound.Notifications
            .Where(said => said.Value.HasValue)
            .Select(said => (said.Timestamp, (said.Value.Value.Flows[regId - 1].State as RegistrationState.WaitingForRetry)?.Due))
            .Where(wait => wait.Due is not null).DistinctBy(wait => wait.Due)
            .Select(wait => (wait.Due!.Value - wait.Timestamp).TotalSeconds)];
    }
}
