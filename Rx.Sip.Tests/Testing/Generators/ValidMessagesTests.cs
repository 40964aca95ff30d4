using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Testing.Generators;

public class ValidMessagesTests
{
    [Fact]
    public void A_request_deserves_no_refusal_and_all_of_it_can_be_read() =>
        Prop.ForAll(SipArbitraries.Request, request =>
        {
            Assert.Null(SipRules.Default.Validate(request));
            AssertReadable(request);
            Assert.NotNull(request.RequestUri);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_response_can_be_brought_to_its_request_and_all_of_it_can_be_read() =>
        Prop.ForAll(SipArbitraries.Response, response =>
        {
            Assert.True(MessageCheck.IsUsable(response));
            AssertReadable(response);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_stream_of_messages_is_taken_apart_again() =>
        Prop.ForAll(Arb.From(SipArbitraries.Message.Generator.ListOf()), messages =>
        {
            var results = new SipStreamParser().Append(messages.SelectMany(message => message.Bytes.ToArray()).ToArray());
            Assert.Equal(messages.Select(message => message.ToWireString()), results.Select(result => Assert.IsType<SipParseResult.Parsed>(result).Message.ToWireString()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_header_can_be_put_into_a_request_and_got_out_again()
    {
        var request = Messages.Wire.RequestWith();
        Prop.ForAll(SipArbitraries.Header, header => request.WithHeader(header.Name, header.Value).Headers.Get(header.Name) == header.Value).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void All_arbitraries_are_found_by_their_types()
    {
        var map = ArbMap.Default.Merge<SipArbitraries>();

        Assert.NotNull(map.ArbFor<SipUri>());
        Assert.NotNull(map.ArbFor<NameAddress>());
        Assert.NotNull(map.ArbFor<SipHeader>());
        Assert.NotNull(map.ArbFor<SipMessage>());
        Assert.NotNull(map.ArbFor<AlmostValidMessage>());
        Assert.NotNull(map.ArbFor<DialogScript>());
        Assert.NotNull(map.ArbFor<FaultSchedule>());
        Prop.ForAll<SipRequest, SipResponse[]>((request, responses) => request.CSeq is not null && responses.All(response => response.CSeq is not null))
            .Check(Config.QuickThrowOnFailure.WithArbitrary([typeof(SipArbitraries)]));
    }

    private static void AssertReadable(SipMessage message)
    {
        Assert.NotEmpty(message.Vias);
        Assert.NotNull(message.From);
        Assert.NotNull(message.To);
        Assert.NotNull(message.CallId);
        Assert.NotNull(message.CSeq);
        Assert.Equal(message.Body.Length, message.ContentLength);
        Assert.Equal(message.Headers.Contains("Contact"), message.Contacts.Count > 0);
        Assert.Equal(message.Headers.Contains("Date"), message.Date is not null);
        Assert.Equal(message.Headers.Contains("Expires"), message.Expires is not null);
        Assert.Equal(message.Headers.Contains("Content-Type"), message.ContentType is not null);
    }
}
