using System.Globalization;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>
/// Very many endpoints on one platform, which share a connection: what a registrar is offered, second by virtual second. <c>benchmarks herd</c> does
/// the same with ten thousand.
/// </summary>
public sealed class HerdTests
{
    private const int Herd = 2_000;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Behind_a_restart_all_come_back_within_the_time_of_the_RFC_and_no_second_is_offered_twice_the_average() => SimulatedNetwork.Check(1, world =>
    {
        var (server, load, endpoints) = Start(world, perSecond: null);
        world.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(Herd, server.Bindings.Count);
        load.Clear();
        server.Crash();
        world.RunFor(5 * Second);
        server.Restart();
        // RFC 5626 §4.5: 15 to 30 seconds when nothing works any more.
        world.RunFor(26 * Second);
        Assert.Equal(Herd, server.Bindings.Count);
        Assert.All(endpoints, endpoint => Assert.IsType<EndpointState.Established>(endpoint.CurrentState));
        var seconds = load.Keys.Max() - load.Keys.Min() + 1;
        Assert.Equal(Herd, load.Values.Sum());
        Assert.InRange(load.Values.Max(), 1, 2 * Herd / seconds);
        // All share one connection: the first, and the one behind the restart.
        Assert.Equal(2, endpoints[0].ConnectionManager.Traffic.ConnectionsOpened);
    });

    [Theory]
    [InlineData(100, 20)]
    [InlineData(1000, 2)]
    public void A_cold_start_goes_at_the_pace_the_application_sets(int perSecond, int seconds) => SimulatedNetwork.Check(1, world =>
    {
        var (server, load, _) = Start(world, perSecond);
        world.RunFor(seconds * Second);
        Assert.Equal(Herd, server.Bindings.Count);
        Assert.All(load.Values, count => Assert.InRange(count, 1, perSecond));
    });

    [Fact]
    public void At_that_pace_they_come_back_from_a_long_outage_too() => SimulatedNetwork.Check(1, world =>
    {
        var (server, load, _) = Start(world, perSecond: 100);
        world.RunFor(TimeSpan.FromMinutes(3));
        load.Clear();
        server.Crash();
        world.RunFor(TimeSpan.FromMinutes(2));
        server.Restart();
        world.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal(Herd, server.Bindings.Count);
        Assert.InRange(load.Values.Max(), 1, 100);
    });

    private static (EmbeddedServer Server, Dictionary<int, int> Load, List<UserEndpoint> Endpoints) Start(SimulatedNetwork world, int? perSecond)
    {
        var names = Enumerable.Range(0, Herd).Select(number => $"u{number.ToString(CultureInfo.InvariantCulture)}").ToList();
        var server = world.StartServer(names.Aggregate(new EmbeddedServerSettings("example.test"), (settings, name) => settings.WithUser(name)));
        var load = new Dictionary<int, int>();
        server.Requests.Where(request => request.Request.Method == SipMethod.Register).Subscribe(request =>
        {
            var second = (int)(request.At - VirtualTime.Beginning).TotalSeconds;
            load[second] = load.GetValueOrDefault(second) + 1;
        });
        var platform = world.Own(new CollaborationPlatform(new ClientPlatformSettings("Herd/1.0", SipTransportType.Tcp)
        {
            Connections = world.Connections("clients"),
            MaxRegistrationsPerSecond = perSecond,
        }));
        var endpoints = names.ConvertAll(name => new UserEndpoint(platform, new UserEndpointSettings($"sip:{name}@example.test", "example.test", 0)));
        endpoints.ForEach(endpoint => endpoint.Establish().Subscribe(static _ => { }, static _ => { }));
        return (server, load, endpoints);
    }
}
