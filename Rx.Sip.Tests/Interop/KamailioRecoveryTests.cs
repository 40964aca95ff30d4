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
        // Of so short a time a third goes by before the refresh.
        var refused = registration.Values.OfType<RegistrationState.Registered>().First().Until - TimeSpan.FromSeconds(8) * 2 / 3;
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

    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp, "disk", 200)]
    [InlineData(SipTransportType.Udp, "memory", 480)]
    [InlineData(SipTransportType.Tcp, "disk", null)]
    [InlineData(SipTransportType.Tcp, "memory", 480)]
    public async Task Behind_a_restart_there_is_one_binding_whether_or_not_the_server_remembers_the_old_one(SipTransportType transport, string locations, int? status)
    {
        await using var server = await KamailioServer.StartAsync($"locations={locations}");
        await using var here = Users.Of(server, SipTransportType.Udp);
        await using var there = Users.Of(server, transport);
        var alice = await here.EstablishAsync("alice");
        var settings = there.Settings("bob", TimeSpan.FromSeconds(30));
        // Nobody comes back before the server has been asked what it remembers.
        var bob = there.Endpoint(new UserEndpointSettings(settings.Uri, settings.Server, settings.Port)
        {
            Credential = settings.Credential,
            RegistrationLifetime = settings.RegistrationLifetime,
            Recovery = new RecoveryPolicy.Backoff(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)),
        });
        using var registration = new Heard<RegistrationState>(bob.Registration);
        using var atBob = new Heard<IncomingMessage>(bob.Messages);
        await bob.EstablishAsync();

        await server.StopAsync();
        await server.RestartAsync();
        // A server that remembers a connection that is gone may try it for a while: that is not ours to mend.
        if (status is { } expected)
            Assert.Equal(expected, (await alice.SendMessageAsync(bob.Address, "at once")).StatusCode);
        await Eventually.IsTrueAsync(() => registration.Values.OfType<RegistrationState.Registered>().Count() == 2);

        Assert.IsType<EndpointState.Established>(bob.CurrentState);
        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, "when all is well")).StatusCode);
        // One binding: a message to two contacts would arrive twice, or be tried in vain.
        Assert.Equal(status == 200 ? ["at once", "when all is well"] : ["when all is well"], atBob.Values.Select(message => message.Text));
        Assert.Empty(Assert.IsType<RegistrationState.Registered>(registration.Values[^1]).Binding.Others);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task Nonces_that_are_stale_at_every_refresh_are_never_seen_in_the_states()
    {
        await using var server = await KamailioServer.StartAsync("nonce_expire=1");
        await using var users = Users.Of(server, SipTransportType.Tcp);
        var bob = users.Endpoint(users.Settings("bob", TimeSpan.FromSeconds(9)));
        using var registration = new Heard<RegistrationState>(bob.Registration);

        await bob.EstablishAsync();
        await Eventually.IsTrueAsync(() => registration.Values.OfType<RegistrationState.Registered>().Count() == 4);

        Assert.DoesNotContain(registration.Values.Skip(1), state => state is RegistrationState.WaitingForRetry or RegistrationState.Unregistered);
        Assert.Contains("stale nonce from bob", server.Log, StringComparison.Ordinal);
    }
}
