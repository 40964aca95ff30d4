using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A server that restarts is not run down by its users.</summary>
public sealed class ReturningServerTests
{
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
}
