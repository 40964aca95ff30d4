using System.Net;
using System.Net.Sockets;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Tool;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>The commands of the tool that speak, against an embedded server on loopback.</summary>
public sealed class ToolTests : IAsyncDisposable
{
    private readonly EmbeddedServer _server =
        EmbeddedServer.Start(new EmbeddedServerSettings("localhost").WithUser("alice", "secret").WithUser("bob", "secret"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("udp", SipTransportType.Udp)]
    [InlineData("tcp", SipTransportType.Tcp)]
    public async Task What_one_sends_the_other_hears_and_both_end_well(string transport, SipTransportType type)
    {
        string[] way = ["--server", $"{_server.EndPoint(type)}", "--transport", transport, "--password", "secret", "--json"];

        var listening = Prompt.RunAsync(["listen", "sip:bob@localhost", "--count", "1", "--for", "30", .. way]);
        await Eventually.IsTrueAsync(() => _server.BindingsOf("bob").Count == 1);
        var sent = await Prompt.RunAsync(["send", "sip:alice@localhost", "sip:bob@localhost", "@hello", .. way]);
        var heard = await listening;

        Assert.Equal((0, 0, "", ""), (sent.ExitCode, heard.ExitCode, sent.Errors, heard.Errors));
        var response = Assert.Single(sent.Values);
        Assert.Equal((200, "authenticated with SHA-256"), (response.GetProperty("status").GetInt32(), response.GetProperty("authentication").GetString()));
        var message = Assert.Single(heard.Values, value => value.GetProperty("stream").GetString() == "messages");
        Assert.Equal(("sip:alice@localhost", "@hello"), (message.GetProperty("from").GetString(), message.GetProperty("body").GetString()));
        Assert.Empty(_server.Bindings);
    }

    [Fact]
    public async Task Every_state_is_told_from_the_first_to_the_last()
    {
        var prompt = await Prompt.RunAsync("register", "sip:bob@localhost", "--server", $"{_server.EndPoint(SipTransportType.Tcp)}", "--transport", "tcp", "--password", "secret", "--expires", "60", "--for", "1", "--json");

        Assert.Equal(0, prompt.ExitCode);
        Assert.Equal(["Idle", "Establishing", "Established", "Terminating", "Terminated"], StatesOf(prompt, "state"));
        Assert.Equal(["Unregistered", "Registering", "Registered", "Unregistering", "Unregistered"], StatesOf(prompt, "registration"));
        Assert.Empty(_server.Bindings);
    }

    [Fact]
    public async Task Who_is_not_there_is_a_sentence_and_ends_with_1()
    {
        var prompt = await Prompt.RunAsync("send", "sip:alice@localhost", "sip:nobody@localhost", "hello", "--server", $"{_server.EndPoint(SipTransportType.Udp)}", "--password", "secret");

        Assert.Equal((1, ""), (prompt.ExitCode, prompt.Output));
        Assert.StartsWith("rxsip: 404 Not Found", prompt.Errors, StringComparison.Ordinal);
        Assert.EndsWith("Check the address nobody@localhost.\n", prompt.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_ends_with_1_and_says_what_to_check()
    {
        var prompt = await Prompt.RunAsync("listen", "sip:bob@localhost", "--server", $"{_server.EndPoint(SipTransportType.Udp)}", "--password", "wrong");

        Assert.Equal(1, prompt.ExitCode);
        Assert.EndsWith("Check the account and its password.\n", prompt.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_messages_in_the_time_end_with_1()
    {
        var prompt = await Prompt.RunAsync("listen", "sip:bob@localhost", "--server", $"{_server.EndPoint(SipTransportType.Udp)}", "--password", "secret", "--count", "2", "--for", "1");

        Assert.Equal((1, "rxsip: Fewer than 2 messages came within 1 s.\n"), (prompt.ExitCode, prompt.Errors));
    }

    [Fact]
    public async Task A_port_in_use_ends_serving_with_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var prompt = await Prompt.RunAsync("serve", "--listen", $"tcp:{taken.LocalEndpoint}");

        Assert.Equal((1, ""), (prompt.ExitCode, prompt.Output));
        Assert.EndsWith("Choose another address with --listen.\n", prompt.Errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> StatesOf(Prompt prompt, string stream) =>
        prompt.Values.Where(value => value.GetProperty("stream").GetString() == stream).Select(value => value.GetProperty("state").GetString());
}
