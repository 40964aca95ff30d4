using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Whatever befalls a server and the network, in any order: an endpoint that was told once to be registered is registered when it is over.</summary>
public sealed class AnyTroubleTests
{
    private enum Kind
    {
        Crash,
        Partition,
        Unavailable,
        UnavailableWithRetryAfter,
        Silence,
        StaleNonces,
        DroppedConnections,
        Forgetfulness,
        Calm,
    }

    /// <summary>Something that happens, for how long, and how long all is well afterwards.</summary>
    private sealed record Trouble(Kind Kind, int Minutes, int CalmMinutes);

    private sealed record History(int Seed, SipTransportType Transport, bool KeepsBindings, bool HasEvents, Trouble[] Troubles)
    {
        public override string ToString() => $"seed {Seed}, {Transport}, keeps {KeepsBindings}, notifies {HasEvents}: {string.Join<Trouble>("; ", Troubles)}";
    }

    private static readonly Gen<Trouble> AnyTrouble =
        from kind in Gen.Elements(Enum.GetValues<Kind>())
            // From a blink to a day and a half.
        from minutes in Gen.OneOf(Gen.Choose(0, 2), Gen.Choose(3, 90), Gen.Choose(90, 2200))
        from calm in Gen.OneOf(Gen.Choose(0, 1), Gen.Choose(1, 200))
        select new Trouble(kind, minutes, calm);

    private static readonly Gen<History> Histories =
        from seed in Gen.Choose(1, 1_000_000)
        from transport in Gen.Elements(SipTransportType.Udp, SipTransportType.Tcp)
        from keeps in Gen.Elements(true, false)
        from events in Gen.Elements(true, false)
        from count in Gen.Choose(1, 6)
        from troubles in Gen.ArrayOf(AnyTrouble, count)
        select new History(seed, transport, keeps, events, troubles);

    [Fact]
    public void Any_troubles_that_end_leave_the_endpoint_registered_once_and_the_server_unharmed() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(40),
            Prop.ForAll(Arb.From(Histories), history => SimulatedNetwork.Check(history.Seed, world => Live(world, history))));

    private static void Live(SimulatedNetwork world, History history)
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(40);
        var server = world.StartServer(new EmbeddedServerSettings("example.test") { KeepsBindings = history.KeepsBindings, OffersRegistrationEvents = history.HasEvents }.WithUser("alice", world.PasswordOf("alice")));
        var alice = world.UserEndpoint("alice", history.Transport);
        world.RunFor(Minute);
        using var states = alice.State.Record(world.Scheduler);
        foreach (var trouble in history.Troubles)
        {
            Suffer(world, server, trouble);
            world.RunFor(Minute * trouble.CalmMinutes);
        }
        // The longest wait of the backoff is half an hour; a failure that was on its way before costs another one.
        world.RunFor(65 * Minute);

        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Single(server.BindingsOf("alice"));
        Assert.Equal(history.HasEvents ? 1 : 0, server.Subscriptions);
        Assert.InRange(world.Registers().Count, 2, Bound(world, history));
        AssertOnlyLossesLeaveEstablished(states);
        world.AssertNothingLeft();
    }

    private static void Suffer(SimulatedNetwork world, EmbeddedServer server, Trouble trouble)
    {
        var time = Minute * trouble.Minutes;
        switch (trouble.Kind)
        {
            case Kind.Crash:
                server.Crash();
                world.RunFor(time);
                server.Restart();
                break;
            case Kind.Partition:
                world.Partition("alice");
                world.RunFor(time);
                world.Heal();
                break;
            case Kind.Unavailable:
                server.Faults.AnswerNext(SipMethod.Register, 503, 10_000);
                break;
            case Kind.UnavailableWithRetryAfter:
                server.Faults.AnswerNext(SipMethod.Register, 503, 10_000, TimeSpan.FromSeconds(100 + trouble.Minutes % 600));
                break;
            case Kind.Silence:
                server.Faults.IgnoreNext(SipMethod.Register, 10_000);
                break;
            case Kind.StaleNonces:
                server.Faults.ChallengeAsStale(1);
                break;
            case Kind.DroppedConnections:
                server.DropConnections();
                break;
            case Kind.Forgetfulness:
                server.Forget("alice");
                break;
        }
        if (trouble.Kind is Kind.Crash or Kind.Partition)
            return;
        world.RunFor(time);
        server.Faults.Clear();
    }

    // Three requests an attempt: one, one for its challenge, one for a nonce that is stale by then. An attempt for half of every granted
    // hour; behind each trouble six attempts until the backoff waits its longest, 15 to 30 minutes.
    private static int Bound(SimulatedNetwork world, History history) =>
        3 * (2 + 6 * history.Troubles.Length + (int)(world.Now - VirtualTime.Beginning).TotalMinutes / 15);

    // A failed refresh alone never does, while the granted time runs.
    private static void AssertOnlyLossesLeaveEstablished(Recording<EndpointState> states)
    {
        DateTimeOffset? until = null;
        foreach (var said in states.Notifications)
        {
            var state = said.Value.HasValue ? said.Value.Value : null;
            Assert.True(state is EndpointState.Established or EndpointState.Reestablishing, $"{state}");
            if (state is EndpointState.Reestablishing lost && until > said.Timestamp)
                Assert.Matches("^the (connection|registrar does not hold)", lost.Cause.ToString());
            until = (state as EndpointState.Established)?.Until;
        }
    }
}
