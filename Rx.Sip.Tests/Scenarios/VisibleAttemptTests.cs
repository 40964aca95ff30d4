using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Every attempt can be observed, so that the application need not make its own.</summary>
public sealed class VisibleAttemptTests
{
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
    public void An_application_that_asks_to_register_while_that_is_going_on_starts_nothing() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        server.Faults.AnswerNext(SipMethod.Register, 503, 4);
        server.DropConnections();
        world.RunFor(Second);
        var before = world.Registers().Count;
        var due = Assert.IsType<EndpointState.Reestablishing>(alice.CurrentState).NextAttempt;
        using var asked = alice.InnerEndpoint.Register().Record(world.Scheduler);
        world.RunFor(due - world.Now - Second);
        Assert.Equal(before, world.Registers().Count);
        world.RunFor(Hour);
        Assert.IsType<EndpointState.Established>(Assert.Single(asked.Values));
    });
}
