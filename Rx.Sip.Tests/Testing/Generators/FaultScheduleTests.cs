using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Testing;
using Rx.Sip.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Testing.Generators;

public class FaultScheduleTests
{
    [Fact]
    public void Faults_come_one_after_the_other() =>
        Prop.ForAll(SipArbitraries.Faults, schedule =>
        {
            var end = TimeSpan.Zero;
            foreach (var fault in schedule.Faults)
            {
                Assert.True(fault.At > end);
                end = fault.End;
            }
            return schedule.End == end;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void At_its_end_the_network_is_whole_and_loses_nothing() =>
        Prop.ForAll(SipArbitraries.Faults, schedule =>
        {
            var network = new SimulatedNetwork(schedule.Seed);
            var (server, link) = (network.StartServer("example.test", users: ["alice"]), network.Link("alice", "example.test"));
            schedule.ApplyTo(network, "example.test");
            network.RunFor(schedule.End);

            Assert.True(server.IsUp && !link.IsCut && server.Host!.IsUp);
            Assert.Equal((schedule.Latency, TimeSpan.Zero, 0.0, 0.0, 0.0), (network.Conditions.Latency, network.Conditions.Jitter, network.Conditions.Loss, network.Conditions.Duplication, network.Conditions.Reordering));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_partition_and_a_crash_last_as_long_as_they_say()
    {
        var network = new SimulatedNetwork(seed: 1);
        var (server, link) = (network.StartServer("example.test", users: []), network.Link("alice", "example.test"));
        new FaultSchedule(1) { Loss = 0.5, Faults = [Fault(NetworkFaultKind.Partition, 10, 5), Fault(NetworkFaultKind.Crash, 20, 7)] }.ApplyTo(network, "example.test");

        Assert.Equal([(false, true, 0.5), (true, true, 0.5), (false, true, 0.5), (false, false, 0.5), (false, true, 0)],
            new[] { 9.9, 14.9, 15, 26.9, 27 }.Select(second =>
            {
                network.RunFor(VirtualTime.Beginning + TimeSpan.FromSeconds(second) - network.Now);
                return (link.IsCut, server.IsUp, network.Conditions.Loss);
            }));
    }

    private static NetworkFault Fault(NetworkFaultKind kind, int second, int seconds) => new(kind, TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(seconds));
}
