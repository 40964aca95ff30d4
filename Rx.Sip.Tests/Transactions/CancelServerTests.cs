using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

/// <summary>RFC 3261 §9.2: what a server makes of a CANCEL.</summary>
public class CancelServerTests
{
    private const string Branch = "SIP/2.0/UDP 192.0.2.2:5060;rport;branch=z9hG4bKone";

    private readonly Pair _pair = new(withBob: false);
    private readonly SipRequest _invite = Given.Invite.WithFirstHeader("Via", Branch);
    private readonly SipRequest _cancel = Given.Request(SipMethod.Cancel).WithFirstHeader("Via", Branch);

    [Fact]
    public void The_CANCEL_of_a_waiting_INVITE_is_answered_and_its_user_told()
    {
        Hear(_invite);
        Hear(_cancel);

        var (invite, cancel) = Assert.Single(_pair.Alice.User.Cancels);
        Assert.Same(Assert.Single(_pair.Alice.User.Requests), invite);
        Assert.Equal("CANCEL", cancel.Request.Method.Name);
        invite.Respond(487);
        Assert.Equal(["200 CANCEL", "487 INVITE"], _pair.Wire.Sent.Select(sent => sent.Name));
        Assert.Equal(_pair.Wire.Sent[0].Message.To!.Tag, _pair.Wire.Sent[1].Message.To!.Tag);
    }

    [Fact]
    public void A_CANCEL_that_comes_again_is_answered_again_and_told_once()
    {
        Hear(_invite);
        Hear(_cancel);
        Hear(_cancel);

        Assert.Single(_pair.Alice.User.Cancels);
        Assert.Equal(["200 CANCEL", "200 CANCEL"], _pair.Wire.Sent.Select(sent => sent.Name));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(486)]
    public void A_CANCEL_that_comes_too_late_is_answered_and_does_nothing(int status)
    {
        _pair.Alice.User.Answer = invite => invite.Respond(status);
        Hear(_invite);
        Hear(_cancel);

        Assert.Empty(_pair.Alice.User.Cancels);
        Assert.Equal([$"{status} INVITE", "200 CANCEL"], _pair.Wire.Sent.Select(sent => sent.Name));
    }

    [Fact]
    public void A_CANCEL_of_nothing_is_answered_481()
    {
        Hear(_cancel);

        Assert.Equal("481 CANCEL", Assert.Single(_pair.Wire.Sent).Name);
        Assert.NotNull(_pair.Wire.Sent[0].Message.To!.Tag);
        Assert.Empty(_pair.Alice.User.Requests);
    }

    [Fact]
    public void A_CANCEL_by_somebody_else_is_answered_481()
    {
        Hear(_invite);
        Hear(_cancel.WithHeader("Via", Branch.Replace("192.0.2.2", "192.0.2.9", StringComparison.Ordinal)));

        Assert.Equal("481 CANCEL", Assert.Single(_pair.Wire.Sent).Name);
        Assert.Empty(_pair.Alice.User.Cancels);
    }

    private void Hear(SipRequest request) => _pair.Alice.Hear(Pair.BobAddress, request);
}
