using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class ResponseClassTests
{
    private static readonly SipRequest Request = Wire.RequestWith();

    [Theory]
    [InlineData(100, "provisional")]
    [InlineData(199, "provisional")]
    [InlineData(200, "final success")]
    [InlineData(299, "final success")]
    [InlineData(300, "final redirection")]
    [InlineData(399, "final redirection")]
    [InlineData(400, "final")]
    [InlineData(699, "final")]
    public void A_status_belongs_to_its_class(int status, string expected)
    {
        var response = SipResponse.For(Request, status, null, "t");

        var classes = new[] { (response.IsProvisional, "provisional"), (response.IsFinal, "final"), (response.IsSuccess, "success"), (response.IsRedirection, "redirection") };
        Assert.Equal(expected, string.Join(' ', classes.Where(one => one.Item1).Select(one => one.Item2)));
    }

    [Fact]
    public void A_response_of_the_network_says_its_status_and_phrase()
    {
        var response = SipResponse.For(Request, 486, null, "t");

        Assert.Equal("486 Busy Here", response.ToString());
        Assert.False(response.IsLocal);
        Assert.Null(response.LocalCause);
    }

    [Theory]
    [InlineData(408, SipLocalCause.TimedOut)]
    [InlineData(503, SipLocalCause.TransportFailed)]
    public void A_local_response_says_that_and_why(int status, SipLocalCause cause)
    {
        var response = SipResponse.Local(Request, status, "Nobody There");

        Assert.Equal($"{status} Nobody There (local)", response.ToString());
        Assert.True(response.IsLocal);
        Assert.Equal(cause, response.LocalCause);
    }

    [Theory]
    [InlineData("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n\r\n", true)]
    [InlineData("OPTIONS sip:bob@example.test SIP/2.0\r\n\r\n", false)]
    [InlineData("nonsense\r\n\r\n", false)]
    public void A_response_is_read_from_text_and_nothing_else_is(string text, bool expected)
    {
        Assert.Equal(expected, SipResponse.TryParse(text, out var response));
        Assert.Equal(expected, response is not null);
    }
}
