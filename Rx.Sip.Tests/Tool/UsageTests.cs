using Xunit;

namespace Rx.Sip.Tests.Tool;

public class UsageTests
{
    private const string Server = "--server=127.0.0.1:5060";

    [Theory]
    [InlineData("'alice' is no account. Write it like sip:alice@example.test.", "send", "alice", "sip:bob@example.test", "hello", Server)]
    [InlineData("'sip:example.test' is no account. Write it like sip:alice@example.test.", "register", "sip:example.test", Server)]
    [InlineData("'bob' is no SIP address. Write it like sip:bob@example.test.", "send", "sip:alice@example.test", "bob", "hello", Server)]
    [InlineData("'nowhere:port' is no server. Write it like 127.0.0.1:5060 or [::1]:5060.", "listen", "sip:bob@example.test", "--server", "nowhere:port")]
    [InlineData("'127.0.0.1:70000' is no server. Write it like 127.0.0.1:5060 or [::1]:5060.", "listen", "sip:bob@example.test", "--server", "127.0.0.1:70000")]
    [InlineData("'pigeon' is no transport. Write udp, tcp, tls, ws or wss.", "register", "sip:bob@example.test", Server, "--transport", "pigeon")]
    [InlineData("'0' is not possible here. Write a whole number above 0.", "listen", "sip:bob@example.test", Server, "--count", "0")]
    [InlineData("'soon' is not possible here. Write a whole number above 0.", "listen", "sip:bob@example.test", Server, "--for", "soon")]
    [InlineData("Option '--server' is required.", "register", "sip:bob@example.test")]
    [InlineData("'udp:5060' is nothing to listen on. Write it like udp:127.0.0.1:5060 or tcp:[::1]:5060, or with tls, ws or wss.", "serve", "--listen", "udp:5060")]
    [InlineData("'exa mple' is no domain. Write it like example.test.", "serve", "--domain", "exa mple")]
    [InlineData("':secret' is no account. Write it like alice:secret.", "serve", "--user", ":secret")]
    public async Task What_is_wrong_on_the_command_line_is_said_and_ends_with_2(string sentence, params string[] arguments)
    {
        var prompt = await Prompt.RunAsync(arguments);

        Assert.Equal((2, ""), (prompt.ExitCode, prompt.Output));
        Assert.StartsWith($"rxsip: {sentence}\n", prompt.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("register")]
    [InlineData("send")]
    [InlineData("listen")]
    [InlineData("parse")]
    [InlineData("resolve")]
    public async Task Every_command_explains_itself(string command)
    {
        var prompt = await Prompt.RunAsync(command, "--help");

        Assert.Equal((0, ""), (prompt.ExitCode, prompt.Errors));
        Assert.Contains($" {command} ", prompt.Output, StringComparison.Ordinal);
    }
}
