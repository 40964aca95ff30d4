using System.Globalization;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Endpoints;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public class OngoingRequestsTests
{
    private const string OneWay = "SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKone";
    private const string OtherWay = "SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bKtwo";

    private readonly Pair _pair = new(withBob: false);
    private readonly List<bool> _claims = [];

    public OngoingRequestsTests() => _pair.Alice.User.Answer = request => _claims.Add(request.TryClaim(1, false));

    [Fact]
    public void The_same_request_by_another_way_is_not_to_be_answered_twice()
    {
        Hear(Given.Message, OneWay);
        Hear(Given.Message, OtherWay);

        Assert.Equal([true, false], _claims);
    }

    [Fact]
    public void A_retransmission_is_no_other_way()
    {
        Hear(Given.Message, OneWay);
        Hear(Given.Message, OneWay);

        Assert.Equal([true], _claims);
    }

    [Theory]
    [InlineData("Call-ID", "call-2")]
    [InlineData("CSeq", "2 MESSAGE")]
    [InlineData("From", "<sip:alice@192.0.2.1>;tag=a2")]
    public void One_that_differs_in_what_counts_is_another_request(string header, string value)
    {
        Hear(Given.Message, OneWay);
        Hear(Given.Message.WithHeader(header, value), OtherWay);

        Assert.Equal([true, true], _claims);
    }

    [Fact]
    public void Inside_a_dialog_nothing_is_merged()
    {
        var request = Given.Message.WithHeader("To", "<sip:bob@192.0.2.2>;tag=b1");
        Hear(request, OneWay);
        Hear(request, OtherWay);

        Assert.Equal([true, true], _claims);
    }

    [Fact]
    public void A_request_that_is_forked_to_two_users_of_one_host_is_one_for_each()
    {
        ulong user = 0;
        _pair.Alice.User.Answer = request => _claims.Add(request.TryClaim(++user, false));
        Hear(Given.Message, OneWay);
        Hear(Given.Message, OtherWay);

        Assert.Equal([true, true], _claims);
    }

    [Fact]
    public void Claimed_twice_in_one_transaction_it_is_still_one_request()
    {
        _pair.Alice.User.Answer = request => _claims.AddRange([request.TryClaim(1, false), request.TryClaim(1, false)]);
        Hear(Given.Message, OneWay);

        Assert.Equal([true, true], _claims);
    }

    [Theory]
    [InlineData(null, 32)]
    [InlineData(200, 32)]
    [InlineData(486, 32)]
    public void Once_the_first_is_over_it_may_come_again_and_nothing_is_kept(int? status, double seconds)
    {
        Hear(Given.Message, OneWay);
        if (status is { } code)
            _pair.Alice.User.Requests[0].Respond(code);
        _pair.Wire.RunTo(seconds - 0.001);
        Hear(Given.Message, OtherWay);
        _pair.Wire.RunTo(seconds);
        Assert.Equal(0, _pair.Alice.Layer.Ongoing.Count);
        Hear(Given.Message, OtherWay.Replace("two", "three", StringComparison.Ordinal));

        Assert.Equal([true, false, true], _claims);
    }

    [Fact]
    public void An_endpoint_answers_the_second_482()
    {
        var stage = new Stage();
        var (_, bob) = stage.Peer("bob", new SipPeerToPeerEndpointSettings("sip:bob@bob"));
        var alice = stage.Peer("alice");
        bob.Messages.Subscribe(_ => { });
        var request = Stage.Request("MESSAGE", "sip:bob@bob");

        Assert.Equal((200, 482), (stage.StatusOf(alice.Send(request)), stage.StatusOf(alice.Send(request))));
    }

    [Fact]
    public void Among_very_many_requests_none_is_taken_for_another()
    {
        var merged = new OngoingRequests(new SipIdentifiers(7));
        Assert.All(Enumerable.Range(0, 100_000), number =>
            Assert.True(merged.TryClaim(Given.Request(SipMethod.Message, callId: number.ToString(CultureInfo.InvariantCulture)), 1, out _)));
        Assert.Equal(100_000, merged.Count);
    }

    private void Hear(SipRequest request, string via) => _pair.Alice.Hear(Pair.BobAddress, request.WithFirstHeader("Via", via));

    [Fact]
    public void A_claim_that_is_kept_stands_until_its_time_whatever_becomes_of_the_transaction()
    {
        var (ongoing, request) = (new OngoingRequests(new SipIdentifiers(7)), Given.Request(SipMethod.Message));
        Assert.True(ongoing.TryClaim(request, 1, out var claim));
        ongoing.Keep(claim, TimeSpan.FromSeconds(32));
        Assert.Equal(0, ongoing.Count);
        ongoing.Forget(TimeSpan.FromSeconds(31));
        Assert.False(ongoing.TryClaim(request, 1, out _));
        Assert.True(ongoing.TryClaim(request, 2, out _));
        ongoing.Forget(TimeSpan.FromSeconds(32));
        Assert.True(ongoing.TryClaim(request, 1, out _));
    }

    [Fact]
    public void No_flood_is_remembered_whole()
    {
        var ongoing = new OngoingRequests(new SipIdentifiers(7));
        for (var number = 0; number < 5000; number++)
        {
            Assert.True(ongoing.TryClaim(Given.Request(SipMethod.Message, callId: number.ToString(CultureInfo.InvariantCulture)), 1, out var claim));
            ongoing.Keep(claim, TimeSpan.FromSeconds(32));
        }
        Assert.True(ongoing.TryClaim(Given.Request(SipMethod.Message, callId: "0"), 1, out _));
        Assert.False(ongoing.TryClaim(Given.Request(SipMethod.Message, callId: "4999"), 1, out _));
    }
}
