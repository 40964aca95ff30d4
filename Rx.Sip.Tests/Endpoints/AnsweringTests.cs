using System.Net;
using System.Reactive.Linq;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Testing;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>Who answers a request that arrives, and what.</summary>
public sealed class AnsweringTests
{
    private readonly Stage _stage = new();
    private readonly SipPeerToPeerEndpoint _alice;
    private readonly SipPeerToPeerEndpoint _bob;
    private readonly CollaborationPlatform _bobsPlatform;
    private readonly List<Exception> _unhandled = [];

    public AnsweringTests()
    {
        _alice = _stage.Peer("alice");
        (_bobsPlatform, _bob) = _stage.Peer("bob", new SipPeerToPeerEndpointSettings("sip:bob@bob"));
        _bobsPlatform.UnhandledErrors.Subscribe(_unhandled.Add);
    }

    [Fact]
    public void A_message_that_somebody_observes_is_answered_200()
    {
        using var heard = _bob.Messages.Record(_stage.World.Scheduler);
        Assert.Equal(200, _stage.StatusOf(_alice.SendMessage("sip:bob@bob", "hello")));
        Assert.Equal("hello", Assert.Single(heard.Values).Text);
        Assert.Equal(_alice.Address, heard.Values[0].From);
        Assert.True(heard.Values[0].IsAnswered);
    }

    [Fact]
    public void A_message_that_nobody_observes_is_answered_480()
    {
        using (_bob.Messages.Record(_stage.World.Scheduler))
        {
        }
        Assert.Equal(480, _stage.StatusOf(_alice.SendMessage("sip:bob@bob", "hello")));
    }

    [Fact]
    public void An_observer_that_throws_is_answered_500_and_reported_and_the_others_and_the_stream_go_on()
    {
        var error = new FormatException("mine");
        using var bad = _bob.Messages.Where(message => message.Text == "bad").Subscribe(_ => throw error);
        using var good = _bob.Messages.Select(message => message.Text).Record(_stage.World.Scheduler);
        Assert.Equal(500, _stage.StatusOf(_alice.SendMessage("sip:bob@bob", "bad")));
        Assert.Equal(200, _stage.StatusOf(_alice.SendMessage("sip:bob@bob", "good")));
        Assert.Equal(["bad", "good"], good.Values);
        Assert.Equal([error], _unhandled);
    }

    [Fact]
    public void An_observer_of_a_state_that_throws_is_reported_too()
    {
        var error = new FormatException("mine");
        using var bad = _bob.State.Subscribe(_ => throw error);
        _stage.Run();
        Assert.Equal([error], _unhandled);
    }

    [Fact]
    public void An_observer_of_errors_that_throws_stops_nothing()
    {
        using var worse = _bobsPlatform.UnhandledErrors.Subscribe(_ => throw new TimeoutException());
        using var bad = _bob.Messages.Subscribe(_ => throw new FormatException());
        Assert.Equal(500, _stage.StatusOf(_alice.SendMessage("sip:bob@bob", "one")));
        Assert.Equal(500, _stage.StatusOf(_alice.SendMessage("sip:bob@bob", "two")));
        Assert.Equal(2, _unhandled.Count);
    }

    [Fact]
    public void A_deferred_message_is_answered_when_the_deferral_ends()
    {
        IDisposable? deferral = null;
        using var handler = _bob.Messages.Subscribe(message => deferral = message.Defer());
        var answer = _stage.Ask(_alice.SendMessage("sip:bob@bob", "hello"));
        Assert.DoesNotContain(answer.Values, response => response.IsFinal);
        deferral!.Dispose();
        deferral.Dispose();
        _stage.Run();
        Assert.Equal(200, answer.Values[^1].StatusCode);
        Assert.Equal(TimeSpan.FromMilliseconds(1010), answer.EndedAfter);
    }

    [Fact]
    public void A_deferred_message_may_be_answered_by_hand()
    {
        IncomingMessage? message = null;
        using var handler = _bob.Messages.Subscribe(one =>
        {
            one.Defer();
            message = one;
        });
        var answer = _stage.Ask(_alice.SendMessage("sip:bob@bob", "hello"));
        message!.Respond(603);
        _stage.Run();
        Assert.Equal(603, answer.Values[^1].StatusCode);
        Assert.Throws<InvalidOperationException>(() => message.Respond(200));
    }

    [Fact]
    public void A_message_answered_by_hand_is_not_answered_again()
    {
        using var handler = _bob.Messages.Subscribe(message => message.Respond(message.CreateResponse(202).WithHeader("X-Mine", "yes")));
        var answer = _stage.Ask(_alice.SendMessage("sip:bob@bob", "hello"));
        Assert.Equal((202, "yes"), (answer.Values[^1].StatusCode, answer.Values[^1].Headers.Get("X-Mine")));
    }

