using System.Globalization;
using System.Net;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Endpoints;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>What users of other stacks suffered from, with a happy end: an endpoint that stays registered, and says what it does.</summary>
public sealed class StayingRegisteredTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Over_thirty_days_every_refresh_comes_between_50_and_90_percent_of_what_was_granted() => SimulatedNetwork.Check(1, world =>
    {
        var stage = new Stage(world);
        stage.StartRegistrar();
        stage.Answer = request => Stage.Grant(request, 600);
        List<TimeSpan> instants = [];
        var answer = stage.Answer;
        stage.Answer = request =>
        {
            instants.Add(world.Scheduler.Elapsed);
            return answer(request);
        };
        var alice = stage.User("alice");
        using var states = alice.State.Record(world.Scheduler);
        stage.Ask(alice.Establish());
        world.RunFor(TimeSpan.FromDays(30));
        var waits = instants.Zip(instants.Skip(1), (one, next) => next - one).ToList();
        Assert.InRange(instants.Count, 5900, 6450);
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(540)));
        Assert.All(states.Values.Skip(2), state => Assert.IsType<EndpointState.Established>(state));
        world.AssertNothingLeft();
    });

    [Fact]
    public void The_refresh_follows_what_was_granted_not_what_was_asked() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        var until = Assert.IsType<EndpointState.Established>(alice.CurrentState).Until;
        Assert.InRange(until!.Value - world.Now, 9 * Minute, 9 * Minute + TimeSpan.FromSeconds(1));
        world.RunFor(TimeSpan.FromMinutes(9));
        Assert.True(Assert.IsType<EndpointState.Established>(alice.CurrentState).Until > until);
    }, settings => settings.WithMaxExpires(TimeSpan.FromMinutes(10)));

    [Fact]
    public void One_503_on_a_refresh_costs_nothing_while_the_binding_stands() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        using var states = alice.State.Record(world.Scheduler);
        using var registration = alice.Registration.Record(world.Scheduler);
        server.Faults.AnswerNext(SipMethod.Register, 503, 2);
        world.RunFor(TimeSpan.FromHours(3));
        Assert.All(states.Values, state => Assert.IsType<EndpointState.Established>(state));
        var waits = registration.Values.OfType<RegistrationState.WaitingForRetry>().ToList();
        Assert.Equal([2, 3], waits.Select(wait => wait.Attempt));
        Assert.All(waits, wait => Assert.NotNull(wait.Until));
    });

    [Fact]
    public void A_network_that_is_lost_for_hours_leaves_no_attempt_hanging_and_registration_returns() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice", SipTransportType.Udp);
        world.RunFor(Minute);
        world.Partition("alice");
        world.RunFor(5 * Hour);
        Assert.IsType<EndpointState.Reestablishing>(alice.CurrentState);
        world.Heal();
        world.RunFor(Hour);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Single(server.BindingsOf("alice"));
    });

    [Fact]
    public void When_the_application_says_that_the_network_is_back_registration_is_tried_at_once() => Tell((world, server) =>
    {
        using var available = new BehaviorSubject<bool>(true);
        var platform = world.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", SipTransportType.Udp) { Connections = world.Connections("alice") }));
        var alice = new UserEndpoint(platform, new UserEndpointSettings("sip:alice@example.test", "example.test", 0)
        {
            Credential = new NetworkCredential("alice", world.PasswordOf("alice")),
            NetworkAvailable = available,
        });
        alice.Establish().Subscribe();
        world.RunFor(Minute);
        world.Partition("alice");
        available.OnNext(false);
        world.RunFor(2 * Hour);
        var sent = world.Traffic.Sent;
        world.RunFor(Hour);
        Assert.Equal(sent, world.Traffic.Sent);
        world.Heal();
        available.OnNext(true);
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    });

    [Fact]
    public void A_dropped_connection_is_shown_at_once_and_so_is_the_recovery_at_the_instant_that_was_announced() => SimulatedNetwork.CheckSeeds(10, world =>
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(40);
        var server = world.StartServer("example.test", ["alice"]);
        var alice = world.UserEndpoint("alice");
        world.RunFor(5 * Minute);
        using var states = alice.State.Record(world.Scheduler);
        server.DropConnections();
        world.RunFor(5 * Minute);
        var lost = Assert.IsType<EndpointState.Reestablishing>(states.Values[1]);
        Assert.Equal(TimeSpan.FromMilliseconds(40), states.Instants[1]);
        Assert.IsType<EndpointState.Established>(states.Values[2]);
        Assert.Equal(3, states.Values.Count);
        var begun = lost.NextAttempt - (VirtualTime.Beginning + 5 * Minute);
        Assert.InRange(begun - states.Instants[1], TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
        // A connection takes a round trip, REGISTER with the known nonce another one.
        Assert.InRange(states.Instants[2] - begun, TimeSpan.FromMilliseconds(160), TimeSpan.FromMilliseconds(240));
        world.AssertNothingLeft();
    });

    [Fact]
    public void A_connection_that_would_be_closed_for_idleness_is_kept_alive() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        using var states = alice.State.Record(world.Scheduler);
        world.RunFor(3 * Hour);
        Assert.All(states.Values, state => Assert.IsType<EndpointState.Established>(state));
        Assert.Single(world.Traffic.Entries, entry => entry.Kind == TrafficKind.Connection && entry.From == "alice");
    });

    [Fact]
    public void Every_attempt_can_be_seen_so_that_the_application_need_not_try_by_itself() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(5 * Minute);
        using var registration = alice.Registration.Record(world.Scheduler);
        using var states = alice.State.Record(world.Scheduler);
        server.Crash();
        world.RunFor(10 * Minute);
        server.Restart();
        world.RunFor(30 * Minute);
        var attempts = registration.Values.OfType<RegistrationState.Registering>().Select(one => one.Attempt).ToList();
        Assert.Equal(Enumerable.Range(1, attempts.Count), attempts);
        Assert.InRange(attempts.Count, 3, 8);
        Assert.Equal(attempts.Count, registration.Values.OfType<RegistrationState.WaitingForRetry>().Count());
        Assert.Equal(attempts, states.Values.OfType<EndpointState.Reestablishing>().Select(one => one.Attempt));
        Assert.IsType<EndpointState.Established>(states.Values[^1]);
    });

    [Fact]
    public void A_503_with_retry_after_postpones_the_next_attempt_by_at_least_that_and_ends_nothing() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        server.DropConnections();
        server.Faults.AnswerNext(SipMethod.Register, 503, 1, TimeSpan.FromSeconds(300));
        using var registration = alice.Registration.Record(world.Scheduler);
        world.RunFor(20 * Minute);
        var waits = registration.Values.OfType<RegistrationState.WaitingForRetry>().ToList();
        var told = registration.Notifications.First(said => ReferenceEquals(said.Value.Value, waits[1])).Timestamp;
        Assert.Equal(503, waits[1].Cause.Response!.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(300), waits[1].Due - told);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    });

    [Fact]
    public void A_server_that_closes_the_connection_again_and_again_is_called_ever_more_slowly() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        List<TimeSpan> registered = [];
        using var closing = alice.Registration.OfType<RegistrationState.Registered>().Subscribe(_ =>
        {
            registered.Add(world.Scheduler.Elapsed);
            world.After(TimeSpan.FromMilliseconds(1), server.DropConnections);
        });
        world.RunFor(12 * Hour);
        Assert.InRange(registered.Count, 20, 60);
        Assert.All(registered.Zip(registered.Skip(1), (one, next) => next - one), wait => Assert.True(wait >= TimeSpan.FromSeconds(15)));
        Assert.True(registered[^1] - registered[^2] >= 15 * Minute);
    });

    [Fact]
    public void A_hundred_users_do_not_come_back_in_the_same_second_when_their_server_does()
    {
        SimulatedNetwork.Check(1, world =>
        {
            var names = Enumerable.Range(0, 100).Select(number => $"user{number}").ToList();
            var server = world.StartServer("example.test", names);
            var users = names.Select(world.UserEndpoint).ToList();
            world.RunFor(Minute);
            server.Crash();
            server.Restart();
            List<TimeSpan> back = [];
            foreach (var user in users)
                user.State.OfType<EndpointState.Established>().Skip(1).Take(1).Subscribe(_ => back.Add(world.Scheduler.Elapsed));
            world.RunFor(Minute);
            Assert.Equal(100, users.Count(user => user.CurrentState is EndpointState.Established));
            Assert.InRange(world.Traffic.Entries.Where(entry => entry.SentAt > VirtualTime.Beginning + Minute && entry.Message is SipRequest { Method.Name: "REGISTER" })
                .GroupBy(entry => (int)(entry.SentAt - VirtualTime.Beginning).TotalSeconds).Max(second => second.Select(entry => entry.From).Distinct().Count()), 2, 20);
        });
    }

    [Fact]
    public void A_time_that_is_too_short_for_the_server_is_met_with_what_it_wants() => Tell((world, server) =>
    {
        var platform = world.Own(new CollaborationPlatform(new ClientPlatformSettings("Test/1.0", SipTransportType.Udp) { Connections = world.Connections("alice") }));
        var alice = new UserEndpoint(platform, new UserEndpointSettings("sip:alice@example.test", "example.test", 0)
        {
            Credential = new NetworkCredential("alice", world.PasswordOf("alice")),
            RegistrationLifetime = Minute,
        });
        alice.Establish().Subscribe();
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.InRange(Assert.IsType<EndpointState.Established>(alice.CurrentState).Until!.Value - world.Now, TimeSpan.FromSeconds(298), TimeSpan.FromSeconds(300));
    }, settings => settings.WithMinExpires(5 * Minute));

    [Fact]
    public void A_failure_that_may_pass_never_logs_the_user_out() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        foreach (var status in (int[])[500, 502, 503, 504, 480, 408])
            server.Faults.AnswerNext(SipMethod.Register, status);
        using var states = alice.State.Record(world.Scheduler);
        server.DropConnections();
        world.RunFor(5 * Hour);
        Assert.DoesNotContain(states.Values, state => state is EndpointState.Idle or EndpointState.Terminated);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    });

    [Fact]
    public void A_nonce_that_is_out_of_date_is_replaced_without_asking_for_the_password_again() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        server.Faults.ChallengeAsStale(1);
        using var registration = alice.Registration.Record(world.Scheduler);
        world.RunFor(2 * Hour);
        Assert.DoesNotContain(registration.Values, state => state is RegistrationState.WaitingForRetry or RegistrationState.Unregistered);
    });

    [Fact]
    public void Every_use_of_a_nonce_counts() => Tell((world, server) =>
    {
        var (alice, bob) = (world.UserEndpoint("alice"), world.UserEndpoint("bob"));
        using var seen = bob.Messages.Record(world.Scheduler);
        world.RunFor(TimeSpan.FromSeconds(1));
        for (var number = 0; number < 5; number++)
        {
            alice.SendMessage("sip:bob@example.test", $"{number}").Subscribe();
            world.RunFor(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(5, seen.Values.Count);
        var uses = world.Traffic.Entries.Where(entry => entry.From == "alice").Select(entry => entry.Message).OfType<SipRequest>()
            .SelectMany(request => (string?[])[request.Headers.Get("Authorization"), request.Headers.Get("Proxy-Authorization")]).OfType<string>()
            .Select(value => (Nonce: Between(value, "nonce=\"", "\""), Count: int.Parse(Between(value, "nc=", ","), NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
            .GroupBy(use => use.Nonce).ToList();
        Assert.All(uses, nonce => Assert.Equal(nonce.Select(use => use.Count).Distinct(), nonce.Select(use => use.Count)));
        Assert.Contains(uses, nonce => nonce.Count() > 4);
    });

    private static string Between(string text, string before, string after)
    {
        var begin = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        var end = text.IndexOf(after, begin, StringComparison.Ordinal);
        return end < 0 ? text[begin..] : text[begin..end];
    }

    private static void Tell(Action<SimulatedNetwork, EmbeddedServer> story, Func<EmbeddedServerSettings, EmbeddedServerSettings>? change = null) =>
        SimulatedNetwork.Check(7, world =>
        {
            world.Conditions.Latency = TimeSpan.FromMilliseconds(40);
            var settings = new EmbeddedServerSettings("example.test").WithUser("alice", world.PasswordOf("alice")).WithUser("bob", world.PasswordOf("bob"));
            var server = world.StartServer(change?.Invoke(settings) ?? settings);
            story(world, server);
            world.AssertNothingLeft();
        });
}
