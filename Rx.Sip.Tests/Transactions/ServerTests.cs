using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public class ServerTests
{
    private const string Branch = "SIP/2.0/UDP 192.0.2.2:5060;rport;branch=z9hG4bKone";

    private readonly Pair _pair = new(withBob: false, maxServers: 3);

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKone")]
    [InlineData("SIP / 2.0 / UDP 192.0.2.2:5060 ;ttl=1;branch=z9hG4bKone;rport")]
    public void The_same_sent_by_branch_and_method_are_one_transaction(string via)
    {
        Hear(Given.Message, Branch);
        Hear(Given.Message, via);

        Assert.Single(_pair.Alice.User.Requests);
    }

    [Theory]
    [InlineData("MESSAGE", "SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKtwo")]
    [InlineData("MESSAGE", "SIP/2.0/UDP 192.0.2.2:5062;branch=z9hG4bKone")]
    [InlineData("MESSAGE", "SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKone")]
    [InlineData("OPTIONS", "SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKone")]
    public void Another_one_is_another_transaction(string method, string via)
    {
        Hear(Given.Message, Branch);
        Hear(Given.Request(SipMethod.Parse(method)), via);

        Assert.Equal(2, _pair.Alice.User.Requests.Count);
    }

    [Fact]
    public void A_host_name_is_the_same_in_capitals()
    {
        Hear(Given.Message, "SIP/2.0/UDP bob.example.test;branch=z9hG4bKone");
        Hear(Given.Message, "SIP/2.0/UDP Bob.Example.TEST;branch=z9hG4bKone");

        Assert.Single(_pair.Alice.User.Requests);
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.2:5060")]
    [InlineData("SIP/2.0/UDP 192.0.2.2:5060;branch=1")]
    [InlineData("SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK")]
    public void An_older_clients_requests_are_told_apart_by_what_they_are(string via)
    {
        Hear(Given.Message, via);
        Hear(Given.Message, via);
        Hear(Given.Request(SipMethod.Message, callId: "call-2"), via);
        Hear(Given.Request(SipMethod.Message, uri: "sip:carol@192.0.2.2"), via);

        Assert.Equal(3, _pair.Alice.User.Requests.Count);
    }

    [Fact]
    public void An_older_clients_ACK_and_CANCEL_find_their_INVITE()
    {
        const string via = "SIP/2.0/UDP 192.0.2.2:5060";
        Hear(Given.Invite, via);
        Hear(Given.Request(SipMethod.Cancel), via);
        Assert.Single(_pair.Alice.User.Cancels).Invite.Respond(487);
        Hear(Given.Request(SipMethod.Ack).WithHeader("To", "<sip:bob@192.0.2.2>;tag=any"), via);
        _pair.Wire.RunTo(10);

        Assert.Equal("0", _pair.TimesOf("487 INVITE"));
        Assert.Empty(_pair.Alice.User.Acks);
    }

    [Fact]
    public void A_Via_of_any_length_makes_a_key()
    {
        var branch = new string('x', 5000);
        Hear(Given.Message, $"SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK{branch}");
        Hear(Given.Message, $"SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK{branch}");
        Hear(Given.Message, $"SIP/2.0/UDP 192.0.2.2:5060;branch={branch}");

        Assert.Equal(2, _pair.Alice.User.Requests.Count);
    }

    [Fact]
    public void An_ACK_of_no_transaction_is_passed_up()
    {
        Hear(Given.Request(SipMethod.Ack), Branch);

        Assert.Single(_pair.Alice.User.Acks);
        Assert.Empty(_pair.Alice.User.Requests);
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void Past_the_bound_requests_are_refused_and_counted_and_kept_nowhere()
    {
        foreach (var number in new[] { "1", "2", "3", "4", "4", "5" })
            Hear(Given.Message, Branch + number);
        Hear(Given.Request(SipMethod.Ack), Branch + "6");

        Assert.Equal(3, _pair.Alice.User.Requests.Count);
        Assert.Equal(["503 MESSAGE", "503 MESSAGE", "503 MESSAGE"], _pair.Wire.Sent.Select(sent => sent.Name));
        Assert.Equal(_pair.Wire.Sent[0].Message.To!.Tag, _pair.Wire.Sent[1].Message.To!.Tag);
        Assert.NotNull(_pair.Wire.Sent[0].Message.To!.Tag);
        Assert.NotNull(_pair.Wire.Sent[0].Message.RetryAfter);
        Assert.Equal(3, _pair.Alice.Manager.Traffic.Exceeded(TrafficLimit.MaxServerTransactions));
        Assert.Equal(3, _pair.Alice.Layer.ActiveTransactions);
    }

    [Fact]
    public void A_user_that_throws_has_the_request_answered_500_and_is_reported()
    {
        _pair.Alice.User.Answer = _ => throw new InvalidOperationException("mine");
        Hear(Given.Message, Branch);

        Assert.Equal("500 MESSAGE", Assert.Single(_pair.Wire.Sent).Name);
        Assert.Equal("mine", Assert.Single(_pair.Alice.Errors).Message);
    }

    [Fact]
    public void A_user_that_throws_when_it_has_answered_is_only_reported()
    {
        _pair.Alice.User.Answer = message =>
        {
            message.Respond(202);
            throw new InvalidOperationException("mine");
        };
        Hear(Given.Message, Branch);

        Assert.Equal("202 MESSAGE", Assert.Single(_pair.Wire.Sent).Name);
        Assert.Single(_pair.Alice.Errors);
    }

    [Fact]
    public void Every_response_of_a_transaction_has_the_same_tag()
    {
        Hear(Given.Invite, Branch);
        _pair.Alice.User.Requests[0].Respond(180);
        _pair.Alice.User.Requests[0].Respond(200);

        Assert.Equal(_pair.Alice.User.Requests[0].LocalTag, Assert.Single(_pair.Wire.Sent.Select(sent => sent.Message.To!.Tag).Distinct()));
    }

    [Fact]
    public void A_transaction_says_when_it_is_answered()
    {
        Hear(Given.Invite, Branch);
        var transaction = _pair.Alice.User.Requests[0];
        transaction.Respond(180);
        Assert.False(transaction.IsAnswered);
        transaction.Respond(486);
        Assert.True(transaction.IsAnswered);
        Assert.Equal("INVITE", transaction.Request.Method.Name);
    }

    [Fact]
    public void A_response_finds_its_way_when_the_connection_is_gone()
    {
        _pair.Alice.Hear("192.0.2.2:40000", Given.Message.WithFirstHeader("Via", Branch.Replace("UDP", "TCP", StringComparison.Ordinal)), SipTransportType.Tcp);
        _pair.Alice.Tcp.Break(Given.EndPoint("192.0.2.2:40000"), null);
        Assert.Single(_pair.Alice.User.Requests).Respond(200);

        Assert.Equal("192.0.2.2:5060", Assert.Single(_pair.Wire.Sent).To.ToString());
        Assert.Equal((0, 0), _pair.Alice.Left);
    }

    [Fact]
    public void Disposing_the_layer_forgets_requests_and_later_answers_do_no_harm()
    {
        Hear(Given.Invite, Branch);
        var transaction = _pair.Alice.User.Requests[0];
        _pair.Alice.Layer.Dispose();
        transaction.Respond(486);
        _pair.Wire.RunTo(100);

        Assert.Equal((0, 0), _pair.Alice.Left);
        Assert.Empty(_pair.Alice.Errors);
        Assert.Equal("0", _pair.TimesOf("486 INVITE"));
    }

    private void Hear(SipRequest request, string via) => _pair.Alice.Hear(Pair.BobAddress, request.WithFirstHeader("Via", via));
}
