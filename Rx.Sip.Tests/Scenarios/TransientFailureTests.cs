using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Only refused credentials log a user out; what may pass does not.</summary>
public sealed class TransientFailureTests
{
    [Fact]
    public void A_failure_that_may_pass_never_logs_the_user_out() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        foreach (var status in (int[])[500, 502, 503, 504, 480, 408])
            server.Faults.AnswerNext(SipMethod.Register, status);
        using var states = alice.State.Record(world.Scheduler);
        server.DropConnections();
        world.RunFor(5 * Hour);
        Assert.DoesNotContain(states.Values, state => state is EndpointState.Idle or EndpointState.Terminated);
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    });

    [Fact]
    public void Refused_credentials_log_the_user_out_and_say_so() => Tell((world, server) =>
    {
        var alice = world.Alice(SipTransportType.Tcp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { Credential = new NetworkCredential("alice", "no longer right") });
        world.RunFor(Hour);
        Assert.Equal(TerminationReason.AuthenticationFailed, Assert.IsType<EndpointState.Terminated>(alice.CurrentState).Reason);
    });
}
