using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class EmbeddedRelayTests
{
    private readonly ServerRig _rig = new();

    [Theory]
    [InlineData(SipTransportType.Udp, SipTransportType.Udp)]
    [InlineData(SipTransportType.Udp, SipTransportType.Tcp)]
    [InlineData(SipTransportType.Tcp, SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp, SipTransportType.Tcp)]
    public void A_message_reaches_the_other_user_and_the_answer_comes_back(SipTransportType from, SipTransportType to)
    {
        var (alice, bob) = (_rig.Registered("alice", from), _rig.Registered("bob", to));
        var began = _rig.Seconds;

        var response = alice.Send(alice.Message("sip:bob@example.test"));

        Assert.Equal(200, response.StatusCode);
        Assert.Single(response.Vias);
        // Challenged once, over four links of 10 ms then.
        Assert.Equal(0.06, _rig.Seconds - began, precision: 6);
        var received = Assert.Single(bob.Received);
        Assert.Equal("hello", received.BodyText);
        Assert.Equal(69, received.MaxForwards);
        Assert.Equal(2, received.Vias.Count);
        Assert.Equal(bob.Contact, $"<{received.RequestUriText}>");
        Assert.Empty(received.ProxyAuthorization);
        Assert.Equal("alice", received.From!.Tag);
    }

    [Fact]
    public void Who_registered_over_a_connection_is_reached_over_it()
    {
        var (alice, bob) = (_rig.Registered("alice", SipTransportType.Tcp), _rig.Registered("bob", SipTransportType.Tcp));

        alice.Send(alice.Message("sip:bob@example.test"));

        Assert.Equal(2, _rig.Network.Traffic.Entries.Count(entry => entry.Kind == TrafficKind.Connection));
    }

    [Fact]
    public void Who_lost_the_connection_is_reached_at_the_contact()
    {
        var (alice, bob) = (_rig.Registered("alice", SipTransportType.Tcp), _rig.Registered("bob", SipTransportType.Tcp));
        _rig.Network.DropConnections("bob", "example.test");

        Assert.Equal(200, alice.Send(alice.Message("sip:bob@example.test")).StatusCode);
        Assert.Single(bob.Received);
    }

    [Theory]
    [InlineData("sip:nobody@example.test", 404, "nobody@example.test has no account on this server")]
    [InlineData("sip:carol@example.test", 480, "carol has an account, but no device is registered now")]
    [InlineData("sip:bob@elsewhere.test", 403, "this server relays between users of example.test only")]
    public void Who_cannot_be_reached_is_told_why(string to, int status, string why)
    {
        var alice = _rig.Registered("alice");

        var response = alice.Send(alice.Message(to));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(why, Assert.Single(response.Warnings).Text);
    }

    [Fact]
    public void Senders_prove_who_they_are_and_strangers_are_refused()
    {
        var (alice, bob) = (_rig.Registered("alice"), _rig.Registered("bob"));

        var unproven = alice.Plain.Request(alice.Message("sip:bob@example.test")).Record(_rig.Network.Scheduler);
        var stranger = alice.Plain.Request(alice.Message("sip:bob@example.test").WithHeader("From", "<sip:mallory@elsewhere.test>;tag=1")).Record(_rig.Network.Scheduler);
        var pretender = alice.Begin(alice.Message("sip:bob@example.test").WithHeader("From", "<sip:bob@example.test>;tag=1"));
        _rig.Run(1);

        Assert.Equal(407, Assert.Single(unproven.Values).StatusCode);
        Assert.Equal(403, Assert.Single(stranger.Values).StatusCode);
        Assert.Equal(403, pretender.Values[^1].StatusCode);
        Assert.Empty(bob.Received);
    }

    [Fact]
    public void A_server_that_does_not_ask_relays_for_anybody()
    {
        var rig = new ServerRig(settings => settings.WithAuthenticatesSenders(false));
        var (alice, bob) = (rig.Device("alice"), rig.Registered("bob"));
        alice.Client = alice.Plain;

        Assert.Equal(200, alice.Send(alice.Message("sip:bob@example.test").WithHeader("From", "<sip:mallory@elsewhere.test>;tag=1")).StatusCode);
    }

    [Theory]
    [InlineData(0, 483)]
    [InlineData(1, 200)]
    public void Max_Forwards_counts_down(int hops, int status)
    {
        var (alice, _) = (_rig.Registered("alice"), _rig.Registered("bob"));

        Assert.Equal(status, alice.Send(alice.Message("sip:bob@example.test").WithHeader("Max-Forwards", $"{hops}")).StatusCode);
    }

    [Fact]
    public void A_request_that_comes_back_is_a_loop()
    {
        var rig = new ServerRig(settings => settings.WithAuthenticatesSenders(false));
        var (alice, carol) = (rig.Device("alice"), rig.Device("carol"));
        alice.Client = alice.Plain;
        carol.Send(carol.Register("<sip:carol@example.test>"));

        var response = alice.Send(alice.Message("sip:carol@example.test"));

        Assert.Equal(482, response.StatusCode);
        // The REGISTER, the message, and the message that came back.
        Assert.Equal(3, rig.Server.Counts.Requests);
    }

    [Fact]
    public void All_devices_get_a_message_and_the_first_success_is_the_answer()
    {
        var (alice, bob, other) = (_rig.Registered("alice"), _rig.Device("bob"), _rig.Device("carol"));
        bob.Send(bob.Register(bob.Contact, other.Contact));
        bob.Answer = static _ => 486;

        var response = alice.Send(alice.Message("sip:bob@example.test"));
        _rig.Run(1);

        Assert.Equal(200, response.StatusCode);
        Assert.Single(bob.Received);
        Assert.Single(other.Received);
    }

    [Theory]
    [InlineData(486, 404, 486)]
    [InlineData(404, 486, 404)]
    [InlineData(500, 486, 486)]
    [InlineData(486, 603, 603)]
    [InlineData(486, 415, 415)]
    [InlineData(503, 500, 500)]
    [InlineData(503, 503, 480)]
    public void The_best_of_several_refusals_is_passed_on(int first, int second, int best)
    {
        var (alice, bob, other) = (_rig.Registered("alice"), _rig.Device("bob"), _rig.Device("carol"));
        bob.Send(bob.Register(bob.Contact, other.Contact));
        (bob.Answer, other.Answer) = (_ => first, _ => second);

        Assert.Equal(best, alice.Send(alice.Message("sip:bob@example.test")).StatusCode);
    }

    [Fact]
    public void Devices_are_tried_by_preference_if_the_settings_say_so()
    {
        var rig = new ServerRig(settings => settings with { TriesByPreference = true });
        var (alice, bob, other) = (rig.Registered("alice"), rig.Device("bob"), rig.Device("carol"));
        bob.Send(bob.Register($"{bob.Contact};q=0.3", $"{other.Contact};q=0.9"));

        alice.Send(alice.Message("sip:bob@example.test"));
        Assert.Empty(bob.Received);
        other.Answer = static _ => 480;
        Assert.Equal(200, alice.Send(alice.Message("sip:bob@example.test")).StatusCode);

        Assert.Single(bob.Received);
        Assert.Equal(2, other.Received.Count);
    }

    [Fact]
    public void A_device_that_does_not_answer_is_not_reported_to_a_sender_who_knows_by_then()
    {
        var (alice, bob) = (_rig.Registered("alice"), _rig.Registered("bob"));
        bob.Answer = static _ => null;
        var began = _rig.Seconds;

        var response = alice.Send(alice.Message("sip:bob@example.test"));
        _rig.Run(60);

        Assert.True(response.IsLocal);
        Assert.Equal(408, response.StatusCode);
        // Challenged after 20 ms.
        Assert.Equal(32.02, _rig.Seconds - began - 60, precision: 6);
        Assert.Equal(1, _rig.Server.Counts.Unanswered);
    }

    [Fact]
    public void A_device_that_is_gone_makes_its_user_unavailable()
    {
        var (alice, bob) = (_rig.Registered("alice"), _rig.Registered("bob", SipTransportType.Tcp));
        _rig.Network.Host("bob").Crash();
        _rig.Network.Host("bob").Restart();

        var response = alice.Send(alice.Message("sip:bob@example.test"));

        Assert.Equal(480, response.StatusCode);
        Assert.Equal("no device could be reached", Assert.Single(response.Warnings).Text);
    }

    [Theory]
    [InlineData("OPTIONS", "sip:example.test", 200, "REGISTER, OPTIONS")]
    [InlineData("MESSAGE", "sip:example.test", 405, "REGISTER, OPTIONS")]
    [InlineData("INVITE", "sip:bob@example.test", 405, "REGISTER, OPTIONS, MESSAGE, SUBSCRIBE, NOTIFY, PUBLISH, INFO, REFER")]
    public void It_says_what_it_does(string method, string uri, int status, string allow)
    {
        var alice = _rig.Device("alice");

        var response = alice.Send(alice.Make(SipMethod.Parse(method), uri, $"<{uri}>"));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(allow, string.Join(", ", response.Allow));
    }

    [Fact]
    public void Other_requests_than_messages_are_relayed_too()
    {
        var (alice, bob) = (_rig.Registered("alice"), _rig.Registered("bob"));

        Assert.Equal(200, alice.Send(alice.Make(SipMethod.Options, "sip:bob@example.test", "<sip:bob@example.test>")).StatusCode);
        Assert.Equal(SipMethod.Options, Assert.Single(bob.Received).Method);
    }

    [Fact]
    public void A_route_through_this_server_is_taken_off_and_another_is_refused()
    {
        var (alice, bob) = (_rig.Registered("alice"), _rig.Registered("bob"));

        Assert.Equal(200, alice.Send(alice.Message("sip:bob@example.test").WithHeader("Route", "<sip:example.test;lr>")).StatusCode);
        Assert.Equal(403, alice.Send(alice.Message("sip:bob@example.test").WithHeader("Route", "<sip:elsewhere.test;lr>")).StatusCode);
        Assert.Empty(Assert.Single(bob.Received).Routes);
    }

    [Fact]
    public void What_it_did_is_told_and_counted()
    {
        var requests = _rig.Server.Requests.Record(_rig.Network.Scheduler);
        var (alice, _) = (_rig.Registered("alice"), _rig.Registered("bob"));
        alice.Send(alice.Message("sip:bob@example.test"));
        alice.Send(alice.Message("sip:nobody@example.test"));

        Assert.Equal(
            [
                "REGISTER sip:example.test: 401 Unauthorized",
                "REGISTER sip:example.test: 200 OK",
                "REGISTER sip:example.test: 401 Unauthorized",
                "REGISTER sip:example.test: 200 OK",
                "MESSAGE sip:bob@example.test: 407 Proxy Authentication Required",
                "MESSAGE sip:bob@example.test: 200 OK",
                "MESSAGE sip:nobody@example.test: 404 Not Found",
            ],
            requests.Values.Select(request => request.ToString()));
        Assert.Equal(new EmbeddedServerCounts(Requests: 7, Challenges: 3, Relayed: 1, Refused: 1, Unanswered: 0), _rig.Server.Counts);
    }
}
