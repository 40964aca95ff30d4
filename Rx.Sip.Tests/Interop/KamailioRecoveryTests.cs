using Rx.Sip.InstantMessaging;
using Rx.Sip.Registration;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>Endpoints that lose their server, or its favour, and come back by themselves.</summary>
public class KamailioRecoveryTests
{
    [InteropFact(Peers.Kamailio)]
    public async Task A_refresh_refused_with_503_waits_as_told_and_the_endpoint_stays_established()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.Of(server, SipTransportType.Tcp);
        var bob = users.Endpoint(users.Settings("bob", TimeSpan.FromSeconds(8)));
        using var registration = new Heard<RegistrationState>(bob.Registration);
        using var states = new Heard<EndpointState>(bob.State);
        await bob.EstablishAsync();
        await server.SetAsync("retry_after", 2);
        await server.SetAsync("deny_count", 1);
        await server.SetAsync("deny", 503);

        await Eventually.IsTrueAsync(() => registration.Values.OfType<RegistrationState.Registered>().Count() == 2);

        var waiting = Assert.Single(registration.Values.OfType<RegistrationState.WaitingForRetry>());
        var order = registration.Values.Select(state => state.GetType().Name);
        Assert.Equal(["Unregistered", "Registering", "Registered", "Refreshing", "WaitingForRetry", "Refreshing", "Registered"], order);
        Assert.Equal(503, waiting.Cause.Response?.StatusCode);
        Assert.NotNull(waiting.Until);
        var refused = registration.Values.OfType<RegistrationState.Registered>().First().Until - TimeSpan.FromSeconds(4);
        Assert.InRange(waiting.Due - refused, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(4));
        Assert.DoesNotContain(states.Values, state => state is EndpointState.Reestablishing);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_killed_and_restarted_server_is_found_again_over_tcp_and_messages_flow()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var here = Users.Of(server, SipTransportType.Tcp);
        await using var there = Users.Of(server, SipTransportType.Tcp);
        var alice = await here.EstablishAsync("alice");
        var bob = await there.EstablishAsync("bob");
        using var atBob = new Heard<IncomingMessage>(bob.Messages);
        using var states = new Heard<EndpointState>(bob.State);
        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, "before")).StatusCode);

        await server.KillAsync();
        await Eventually.IsTrueAsync(() => alice.CurrentState is EndpointState.Reestablishing && bob.CurrentState is EndpointState.Reestablishing);
        // A few attempts in vain: each says when the next one is due.
        await Eventually.IsTrueAsync(() => states.Values.OfType<EndpointState.Reestablishing>().Any(state => state.Attempt > 2));
        var lost = await alice.SendMessageAsync(bob.Address, "into the void");
        await server.RestartAsync();
        await Eventually.IsTrueAsync(() => alice.CurrentState is EndpointState.Established && bob.CurrentState is EndpointState.Established);

        Assert.Equal((503, true), (lost.StatusCode, lost.IsLocal));
        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, "after")).StatusCode);
        Assert.Equal(200, (await bob.SendMessageAsync("sip:accept@rxsip.test", "after")).StatusCode);
        Assert.Equal(["before", "after"], atBob.Values.Select(message => message.Text));
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_killed_and_restarted_server_is_found_again_over_udp_by_the_refresh()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.Of(server, SipTransportType.Udp);
        var alice = await users.EstablishAsync("alice", TimeSpan.FromSeconds(20));
        var bob = users.Endpoint(users.Settings("bob", TimeSpan.FromSeconds(4)));
        using var registration = new Heard<RegistrationState>(bob.Registration);
        using var atBob = new Heard<IncomingMessage>(bob.Messages);
        await bob.EstablishAsync();

        await server.KillAsync();
        await Eventually.IsTrueAsync(() => registration.Values.Any(state => state is RegistrationState.WaitingForRetry));
        await server.RestartAsync();
        await Eventually.IsTrueAsync(() => registration.Values[^1] is RegistrationState.Registered && bob.CurrentState is EndpointState.Established);

        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, "after")).StatusCode);
        Assert.Equal("after", Assert.Single(atBob.Values).Text);
    }
}
