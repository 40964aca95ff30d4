using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Endpoints;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>The refresh follows what the registrar grants, and one refusal does not tear down a binding that stands.</summary>
public sealed class GrantedTimeTests
{
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
}
