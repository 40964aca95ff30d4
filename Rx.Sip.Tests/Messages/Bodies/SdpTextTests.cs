using Rx.Sip.Messages.Bodies.Sdp;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

public class SdpTextTests
{
    [Fact]
    public void A_token_holds_what_rfc_8866_lets_it_hold()
    {
        // RFC 8866 §9: token-char.
        const string Allowed = "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~";

        Assert.Equal(Allowed, string.Concat(Enumerable.Range(0, 256).Select(code => (char)code).Where(letter => SdpText.IsToken([letter]))));
        Assert.True(SdpText.IsToken("a-b"));
        Assert.False(SdpText.IsToken("a b"));
        Assert.False(SdpText.IsToken(""));
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("65535", true)]
    [InlineData("65536", false)]
    [InlineData("-1", false)]
    [InlineData("", false)]
    public void A_port_has_sixteen_bits(string text, bool expected) => Assert.Equal(expected, SdpText.TryPort(text, out _));

    [Theory]
    [InlineData("sendrecv", SdpDirection.SendReceive)]
    [InlineData("sendonly", SdpDirection.SendOnly)]
    [InlineData("recvonly", SdpDirection.ReceiveOnly)]
    [InlineData("inactive", SdpDirection.Inactive)]
    public void A_direction_has_its_name(string name, SdpDirection direction)
    {
        Assert.Equal(direction, SdpText.DirectionOf(name));
        Assert.Equal(name, SdpText.NameOf(direction));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SENDRECV")]
    public void Other_names_are_none(string name) => Assert.Null(SdpText.DirectionOf(name));

    [Fact]
    public void What_can_not_be_read_or_written_is_named()
    {
        Assert.Contains("'x' is not the origin", SdpText.NotA("origin", "x").Message, StringComparison.Ordinal);
        Assert.Contains("'y' would", Assert.Throws<ArgumentException>(() => SdpText.Checked("y", _ => "z")).Message, StringComparison.Ordinal);
        Assert.Equal("y", SdpText.Checked("y", text => text));
    }
}
