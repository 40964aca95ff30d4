using System.Net;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Endpoints;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A nonce that is out of date costs a round trip and nothing else.</summary>
public sealed class StaleNonceTests
{
    [Fact]
    public void A_nonce_that_is_out_of_date_is_replaced_without_asking_for_the_password_again() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        server.Faults.ChallengeAsStale(1);
        using var registration = alice.Registration.Record(world.Scheduler);
        world.RunFor(2 * Hour);
        Assert.DoesNotContain(registration.Values, state => state is RegistrationState.WaitingForRetry or RegistrationState.Unregistered);
    });

    [Fact]
    public void A_server_that_forgets_to_say_stale_is_answered_with_its_new_nonce_all_the_same() => SimulatedNetwork.Check(7, world =>
    {
        var stage = new Stage(world);
        stage.StartRegistrar();
        var number = 0;
        stage.Answer = request => request.Request.Headers.Get("Authorization") is { } given && given.Contains($"\"n{number}\"", StringComparison.Ordinal) && request.Request.CSeq!.Value.Number % 3 != 1
            ? Stage.Grant(request)
            : request.CreateResponse(401).WithHeader("WWW-Authenticate", $"Digest realm=\"example.test\", nonce=\"n{++number}\", qop=\"auth\", algorithm=SHA-256");
        var alice = stage.User("alice", SipTransportType.Udp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { Credential = new NetworkCredential("alice", "secret") });
        using var registration = alice.Registration.Record(world.Scheduler);
        stage.Ask(alice.Establish());
        world.RunFor(24 * Hour);
        Assert.True(number > 10);
        Assert.DoesNotContain(registration.Values.Skip(1), state => state is RegistrationState.WaitingForRetry or RegistrationState.Unregistered);
        world.AssertNothingLeft();
    });

    [Fact]
    public void A_server_to_which_every_nonce_is_stale_is_not_argued_with_for_ever() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        var before = world.Registers().Count;
        server.Faults.ChallengeAsStale(int.MaxValue);
        world.RunFor(2 * Hour);
        Assert.Equal(TerminationReason.AuthenticationFailed, Assert.IsType<EndpointState.Terminated>(alice.CurrentState).Reason);
        Assert.InRange(world.Registers().Count - before, 1, 3);
    });
}
