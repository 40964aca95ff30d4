using System.Net;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Registration;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>Registering at Kamailio: Digest, refusals, lifetimes, leaving.</summary>
public class KamailioRegistrationTests
{
    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp, "MD5", "auth")]
    [InlineData(SipTransportType.Tcp, "MD5", "auth")]
    [InlineData(SipTransportType.Udp, "SHA-256", "auth")]
    [InlineData(SipTransportType.Tcp, "SHA-256", "auth-int")]
    [InlineData(SipTransportType.Udp, "MD5", "auth-int")]
    public async Task An_endpoint_registers_and_sends_with_digest(SipTransportType transport, string algorithm, string qop)
    {
        await using var server = await KamailioServer.StartAsync($"alg={algorithm}", $"qop={qop}");
        await using var users = Users.Of(server, transport);

        var alice = await users.EstablishAsync("alice");
        var response = await alice.SendMessageAsync("sip:accept@rxsip.test", "with a body to protect");

        Assert.IsType<EndpointState.Established>(alice.CurrentState);
        Assert.Equal(200, response.StatusCode);
        Assert.Equal($"authenticated with {algorithm}", alice.InnerEndpoint.AuthenticationSummary);
    }

    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public async Task A_short_registration_is_refreshed_and_outlives_what_was_granted_first(SipTransportType transport)
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.Of(server, transport);
        var alice = await users.EstablishAsync("alice");
        var bob = users.Endpoint(users.Settings("bob", TimeSpan.FromSeconds(3)));
        using var registration = new Heard<RegistrationState>(bob.Registration);
        using var states = new Heard<EndpointState>(bob.State);
        using var received = new Heard<IncomingMessage>(bob.Messages);
        await bob.EstablishAsync();
        var first = registration.Values.OfType<RegistrationState.Registered>().First().Until;

        // The usrloc module drops what ran out every five seconds, but never relays to it.
        await Eventually.IsTrueAsync(() => DateTimeOffset.UtcNow > first.AddSeconds(1));
        var response = await alice.SendMessageAsync(bob.Address, "still there?");

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("still there?", Assert.Single(received.Values).Text);
        var kinds = registration.Values.Select(state => state.GetType().Name).ToList();
        Assert.Equal(["Unregistered", "Registering", "Registered", "Refreshing", "Registered"], kinds.Take(5));
        Assert.DoesNotContain("WaitingForRetry", kinds);
        Assert.DoesNotContain(states.Values, state => state is EndpointState.Reestablishing);
    }

    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp, false)]
    [InlineData(SipTransportType.Tcp, false)]
    [InlineData(SipTransportType.Tcp, true)]
    public async Task A_wrong_password_ends_the_endpoint_after_one_attempt_at_the_challenge(SipTransportType transport, bool isForbidden)
    {
        await using var server = await KamailioServer.StartAsync();
        await server.SetAsync("auth_403", isForbidden ? 1 : 0);
        await using var users = Users.Of(server, transport);
        var alice = users.Endpoint(WithCredential(users, new NetworkCredential("alice", "wrong")));

        var failure = await Assert.ThrowsAnyAsync<FailureResponseException>(() => alice.EstablishAsync());

        if (isForbidden)
            Assert.IsType<RegisterException>(failure);
        else
            Assert.Equal(AuthenticationFailureReason.InvalidCredentials, Assert.IsType<AuthenticationException>(failure).Reason);
        Assert.Equal(isForbidden ? 403 : 401, failure.Response?.StatusCode);
        var end = Assert.IsType<EndpointState.Terminated>(alice.CurrentState);
        Assert.Equal(isForbidden ? TerminationReason.OwnerDisabledOrRemoved : TerminationReason.AuthenticationFailed, end.Reason);
        // One without credentials, one with; datagrams may have been repeated on a slow machine.
        if (transport == SipTransportType.Tcp)
            Assert.Equal(2, users.Manager.Traffic.RequestsSent);
        await Assert.ThrowsAsync<InvalidOperationException>(() => alice.EstablishAsync());
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_challenge_without_credentials_for_it_fails_clearly_after_one_request()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.Of(server, SipTransportType.Tcp);
        var alice = users.Endpoint(WithCredential(users, null));

        var failure = await Assert.ThrowsAsync<AuthenticationException>(() => alice.EstablishAsync());

        Assert.Equal(AuthenticationFailureReason.MissingCredentials, failure.Reason);
        Assert.Equal("rxsip.test", failure.Realm);
        Assert.Equal(1, users.Manager.Traffic.RequestsSent);
        Assert.IsType<EndpointState.Terminated>(alice.CurrentState);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_server_that_never_asks_is_not_trusted_and_forgets_the_binding()
    {
        await using var server = await KamailioServer.StartAsync();
        await server.SetAsync("auth", 0);
        await using var users = Users.Of(server, SipTransportType.Tcp);
        var alice = users.Endpoint(users.Settings("alice"));
        var bob = users.Endpoint(WithCredential(users, null, "bob"));

        var failure = await Assert.ThrowsAsync<AuthenticationException>(() => alice.EstablishAsync());
        await bob.EstablishAsync();

        Assert.Equal(AuthenticationFailureReason.UnchallengingServer, failure.Reason);
        Assert.Equal(480, (await bob.SendMessageAsync(alice.Address, "are you there?")).StatusCode);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_server_that_never_asks_is_fine_where_that_was_allowed()
    {
        await using var server = await KamailioServer.StartAsync();
        await server.SetAsync("auth", 0);
        await using var users = Users.Of(server, SipTransportType.Udp);
        var alice = users.Endpoint(new UserEndpointSettings(Users.AddressOf("alice"), "127.0.0.1", server.Udp.Port)
        {
            Credential = Users.CredentialOf("alice"),
            AllowNoAuthentication = true,
        });

        await alice.EstablishAsync();

        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    }

    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public async Task A_stale_nonce_is_replaced_without_a_failure(SipTransportType transport)
    {
        await using var server = await KamailioServer.StartAsync("nonce_expire=2");
        await using var users = Users.Of(server, transport);
        await server.SetAsync("force_stale", 1);
        var alice = await users.EstablishAsync("alice");
        var bob = await users.EstablishAsync("bob");
        Assert.Equal(480, (await alice.SendMessageAsync(bob.Address, "nobody listens")).StatusCode);

        await Task.Delay(TimeSpan.FromSeconds(3.5), TestContext.Current.CancellationToken);
        var response = await alice.SendMessageAsync("sip:accept@rxsip.test", "by a nonce that ran out");

        Assert.Equal(200, response.StatusCode);
        Assert.Contains("stale nonce from alice", server.Log, StringComparison.Ordinal);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task One_time_nonces_are_good_for_a_whole_conversation()
    {
        await using var server = await KamailioServer.StartAsync("otn=1");
        await using var users = Users.Of(server, SipTransportType.Tcp);
        var alice = await users.EstablishAsync("alice", TimeSpan.FromSeconds(3));

        for (var i = 0; i < 5; i++)
            Assert.Equal(200, (await alice.SendMessageAsync("sip:accept@rxsip.test", $"message {i}")).StatusCode);
    }

    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public async Task Too_short_a_lifetime_is_asked_for_again_with_the_least_the_server_takes(SipTransportType transport)
    {
        await using var server = await KamailioServer.StartAsync();
        await server.SetAsync("min_expires", 120);
        await using var users = Users.Of(server, transport);
        var alice = users.Endpoint(users.Settings("alice", TimeSpan.FromSeconds(10)));
        using var registration = new Heard<RegistrationState>(alice.Registration);

        await alice.EstablishAsync();

        await Eventually.IsTrueAsync(() => registration.Values.Any(state => state is RegistrationState.Registered));
        var registered = registration.Values.OfType<RegistrationState.Registered>().First();
        Assert.Equal(TimeSpan.FromSeconds(120), registered.Binding.Granted);
    }

    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public async Task Terminating_removes_the_binding(SipTransportType transport)
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.Of(server, transport);
        var alice = await users.EstablishAsync("alice");
        var bob = await users.EstablishAsync("bob");
        using var received = new Heard<IncomingMessage>(bob.Messages);
        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, "before")).StatusCode);

        await bob.TerminateAsync();

        Assert.Equal(480, (await alice.SendMessageAsync(bob.Address, "after")).StatusCode);
        Assert.Equal("before", Assert.Single(received.Values).Text);
        Assert.IsType<EndpointState.Terminated>(bob.CurrentState);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task Unregistered_is_not_terminated_and_registers_again()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.Of(server, SipTransportType.Tcp);
        var alice = await users.EstablishAsync("alice");
        var bob = await users.EstablishAsync("bob");
        using var received = new Heard<IncomingMessage>(bob.Messages);

        await bob.InnerEndpoint.UnregisterAsync();
        Assert.Equal(480, (await alice.SendMessageAsync(bob.Address, "while away")).StatusCode);
        await bob.EstablishAsync();

        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, "back")).StatusCode);
    }

    private static UserEndpointSettings WithCredential(Users users, NetworkCredential? credential, string user = "alice")
    {
        var settings = users.Settings(user);
        return new UserEndpointSettings(settings.Uri, settings.Server, settings.Port) { Credential = credential };
    }
}
