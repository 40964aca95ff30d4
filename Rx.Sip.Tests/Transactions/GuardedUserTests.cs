using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public sealed class GuardedUserTests : IDisposable
{
    private const string Via = "SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKone";

    private readonly Pair _pair = new(withBob: false);
    private readonly Thrower _user = new();
    private readonly TransactionLayer _layer;

    public GuardedUserTests() => _layer = new TransactionLayer(_pair.Alice.Manager, SipTimers.Default, _user);

    public void Dispose() => _layer.Dispose();

    [Fact]
    public void Throwing_at_an_ACK_stops_nothing()
    {
        Hear(Given.Request(SipMethod.Ack));
        Hear(Given.Message);

        Assert.Equal(["ack", "request"], _user.Calls);
        Assert.Equal(["ack", "request"], _pair.Alice.Errors.Select(error => error.Message));
    }

    [Fact]
    public void Throwing_at_a_CANCEL_leaves_the_INVITE_answered_487()
    {
        _user.Silent = ["request"];
        Hear(Given.Invite);
        Hear(Given.Request(SipMethod.Cancel));

        Assert.Equal(["200 CANCEL", "487 INVITE"], _pair.Wire.Sent.Select(sent => sent.Name));
        Assert.Equal("cancel", Assert.Single(_pair.Alice.Errors).Message);
    }

    [Fact]
    public void Throwing_at_what_stayed_unanswered_still_ends_the_transaction()
    {
        _user.Silent = ["request"];
        Hear(Given.Message);
        _pair.Wire.RunTo(40);

        Assert.Equal(["request", "unanswered"], _user.Calls);
        Assert.Equal("unanswered", Assert.Single(_pair.Alice.Errors).Message);
        Assert.Equal((0, 0), (_layer.ActiveTransactions, _layer.PendingTimers));
    }

    [Fact]
    public void Throwing_at_a_stray_2xx_leaves_the_transaction_as_it_should_be()
    {
        var outcome = new Outcome(_layer.To(Pair.BobTarget(SipTransportType.Udp)).Request(Given.Invite), _pair.Wire);
        _pair.Answer(200);
        _pair.Answer(200);
        _pair.Answer(200);
        _pair.Wire.RunTo(40);

        Assert.Equal(["0 200 OK", "0 end"], outcome.Log);
        Assert.Equal(["stray", "stray"], _user.Calls);
        Assert.Equal(2, _pair.Alice.Errors.Count);
        Assert.Equal((0, 0), (_layer.ActiveTransactions, _layer.PendingTimers));
    }

    private void Hear(SipRequest request) => _pair.Alice.Hear(Pair.BobAddress, request.WithFirstHeader("Via", Via));

    /// <summary>A user that throws whatever it is told, but for what it is told to be silent about.</summary>
    private sealed class Thrower : ITransactionUser
    {
        public List<string> Calls { get; } = [];

        public string[] Silent { get; set; } = [];

        public void OnRequest(ServerTransaction transaction) => Throw("request");

        public void OnAck(Flow flow, SipRequest ack) => Throw("ack");

        public void OnCancel(ServerTransaction invite, ServerTransaction cancel) => Throw("cancel");

        public void OnStrayResponse(Flow flow, SipResponse response) => Throw("stray");

        public void OnUnanswered(ServerTransaction transaction) => Throw("unanswered");

        private void Throw(string what)
        {
            Calls.Add(what);
            if (!Silent.Contains(what))
                throw new InvalidOperationException(what);
        }
    }
}
