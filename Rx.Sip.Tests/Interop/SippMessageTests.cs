using System.Reactive.Linq;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>Messages and OPTIONS between SIPp and a peer-to-peer endpoint, without a server.</summary>
public class SippMessageTests
{
    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task A_message_of_sipp_is_received_and_answered(string transport)
    {
        await using var bob = await ListeningEndpoint.StartAsync(transport, "bob");
        using var received = new Heard<IncomingMessage>(bob.Endpoint.Messages);

        await SippScenario.RunAsync("uac_message", bob.Address, new SippOptions { Transport = transport });

        var message = Assert.Single(received.Values);
        Assert.Equal("hello 1", message.Text.TrimEnd());
        Assert.Equal("alice@rxsip.test", message.From.UserAtHost);
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Five_hundred_messages_at_two_hundred_a_second_are_all_answered(string transport)
    {
        await using var bob = await ListeningEndpoint.StartAsync(transport, "bob");
        using var received = new Heard<IncomingMessage>(bob.Endpoint.Messages);

        await SippScenario.RunAsync("uac_message", bob.Address, new SippOptions { Transport = transport, Calls = 500, More = ["-r", "200"] });

        Assert.Equal(500, received.Values.Count);
        Assert.Equal(500, received.Values.Select(message => message.Request.CallId).Distinct().Count());
        Assert.Equal(0, bob.Manager.Traffic.Malformed + bob.Manager.Traffic.Dropped + bob.Manager.Traffic.Rejected);
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task A_message_that_nobody_observes_is_answered_480(string transport)
    {
        await using var bob = await ListeningEndpoint.StartAsync(transport, "bob");

        await bob.Endpoint.EstablishAsync();

        await SippScenario.RunAsync("uac_message_480", bob.Address, new SippOptions { Transport = transport });
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task A_message_to_a_stranger_is_answered_404(string transport)
    {
        await using var bob = await ListeningEndpoint.StartAsync(transport, "bob");
        using var received = new Heard<IncomingMessage>(bob.Endpoint.Messages);

        await SippScenario.RunAsync("uac_message_480", bob.Address, new SippOptions { Transport = transport, Peer = "stranger" });

        Assert.Empty(received.Values);
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task An_application_refuses_a_media_type(string transport)
    {
        await using var bob = await ListeningEndpoint.StartAsync(transport, "bob");
        using var refusing = bob.Endpoint.Messages
            .Where(message => message.ContentType?.ToString() != "text/plain")
            .Subscribe(message => message.Respond(message.CreateResponse(415).WithHeader("Accept", "text/plain")));

        await SippScenario.RunAsync("uac_message_415", bob.Address, new SippOptions { Transport = transport });
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp", true)]
    [InlineData("tcp", true)]
    [InlineData("udp", false)]
    [InlineData("tcp", false)]
    public async Task Options_is_answered_with_and_without_an_observer(string transport, bool isObserved)
    {
        await using var bob = await ListeningEndpoint.StartAsync(transport, "bob");
        var requests = isObserved ? bob.Endpoint.Requests : Observable.Never<IncomingRequest>();
        using var received = new Heard<IncomingRequest>(requests);

        await bob.Endpoint.EstablishAsync();
        await SippScenario.RunAsync("uac_options", bob.Address, new SippOptions { Transport = transport, Calls = 20, More = ["-r", "100"] });

        Assert.Equal(isObserved ? 20 : 0, received.Values.Count);
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Sipp_is_content_with_our_messages(string transport)
    {
        await using var sipp = await SippScenario.ListenAsync("uas_message", new SippOptions { Transport = transport, Calls = 100 });
        await using var alice = await ListeningEndpoint.StartAsync(transport, "alice", sipp.EndPoint);

        var responses = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => alice.Endpoint.SendMessageAsync(Users.AddressOf("bob"), $"message {i}")));

        Assert.All(responses, response => Assert.Equal(200, response.StatusCode));
        await sipp.CompletesAsync();
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Sipp_tells_us_its_options(string transport)
    {
        await using var sipp = await SippScenario.ListenAsync("uas_options", new SippOptions { Transport = transport });
        await using var alice = await ListeningEndpoint.StartAsync(transport, "alice", sipp.EndPoint);

        var response = await alice.Endpoint.SendAsync(SipRequest.Create(
            SipMethod.Options, SipUri.Parse(Users.AddressOf("bob")), NameAddress.Parse("<sip:alice@rxsip.test>;tag=1"), new NameAddress(SipUri.Parse(Users.AddressOf("bob"))), "1@test", 1));

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(["OPTIONS", "MESSAGE"], response.GetAll(HeaderFields.Allow));
        await sipp.CompletesAsync();
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task A_message_goes_straight_to_the_address_of_its_target(string transport)
    {
        await using var sipp = await SippScenario.ListenAsync("uas_message", new SippOptions { Transport = transport });
        await using var alice = await ListeningEndpoint.StartAsync(transport, "alice");

        var response = await alice.Endpoint.SendMessageAsync($"sip:bob@{sipp.EndPoint};transport={transport}", "direct");

        Assert.Equal(200, response.StatusCode);
        await sipp.CompletesAsync();
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task A_refused_media_type_comes_with_what_sipp_accepts(string transport)
    {
        await using var sipp = await SippScenario.ListenAsync("uas_message_415", new SippOptions { Transport = transport });
        await using var alice = await ListeningEndpoint.StartAsync(transport, "alice", sipp.EndPoint);

        var response = await alice.Endpoint.SendMessage(new RealTimeAddress(Users.AddressOf("bob")), "application/x-nonsense", "%%%"u8.ToArray());

        Assert.Equal(415, response.StatusCode);
        Assert.Equal("text/plain", response.Headers.Get("Accept"));
        await sipp.CompletesAsync();
    }
}
