using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>The times that are set are the times that are kept, and a lifetime that is too brief is mended once.</summary>
public sealed class RetryIntervalTests
{
    [Fact]
    public void A_time_that_is_too_short_for_the_server_is_met_with_what_it_wants() => Tell((world, server) =>
    {
        var alice = world.Alice(SipTransportType.Udp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0)
        {
            Credential = world.Credential(),
            RegistrationLifetime = Minute,
        });
        world.RunFor(TimeSpan.FromSeconds(1));
        Assert.InRange(Assert.IsType<EndpointState.Established>(alice.CurrentState).Until!.Value - world.Now, TimeSpan.FromSeconds(298), TimeSpan.FromSeconds(300));
    }, settings => settings.WithMinExpires(5 * Minute));

    [Fact]
    public void The_retry_interval_that_was_set_is_the_one_that_is_used() => Tell((world, server) =>
    {
        var alice = world.Alice(SipTransportType.Tcp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0)
        {
            Credential = world.Credential(),
            Recovery = new RecoveryPolicy.Backoff(4 * Second, 4 * Second),
        });
        world.RunFor(5 * Minute);
        server.Faults.AnswerNext(SipMethod.Register, 500, 20);
        using var registration = alice.Registration.Record(world.Scheduler);
        server.DropConnections();
        world.RunFor(3 * Minute);
        var waits = registration.Notifications.Where(said => said.Value.HasValue && said.Value.Value is RegistrationState.WaitingForRetry)
            .Select(said => ((RegistrationState.WaitingForRetry)said.Value.Value).Due - said.Timestamp).ToList();
        Assert.Equal(21, waits.Count);
        Assert.All(waits, wait => Assert.InRange(wait, 2 * Second, 4 * Second));
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    });

    [Fact]
    public void A_server_that_is_never_content_with_the_lifetime_is_asked_twice_and_not_for_ever() => Tell((world, server) =>
    {
        server.Faults.AnswerNext(SipMethod.Register, 423, 1000);
        var alice = world.UserEndpoint("alice");
        world.RunFor(Hour);
        Assert.Equal(423, Assert.IsType<EndpointState.Terminated>(alice.CurrentState).Cause!.Response!.StatusCode);
        Assert.InRange(world.Registers().Count, 1, 2);
    });
}
