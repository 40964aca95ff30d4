using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Attempts that fail are reported as faithfully as those that succeed, and so is giving up.</summary>
public sealed class FailedAttemptTests
{
    [Fact]
    public void Each_attempt_that_fails_is_told_with_its_cause_and_the_instant_of_the_next() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        foreach (var status in (int[])[500, 503, 408])
            server.Faults.AnswerNext(SipMethod.Register, status);
        using var registration = alice.Registration.Record(world.Scheduler);
        server.DropConnections();
        world.RunFor(Hour);
        var waits = registration.Values.OfType<RegistrationState.WaitingForRetry>().ToList();
        Assert.Equal([null, 500, 503, 408], waits.Select(wait => wait.Cause.Response?.StatusCode));
        Assert.Equal([1, 2, 3, 4], waits.Select(wait => wait.Attempt));
        var begun = registration.Notifications.Where(said => said.Value.Value is RegistrationState.Registering).Select(said => said.Timestamp);
        Assert.Equal(waits.Select(wait => wait.Due), begun);
        // Each says why it became necessary.
        Assert.Equal(waits.Select(wait => wait.Cause), registration.Values.OfType<RegistrationState.Registering>().Select(one => one.Cause));
    });

    [Fact]
    public void A_connection_lost_while_a_refresh_is_on_its_way_is_told_as_that() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        using var states = alice.State.Record(world.Scheduler);
        server.Faults.IgnoreNext(SipMethod.Register, 1);
        using var closing = alice.Registration.OfType<RegistrationState.Refreshing>().Take(1).Subscribe(_ => world.After(Second, server.DropConnections));
        world.RunFor(2 * Hour);
        Assert.Equal("the connection was closed", states.Values.OfType<EndpointState.Reestablishing>().First().Cause.ToString());
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    });

    [Fact]
    public void Giving_up_is_told_with_the_last_cause_and_completes_the_streams() => Tell((world, server) =>
    {
        var alice = world.Alice(SipTransportType.Tcp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { Credential = world.Credential(), MaxRegisterRetries = 2 });
        world.RunFor(Minute);
        using var states = alice.State.Record(world.Scheduler);
        using var registration = alice.Registration.Record(world.Scheduler);
        server.Faults.AnswerNext(SipMethod.Register, 504, 100);
        server.DropConnections();
        world.RunFor(Hour);
        var end = Assert.IsType<EndpointState.Terminated>(states.Values[^1]);
        Assert.Equal((TerminationReason.RegistrationRefreshFailed, 504), (end.Reason, end.Cause!.Response!.StatusCode));
        Assert.Equal(3, registration.Values.Count(state => state is RegistrationState.Registering));
        Assert.IsType<RegistrationState.Unregistered>(registration.Values[^1]);
        Assert.True(states.IsCompleted && registration.IsCompleted);
    });
}
