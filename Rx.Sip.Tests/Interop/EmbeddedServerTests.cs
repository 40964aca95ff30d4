using System.Net;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>The embedded server with a client that is not ours.</summary>
public class EmbeddedServerTests
{
    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Sipp_registers_with_digest(string transport)
    {
        await using var server = Start();

        await SippScenario.RunAsync("uac_register_auth", At(server, transport), new SippOptions { Transport = transport });

        var binding = Assert.Single(server.BindingsOf("alice"));
        Assert.Equal("alice", binding.Contact.Uri.User);
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Sipp_registers_refreshes_asks_and_removes_everything(string transport)
    {
        await using var server = Start();

        await SippScenario.RunAsync("uac_register_cycle", At(server, transport), new SippOptions { Transport = transport, Calls = 20, More = ["-r", "20", "-l", "1"] });

        Assert.Empty(server.Bindings);
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Sipp_asks_for_too_short_a_time_and_is_told_the_least(string transport)
    {
        await using var server = EmbeddedServer.Start(new EmbeddedServerSettings("rxsip.test").WithUser("alice").WithMinExpires(TimeSpan.FromMinutes(1)));

        await SippScenario.RunAsync("uac_register_423", At(server, transport), new SippOptions { Transport = transport });

        Assert.Single(server.BindingsOf("alice"));
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Sipp_with_a_wrong_password_stays_out(string transport)
    {
        await using var server = Start();

        await Assert.ThrowsAnyAsync<Exception>(() => SippScenario.RunAsync(
            "uac_register_auth", At(server, transport), new SippOptions { Transport = transport, Password = "wrong", Patience = TimeSpan.FromSeconds(5) }));

        Assert.Empty(server.Bindings);
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp", SipTransportType.Tcp)]
    [InlineData("tcp", SipTransportType.Udp)]
    public async Task Messages_of_sipp_are_relayed_to_our_endpoint_on_another_transport(string transport, SipTransportType type)
    {
        await using var server = Start();
        await using var users = Users.At(server.EndPoint(type), type);
        var bob = await users.EstablishAsync("bob");
        using var received = new Heard<IncomingMessage>(bob.Messages);

        await SippScenario.RunAsync("uac_message_auth", At(server, transport), new SippOptions { Transport = transport, Calls = 100, More = ["-r", "50"] });

        Assert.Equal(100, received.Values.Count);
        Assert.Equal(100, received.Values.Select(message => message.Text).Distinct().Count());
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp", SipTransportType.Udp)]
    [InlineData("tcp", SipTransportType.Tcp)]
    public async Task Our_messages_are_relayed_to_sipp(string transport, SipTransportType type)
    {
        await using var server = Start();
        var options = new SippOptions { User = "bob", Transport = transport, Port = LoopbackPort.Free() };
        await SippScenario.RunAsync("uac_register_auth", At(server, transport), options);
        await using var sipp = await SippScenario.ListenAsync("uas_message", options with { Calls = 20 });
        await using var users = Users.At(server.EndPoint(type), type);
        var alice = await users.EstablishAsync("alice");

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => alice.SendMessageAsync(Users.AddressOf("bob"), $"message {i}")));

        Assert.All(responses, response => Assert.Equal(200, response.StatusCode));
        await sipp.CompletesAsync();
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp", "bob")]
    [InlineData("tcp", "nobody")]
    public async Task Sipp_is_told_that_nobody_is_there(string transport, string peer)
    {
        await using var server = EmbeddedServer.Start(new EmbeddedServerSettings("rxsip.test").WithUser("alice").WithUser("bob", "bob-secret").WithAuthenticatesSenders(false));

        await SippScenario.RunAsync("uac_message_480", At(server, transport), new SippOptions { Transport = transport, Peer = peer });
    }

    // SIPp knows MD5 only.
    private static EmbeddedServer Start() => EmbeddedServer.Start(
        new EmbeddedServerSettings("rxsip.test") { Algorithms = ["MD5"] }.WithUser("alice", "alice-secret").WithUser("bob", "bob-secret"));

    private static IPEndPoint At(EmbeddedServer server, string transport) =>
        server.EndPoint(transport == "udp" ? SipTransportType.Udp : SipTransportType.Tcp);
}
