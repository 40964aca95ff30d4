using Rx.Sip.InstantMessaging;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>Messages between two endpoints through Kamailio.</summary>
public class KamailioMessageTests
{
    private const string Rich = "Grüße: 你好, 👋🏽 „Anführung“ – tab\there,\r\na second line, \u00a0and an end with a space ";

    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public async Task Two_endpoints_exchange_messages_in_both_directions_to_the_letter(SipTransportType transport)
    {
        await using var server = await KamailioServer.StartAsync();
        await using var here = Users.Of(server, transport);
        await using var there = Users.Of(server, transport);
        var alice = await here.EstablishAsync("alice");
        var bob = await there.EstablishAsync("bob");
        using var atAlice = new Heard<IncomingMessage>(alice.Messages);
        using var atBob = new Heard<IncomingMessage>(bob.Messages);

        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, "hello")).StatusCode);
        Assert.Equal(200, (await bob.SendMessageAsync(alice.Address, Rich)).StatusCode);
        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, "")).StatusCode);

        Assert.Equal(["hello", ""], atBob.Values.Select(message => message.Text));
        Assert.Equal([Rich], atAlice.Values.Select(message => message.Text));
        Assert.Equal("bob@rxsip.test", atAlice.Values[0].From.UserAtHost);
        Assert.Equal("alice@rxsip.test", atBob.Values[0].From.UserAtHost);
        Assert.Equal("bob@rxsip.test", atBob.Values[0].To.UserAtHost);
    }

    [InteropFact(Peers.Kamailio)]
    public async Task A_message_crosses_from_tcp_to_udp_and_back()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var tcp = Users.Of(server, SipTransportType.Tcp);
        await using var udp = Users.Of(server, SipTransportType.Udp);
        var alice = await tcp.EstablishAsync("alice");
        var bob = await udp.EstablishAsync("bob");
        using var atAlice = new Heard<IncomingMessage>(alice.Messages);
        using var atBob = new Heard<IncomingMessage>(bob.Messages);

        Assert.Equal(200, (await alice.SendMessageAsync(bob.Address, Rich)).StatusCode);
        Assert.Equal(200, (await bob.SendMessageAsync(alice.Address, Rich)).StatusCode);

        Assert.Equal(Rich, Assert.Single(atAlice.Values).Text);
        Assert.Equal(Rich, Assert.Single(atBob.Values).Text);
    }

    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp, "bob", 480)]
    [InlineData(SipTransportType.Tcp, "bob", 480)]
    [InlineData(SipTransportType.Tcp, "nobody", 404)]
    [InlineData(SipTransportType.Udp, "status-503", 503)]
    [InlineData(SipTransportType.Udp, "status-603", 603)]
    [InlineData(SipTransportType.Tcp, "redirect-bob", 302)]
    public async Task A_refusal_is_the_final_response_and_no_exception(SipTransportType transport, string user, int status)
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.Of(server, transport);
        var alice = await users.EstablishAsync("alice");

        var response = await alice.SendMessageAsync(Users.AddressOf(user), "anybody there?");

        Assert.Equal((status, false), (response.StatusCode, response.IsLocal));
        Assert.IsType<EndpointState.Established>(alice.CurrentState);
    }

    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public async Task Three_hundred_messages_at_once_all_arrive_exactly_once(SipTransportType transport)
    {
        await using var server = await KamailioServer.StartAsync();
        await using var here = Users.Of(server, transport);
        await using var there = Users.Of(server, transport);
        var alice = await here.EstablishAsync("alice");
        var bob = await there.EstablishAsync("bob");
        using var atBob = new Heard<IncomingMessage>(bob.Messages);
        var texts = Enumerable.Range(0, 300).Select(i => $"message {i}").ToArray();

        var responses = await Task.WhenAll(texts.Select(text => alice.SendMessageAsync(bob.Address, text)));

        Assert.All(responses, response => Assert.Equal(200, response.StatusCode));
        Assert.Equal(texts.Order(), atBob.Values.Select(message => message.Text).Order());
    }

    [InteropFact(Peers.Kamailio)]
    public async Task What_kamailio_loses_is_sent_again_and_arrives_once()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.Of(server, SipTransportType.Udp);
        var alice = await users.EstablishAsync("alice");
        var bob = await users.EstablishAsync("bob");
        using var atBob = new Heard<IncomingMessage>(bob.Messages);
        await server.SetAsync("drop_method", "MESSAGE");
        await server.SetAsync("drop", 2);

        var response = await alice.SendMessageAsync(bob.Address, "third time lucky");

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("third time lucky", Assert.Single(atBob.Values).Text);
    }
}
