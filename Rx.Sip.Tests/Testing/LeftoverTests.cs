using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class LeftoverTests
{
    private readonly SimulatedNetwork _network = new(42);

    [Fact]
    public void Nothing_is_left_of_a_network_where_nothing_happened()
    {
        _network.After(TimeSpan.FromHours(1), () => { });

        _network.AssertNothingLeft();
    }

    [Fact]
    public void The_list_says_exactly_what_is_left()
    {
        var exchange = new Exchange(_network, SipTransportType.Tcp);
        exchange.Connect();
        _network.RunFor(TimeSpan.FromSeconds(1));
        _network.Scheduler.Schedule(TimeSpan.FromSeconds(5), Forgotten);
        _network.Watch("transactions of alice", () => 3);
        _network.Watch("transactions of bob", () => 0);

        var left = Assert.Throws<SimulationException>(_network.AssertNothingLeft);

        Assert.StartsWith("""
            5 things are left:
            scheduled, due in 00:00:05: Rx.Sip.Tests.Testing.LeftoverTests.Forgotten
            open: connection tcp 10.0.0.1:49152 -> 10.0.0.2:5060 of alice
            open: listener tcp 10.0.0.2:5060 of bob
            open: connection tcp 10.0.0.2:5060 -> 10.0.0.1:49152 of bob
            3 transactions of alice

            seed 42, at 00:00:01
            """, left.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_network_owns_is_disposed_the_youngest_first_in_virtual_time()
    {
        var said = new List<string>();
        _network.Own(new Slow(_network, "first", said));
        _network.Own(new Slow(_network, "second", said));

        _network.AssertNothingLeft();

        Assert.Equal(["second gone after 00:00:05", "first gone after 00:00:10"], said);
    }

    [Fact]
    public void A_task_is_awaited_in_virtual_time()
    {
        Assert.Equal(7, _network.Await(Observable.Timer(TimeSpan.FromHours(3), _network.Scheduler).Select(_ => 7).ToTask()));
        Assert.Equal(TimeSpan.FromHours(3), _network.Scheduler.Elapsed);
    }

    [Fact]
    public void What_a_task_throws_is_thrown() =>
        Assert.Throws<FormatException>(() => _network.Await(Task.FromException(new FormatException())));

    [Fact]
    public void What_does_not_come_in_time_is_told_with_the_seed_and_the_traffic()
    {
        _network.Note("something");

        var error = Assert.Throws<SimulationException>(() => _network.RunUntil(() => false, TimeSpan.FromSeconds(3)));

        Assert.StartsWith("What was waited for did not happen within 00:00:03.\n\nseed 42, at 00:00:03\n", error.Message, StringComparison.Ordinal);
        Assert.Contains("── something ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_never_comes_to_rest_is_no_idle_network()
    {
        using var ticking = Observable.Interval(TimeSpan.FromHours(1), _network.Scheduler).Subscribe();

        Assert.Throws<SimulationException>(_network.RunUntilIdle);
    }

    [Fact]
    public void A_story_that_fails_is_told_with_its_seed_and_its_ladder()
    {
        var error = Assert.Throws<SimulationException>(() => SimulatedNetwork.CheckSeeds(10, network =>
        {
            network.Note("so far so good");
            Assert.NotEqual(3, network.Seed);
        }));

        Assert.Contains("seed 3, at 00:00:00", error.Message, StringComparison.Ordinal);
        Assert.Contains("so far so good", error.Message, StringComparison.Ordinal);
        Assert.IsType<Xunit.Sdk.NotEqualException>(error.InnerException);
    }

    private static void Forgotten()
    {
    }

    private sealed class Slow(SimulatedNetwork network, string name, List<string> said) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Observable.Timer(TimeSpan.FromSeconds(5), network.Scheduler).ToTask().ConfigureAwait(false);
            said.Add($"{name} gone after {network.Scheduler.Elapsed}");
        }
    }
}
