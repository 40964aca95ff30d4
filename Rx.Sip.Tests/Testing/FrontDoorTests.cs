using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

/// <summary>A test of a user's own application, as a user writes it.</summary>
public class FrontDoorTests
{
    [Fact]
    public void Alarms_are_summed_up_even_while_the_server_restarts()
    {
        var world = new SimulatedNetwork(seed: 42) { Conditions = { Latency = TimeSpan.FromMilliseconds(40), Loss = 0.1 } };
        var server = world.StartServer("example.test", users: ["alice", "team", "sensor"]);
        var (alice, team, sensor) = (world.UserEndpoint("alice"), world.UserEndpoint("team"), world.UserEndpoint("sensor"));
        using var app = AlarmApp.Run(team, world.Scheduler);
        var seen = alice.Messages.Select(message => message.Text).Record(world.Scheduler);
        foreach (var minute in new[] { 1, 2, 20 })
            for (var i = 1; i <= 3; i++)
                world.After(TimeSpan.FromMinutes(minute) + TimeSpan.FromSeconds(i), () => sensor.SendMessage("sip:team@example.test", "alarm: it is hot").Subscribe());

        world.After(TimeSpan.FromMinutes(3), server.Crash);
        world.After(TimeSpan.FromMinutes(4), server.Restart);
        world.RunFor(TimeSpan.FromHours(1));

        Assert.Equal(["3 alarms", "3 alarms", "3 alarms"], seen.Values);
        world.AssertNothingLeft();
    }

    [Fact]
    public void A_month_of_staying_registered_is_one_connection_and_a_refresh_within_each_hour()
    {
        // Room for a month of keep-alives.
        var world = new SimulatedNetwork(seed: 1) { Conditions = { Latency = TimeSpan.FromMilliseconds(40) }, Traffic = { Capacity = 100_000 } };
        var server = world.StartServer("example.test", users: ["alice"]);
        var alice = world.UserEndpoint("alice");

        world.RunFor(TimeSpan.FromDays(30));

        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        // One connection, refreshed within each hour, challenged anew as nonces last five minutes.
        Assert.Equal(1, world.Traffic.Entries.Count(entry => entry.Kind == TrafficKind.Connection));
        Assert.InRange(server.Counts.Requests, 2 * 720, 3 * 720);
        world.AssertNothingLeft();
    }

    private static class AlarmApp
    {
        public static IDisposable Run(RealTimeEndpoint team, IScheduler scheduler) => team.Messages
            .Where(message => message.Text.StartsWith("alarm:", StringComparison.Ordinal))
            .GroupByUntil(message => message.From.Uri, alarms => alarms.Throttle(TimeSpan.FromSeconds(5), scheduler))
            .SelectMany(alarms => alarms.ToList())
            .Select(burst => team.SendMessage("sip:alice@example.test", $"{burst.Count} alarms"))
            .Merge(maxConcurrent: 4)
            .Where(response => response.IsFinal)
            .Subscribe();
    }
}
