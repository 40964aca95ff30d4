using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A server that says when to come back is obeyed, and left for good by nobody.</summary>
public sealed class RetryAfterTests
{
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
}
