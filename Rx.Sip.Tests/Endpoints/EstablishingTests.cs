using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>What comes of <c>Establish</c>, well or badly, and that it can be tried again.</summary>
public sealed class EstablishingTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void Making_an_endpoint_registers_nothing_establishing_does()
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice");
        using var states = alice.State.Record(_stage.World.Scheduler);
        var cold = alice.Establish();
        _stage.Run();
        Assert.Empty(_stage.Heard);
        Assert.Equal([new EndpointState.Idle(null)], states.Values);

        var established = _stage.Ask(cold);
        Assert.IsType<EndpointState.Established>(Assert.Single(established.Values));
        Assert.True(established.IsCompleted);
        Assert.Equal(TimeSpan.FromMilliseconds(20), established.EndedAfter);
        Assert.Single(_stage.Heard);
        Assert.Equal(["Idle", "Establishing", "Established until 01:00:02"], states.Values.Select(state => state.ToString()));
    }

    [Fact]
    public void Those_who_establish_at_once_share_one_attempt_and_who_comes_later_needs_none()
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice");
        using var first = alice.Establish().Record(_stage.World.Scheduler);
        using var second = alice.Establish().Record(_stage.World.Scheduler);
        var third = _stage.Ask(alice.InnerEndpoint.Register());
        var later = _stage.Ask(alice.Establish());
        Assert.All((Recording<EndpointState>[])[first, second, third, later], one => Assert.IsType<EndpointState.Established>(Assert.Single(one.Values)));
        Assert.Single(_stage.Heard);
    }

    [Fact]
    public void Who_walks_away_gives_up_the_attempt_unless_another_waits_for_it()
    {
        IncomingRequest? asked = null;
        _stage.StartRegistrar();
        _stage.Answer = request =>
        {
            asked = request;
            return null;
        };
        var alice = _stage.User("alice");
        var (first, second) = (alice.Establish().Record(_stage.World.Scheduler), alice.Establish().Record(_stage.World.Scheduler));
        _stage.Run();
        first.Dispose();
        _stage.Run();
        Assert.IsType<EndpointState.Establishing>(alice.CurrentState);
        second.Dispose();
        _stage.World.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(new EndpointState.Idle(null), alice.CurrentState);
        Assert.Single(_stage.Heard);

        _stage.Answer = Stage.Grant;
        Assert.True(_stage.Ask(alice.Establish()).IsCompleted);
        Assert.NotNull(asked);
    }

    [Fact]
    public void Cancelling_gives_up_the_attempt()
    {
        _stage.StartRegistrar();
        _stage.Answer = _ => null;
        using var cancelling = new CancellationTokenSource();
        var alice = _stage.User("alice");
        var task = alice.EstablishAsync(cancelling.Token);
        _stage.Run();
        cancelling.Cancel();
        Assert.Throws<TaskCanceledException>(() => _stage.World.Await(task));
        _stage.Run();
        Assert.Equal(new EndpointState.Idle(null), alice.CurrentState);
    }

    [Theory]
    [InlineData(SipTransportType.Udp, 32_000)]
    [InlineData(SipTransportType.Tcp, 10_000)]
    public void A_server_that_is_not_there_is_a_failed_connection_and_the_next_try_may_succeed(SipTransportType transport, int milliseconds)
    {
        _stage.World.Names.Set("example.test", new IPEndPoint(IPAddress.Parse("10.99.0.1"), 0));
        var alice = _stage.User("alice", transport);
        var attempt = alice.Establish().Record(_stage.World.Scheduler);
        _stage.World.RunFor(TimeSpan.FromMinutes(1));
        Assert.IsType<ConnectionFailureException>(attempt.Error);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), attempt.EndedAfter);
        Assert.Equal(RegistrationFailureKind.Transient, Assert.IsType<EndpointState.Idle>(alice.CurrentState).Cause!.Kind);

        _stage.StartRegistrar("server");
        _stage.World.Names.Set("example.test", new IPEndPoint(_stage.World.Host("server").Address, 0));
        Assert.IsType<EndpointState.Established>(Assert.Single(_stage.Ask(alice.Establish()).Values));
    }

    [Fact]
    public void A_server_whose_name_nobody_knows_is_a_failed_connection()
    {
        var alice = _stage.User("alice");
        Assert.IsType<ConnectionFailureException>(_stage.Ask(alice.Establish()).Error);
        Assert.Equal((503, true), Final(_stage.Ask(alice.SendMessage("sip:bob@example.test", "hello"))));
    }

    [Fact]
    public void Of_several_addresses_of_a_server_the_first_that_can_be_connected_to_is_taken()
    {
        _stage.StartRegistrar("third");
        _stage.World.Names.Set("example.test", [.. ((string[])["10.99.0.1", "10.99.0.2"]).Select(dead => new IPEndPoint(IPAddress.Parse(dead), 0)), new IPEndPoint(_stage.World.Host("third").Address, 0)]);
        var alice = _stage.User("alice", SipTransportType.Tcp);
        var attempt = alice.Establish().Record(_stage.World.Scheduler);
        _stage.World.RunFor(TimeSpan.FromMinutes(1));
        Assert.IsType<EndpointState.Established>(Assert.Single(attempt.Values));
    }

    [Theory]
    [InlineData(408, 32_020)]
    [InlineData(503, 40)]
    public void A_server_that_does_not_answer_or_says_503_gives_way_to_the_next_one_within_the_same_attempt(int status, int milliseconds)
    {
        _stage.StartRegistrar("second");
        _stage.StartRegistrar("third");
        _stage.Answer = request => status == 503 && _stage.Heard.Count == 1 ? request.CreateResponse(503) : Stage.Grant(request);
        var first = status == 408 ? new IPEndPoint(IPAddress.Parse("10.99.0.1"), 0) : new IPEndPoint(_stage.World.Host("second").Address, 0);
        _stage.World.Names.Set("example.test", first, new IPEndPoint(_stage.World.Host("third").Address, 0));
        var alice = _stage.User("alice");
        var attempt = alice.Establish().Record(_stage.World.Scheduler);
        _stage.World.RunFor(TimeSpan.FromMinutes(1));
        Assert.IsType<EndpointState.Established>(Assert.Single(attempt.Values));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), attempt.EndedAfter);
        Assert.Equal("third", _stage.World.Traffic.Entries[^1].From);
    }

    [Fact]
    public void When_all_addresses_fail_the_attempt_has_failed_and_the_next_looks_the_name_up_anew()
    {
        _stage.World.Names.Set("example.test", new IPEndPoint(IPAddress.Parse("10.99.0.1"), 0), new IPEndPoint(IPAddress.Parse("10.99.0.2"), 0));
        var alice = _stage.User("alice");
        var attempt = alice.Establish().Record(_stage.World.Scheduler);
        _stage.World.RunFor(TimeSpan.FromMinutes(2));
        Assert.IsType<ConnectionFailureException>(attempt.Error);
        Assert.Equal(TimeSpan.FromSeconds(64), attempt.EndedAfter);
        _stage.StartRegistrar("server");
        _stage.World.Names.Set("example.test", new IPEndPoint(_stage.World.Host("server").Address, 0));
        Assert.IsType<EndpointState.Established>(Assert.Single(_stage.Ask(alice.Establish()).Values));
    }

    [Fact]
    public void A_server_that_is_busy_is_a_refusal_and_the_next_try_may_succeed()
    {
        _stage.StartRegistrar();
        _stage.Answer = request => request.CreateResponse(503);
        var alice = _stage.User("alice");
        var attempt = _stage.Ask(alice.Establish());
        Assert.Equal(503, Assert.IsType<RegisterException>(attempt.Error).Response!.StatusCode);
        Assert.Equal(503, Assert.IsType<EndpointState.Idle>(alice.CurrentState).Cause!.Response!.StatusCode);
        _stage.Answer = Stage.Grant;
        Assert.Null(_stage.Ask(alice.Establish()).Error);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public void What_is_refused_for_good_ends_the_endpoint_after_one_attempt(int status)
    {
        _stage.StartRegistrar();
        _stage.Answer = request => request.CreateResponse(status);
        var alice = _stage.User("alice");
        using var states = alice.State.Record(_stage.World.Scheduler);
        var attempt = _stage.Ask(alice.Establish());
        Assert.Equal(status, Assert.IsType<RegisterException>(attempt.Error).Response!.StatusCode);
        Assert.Equal(TerminationReason.OwnerDisabledOrRemoved, Assert.IsType<EndpointState.Terminated>(alice.CurrentState).Reason);
        Assert.True(states.IsCompleted);
        _stage.World.RunFor(TimeSpan.FromHours(2));
        Assert.Single(_stage.Heard);
        Assert.IsType<InvalidOperationException>(_stage.Ask(alice.Establish()).Error);
    }

    [Fact]
    public void A_server_that_never_asks_who_we_are_is_not_trusted_with_our_name()
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice", settings: new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { Credential = new NetworkCredential("alice", "secret") });
        var attempt = _stage.Ask(alice.Establish());
        Assert.Equal(AuthenticationFailureReason.UnchallengingServer, Assert.IsType<AuthenticationException>(attempt.Error).Reason);
        Assert.Equal(TerminationReason.AuthenticationFailed, Assert.IsType<EndpointState.Terminated>(alice.CurrentState).Reason);
        Assert.Equal(["3600", "0"], _stage.Heard.Select(request => request.Request.Headers.Get("Expires")));
    }

    [Fact]
    public void A_server_that_never_asks_is_taken_when_the_application_says_so()
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice", settings: new UserEndpointSettings("sip:alice@example.test", "example.test", 0)
        {
            Credential = new NetworkCredential("alice", "secret"),
            AllowNoAuthentication = true,
        });
        Assert.IsType<EndpointState.Established>(Assert.Single(_stage.Ask(alice.Establish()).Values));
    }

    [Theory]
    [InlineData("wrong", AuthenticationFailureReason.InvalidCredentials, 2)]
    [InlineData(null, AuthenticationFailureReason.MissingCredentials, 1)]
    public void Wrong_or_missing_credentials_end_the_endpoint_after_one_attempt_per_challenge(string? password, AuthenticationFailureReason reason, int requests)
    {
        var server = _stage.World.StartServer("example.test", ["alice"]);
        var alice = _stage.User("alice", settings: new UserEndpointSettings("sip:alice@example.test", "example.test", 0)
        {
            Credential = password is null ? null : new NetworkCredential("alice", password),
        });
        var attempt = _stage.Ask(alice.Establish());
        var error = Assert.IsType<AuthenticationException>(attempt.Error);
        Assert.Equal((reason, "example.test"), (error.Reason, error.Realm));
        Assert.Equal(TerminationReason.AuthenticationFailed, Assert.IsType<EndpointState.Terminated>(alice.CurrentState).Reason);
        _stage.World.RunFor(TimeSpan.FromHours(2));
        Assert.Equal(requests, _stage.World.Traffic.Entries.Count(entry => entry.Message is SipRequest { Method.Name: "REGISTER" }));
        Assert.Empty(server.Bindings);
    }

    [Fact]
    public void An_endpoint_may_leave_and_come_back()
    {
        _stage.StartRegistrar();
        var alice = _stage.User("alice").InnerEndpoint;
        _stage.Ask(alice.Establish());
        var left = _stage.Ask(alice.Unregister());
        Assert.Equal([new EndpointState.Idle(null)], left.Values);
        Assert.True(left.IsCompleted);
        Assert.Equal([new EndpointState.Idle(null)], _stage.Ask(alice.Unregister()).Values);
        Assert.IsType<EndpointState.Established>(Assert.Single(_stage.Ask(alice.Establish()).Values));
        Assert.Equal(["3600", "0", "3600"], _stage.Heard.Select(request => request.Request.Headers.Get("Expires")));
    }

    [Fact]
    public void Two_devices_of_a_user_register_contacts_that_differ_by_their_ids()
    {
        _stage.StartRegistrar();
        foreach (var id in (string[])["one", "two"])
            _stage.Ask(_stage.User(id, settings: new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { EndpointId = id }).Establish());
        Assert.Equal(["one", "two"], _stage.Heard.Select(request => Assert.Single(request.Request.Contacts).Uri.Parameters.Get("epid")));
    }

    private static (int Status, bool IsLocal) Final(Recording<SipResponse> answer) =>
        (answer.Values[^1].StatusCode, answer.Values[^1].IsLocal);
}
