using Xunit;

namespace Rx.Sip.Tests.Tool;

public class ResolveCommandTests
{
    [Theory]
    [InlineData("sip:192.0.2.1", "First 192.0.2.1:5060 over UDP.\n")]
    [InlineData("sips:[2001:db8::1]", "First [2001:db8::1]:5061 over TLS.\n")]
    [InlineData("sip:example.test:5070;transport=tcp;maddr=192.0.2.1", "First 192.0.2.1:5070 over TCP.\n")]
    public async Task A_numeric_host_is_its_own_target(string uri, string output) =>
        Assert.Equal(new Prompt(0, output, ""), await Prompt.RunAsync("resolve", uri));

    [Theory]
    [InlineData("sip:nobody.invalid", "sip:nobody.invalid leads nowhere: nobody.invalid is not known.")]
    [InlineData("sip:example.test;transport=pigeon", "sip:example.test;transport=pigeon leads nowhere: there is no transport pigeon.")]
    [InlineData("sips:example.test;transport=udp", "sips:example.test;transport=udp leads nowhere: there is no transport udp that is secure.")]
    public async Task What_leads_nowhere_is_a_sentence_and_ends_with_1(string uri, string sentence) =>
        Assert.Equal(new Prompt(1, "", $"rxsip: {sentence}\n"), await Prompt.RunAsync("resolve", uri));

    [Theory]
    [InlineData("'tel:+15550100' is no SIP URI. Write it like sip:bob@example.test.", "tel:+15550100")]
    [InlineData("'nonsense' is no DNS server. Write its address, like 192.0.2.53 or [2001:db8::53]:5353.", "sip:example.test", "--dns", "nonsense")]
    public async Task What_is_wrong_on_the_command_line_is_said_and_ends_with_2(string sentence, params string[] arguments)
    {
        var prompt = await Prompt.RunAsync(["resolve", .. arguments]);

        Assert.Equal((2, ""), (prompt.ExitCode, prompt.Output));
        Assert.StartsWith($"rxsip: {sentence}\n", prompt.Errors, StringComparison.Ordinal);
    }
}