    [Fact]
    public void Told_never_to_answer_the_endpoint_lets_the_sender_time_out()
    {
        var (_, silent) = _stage.Peer("carol", new SipPeerToPeerEndpointSettings("sip:carol@carol") { AutoRespond = AutoRespond.Never });
        using var heard = silent.Messages.Record(_stage.World.Scheduler);
        var answer = _alice.SendMessage("sip:carol@carol", "hello").Record(_stage.World.Scheduler);
        _stage.World.RunFor(TimeSpan.FromMinutes(2));
        var response = Assert.Single(answer.Values, one => one.IsFinal);
        Assert.Equal((408, true, TimeSpan.FromSeconds(32)), (response.StatusCode, response.IsLocal, answer.EndedAfter!.Value));
        Assert.Single(heard.Values);
    }

    [Fact]
    public void Options_is_answered_200_and_other_methods_405_with_what_is_allowed()
    {
        Check(200, "OPTIONS");
        Check(405, "INFO");
        Check(405, "INVITE");
    }

    [Fact]
    public void Looking_at_a_request_is_not_accepting_it()
    {
        using var heard = _bob.Requests.Record(_stage.World.Scheduler);
        Check(200, "OPTIONS");
        Check(405, "INVITE");
        Assert.Equal(2, heard.Values.Count);
    }

    [Fact]
    public void A_request_may_be_answered_by_its_observer()
    {
        using var handler = _bob.Requests.Subscribe(request => request.Respond(202));
        Assert.Equal(202, _stage.StatusOf(_alice.Send(Stage.Request("INFO", "sip:bob@bob"))));
    }

    [Fact]
    public void What_the_rules_refuse_reaches_nobody()
    {
        using var heard = _bob.Requests.Record(_stage.World.Scheduler);
        using var messages = _bob.Messages.Record(_stage.World.Scheduler);
        var extension = _stage.Ask(_alice.Send(Stage.Request("INFO", "sip:bob@bob", ("Require", "gruu, 100rel"))));
        Assert.Equal((420, "gruu, 100rel"), (extension.Values[^1].StatusCode, extension.Values[^1].Headers.Get("Unsupported")));
        Assert.Equal(481, _stage.StatusOf(_alice.Send(Stage.Request("MESSAGE", "sip:bob@bob", ("To", "<sip:bob@bob>;tag=gone")))));
        Assert.Equal(404, _stage.StatusOf(_alice.Send(Stage.Request("MESSAGE", "sip:nobody@bob"))));
        Assert.Empty(heard.Values);
        Assert.Empty(messages.Values);
    }

    [Fact]
    public void A_scheme_that_names_nobody_is_answered_416()
    {
        var target = new IPEndPoint(_stage.World.Host("bob").Address, 5060);
        var client = _alice.Core.Directory.Layer.To(new SipTarget(SipTransportType.Udp, target, "bob"));
        Assert.Equal(416, _stage.StatusOf(client.Request(Stage.Request("MESSAGE", "im:bob@bob"))));
    }

    [Fact]
    public void Two_endpoints_of_one_user_on_one_platform_are_told_apart_by_their_ids()
    {
        var platform = _stage.ServerPlatform("dora");
        List<SipPeerToPeerEndpoint> devices = [.. ((string[])["one", "two"]).Select(id => new SipPeerToPeerEndpoint(platform, new SipPeerToPeerEndpointSettings("sip:dora@dora") { EndpointId = id }))];
        List<Recording<string>> heard = [.. devices.Select(device => device.Messages.Select(message => message.Text).Record(_stage.World.Scheduler))];
        foreach (var id in (string[])["two", "one", "TWO"])
            Assert.Equal(200, _stage.StatusOf(_alice.SendMessage($"sip:dora@dora;epid={id}", id)));
        Assert.Equal(["one"], heard[0].Values);
        Assert.Equal(["two", "TWO"], heard[1].Values);

        _stage.Ask(devices[1].Terminate());
        Assert.Equal(200, _stage.StatusOf(_alice.SendMessage("sip:dora@dora;epid=two", "still somebody")));
        Assert.Equal(["one", "still somebody"], heard[0].Values);
    }

    [Fact]
    public void A_full_endpoint_takes_messages_again_when_it_has_caught_up()
    {
        using var handler = _bob.Messages.Subscribe(_ => { });
        for (var letter = 0; letter < 10_000; letter++)
            _bob.Core.Mailbox.Post(() => { });
        Assert.True(_bob.Core.Mailbox.IsFull);
        _stage.Run();
        Assert.Equal(200, _stage.StatusOf(_alice.SendMessage("sip:bob@bob", "hello")));
    }

    private void Check(int status, string method)
    {
        var answer = _stage.Ask(_alice.Send(Stage.Request(method, "sip:bob@bob")));
        Assert.Equal(status, answer.Values[^1].StatusCode);
        Assert.Equal("MESSAGE, OPTIONS", answer.Values[^1].Headers.Get("Allow"));
    }
}
