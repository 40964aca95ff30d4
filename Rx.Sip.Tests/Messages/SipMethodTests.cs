using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class SipMethodTests
{
    [Theory]
    [InlineData("MESSAGE", true)]
    [InlineData("INVITE", true)]
    [InlineData("SERVICE", true)]
    [InlineData("message", false)]
    [InlineData("MESSAGF", false)]
    [InlineData("NESSAGE", false)]
    [InlineData("MESSAGES", false)]
    [InlineData("INVENT", false)]
    public void Any_token_is_a_method_and_only_the_registered_are_registered(string name, bool isRegistered)
    {
        Assert.True(SipMethod.TryParse(name, out var method));

        Assert.Equal(name, method.Name);
        Assert.Equal(name, method.ToString());
        Assert.Equal(isRegistered, method.IsRegistered);
    }

    [Theory]
    [InlineData("")]
    [InlineData("TWO WORDS")]
    [InlineData("a@b")]
    [InlineData("INVIT\u00c9")]
    public void What_is_no_token_is_no_method(string name)
    {
        Assert.False(SipMethod.TryParse(name, out var method));

        Assert.Equal("", method.Name);
        Assert.Contains($"'{name}'", Assert.Throws<FormatException>(() => SipMethod.Parse(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_has_the_name_of_its_rfc() =>
        Assert.Equal(
            "REGISTER INVITE ACK CANCEL BYE OPTIONS MESSAGE SUBSCRIBE NOTIFY PUBLISH REFER INFO UPDATE PRACK SERVICE",
            string.Join(' ', SipMethod.Register, SipMethod.Invite, SipMethod.Ack, SipMethod.Cancel, SipMethod.Bye, SipMethod.Options, SipMethod.Message,
                SipMethod.Subscribe, SipMethod.Notify, SipMethod.Publish, SipMethod.Refer, SipMethod.Info, SipMethod.Update, SipMethod.Prack, SipMethod.Service));

    [Fact]
    public void Methods_are_case_sensitive()
    {
        Assert.Equal(SipMethod.Message, SipMethod.Parse("MESSAGE"));
        Assert.NotEqual(SipMethod.Message, SipMethod.Parse("Message"));
        Assert.True(SipMethod.Invite == SipMethod.Parse("INVITE") && SipMethod.Invite != SipMethod.Ack);
    }
}
