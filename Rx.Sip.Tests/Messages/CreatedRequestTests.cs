using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class CreatedRequestTests
{
    [Theory]
    [InlineData("Alice \"the\" \\ A")]
    [InlineData("\u00c4lice")]
    public void A_created_request_has_what_every_request_must_have(string name)
    {
        var request = SipRequest.Create(
            SipMethod.Message, SipUri.Parse("sip:bob@example.test;transport=tcp"), new NameAddress(name, SipUri.Parse("sip:alice@example.test"), SipParameters.Empty).WithTag("77"),
            NameAddress.Parse("<sip:bob@example.test>"), "abc@example.test", 4_294_967);

        Assert.Equal(
            $"""
            MESSAGE sip:bob@example.test;transport=tcp SIP/2.0
            Max-Forwards: 70
            From: {Grammar.Quote(name)} <sip:alice@example.test>;tag=77
            To: <sip:bob@example.test>
            Call-ID: abc@example.test
            CSeq: 4294967 MESSAGE
            Content-Length: 0


            """.ReplaceLineEndings("\r\n"),
            request.ToWireString());
        Assert.Equal(name, request.From?.DisplayName);
        Assert.Equal(request.Headers, Wire.Parse(request.Bytes.ToArray()).Headers);
        Assert.Same(request.RequestUri, request.RequestUri);
    }

    [Fact]
    public void A_request_longer_than_usual_is_created_whole()
    {
        var text = new string('x', 5000);

        var request = SipRequest.Create(
            SipMethod.Parse("EXTENSION"), SipUri.Parse($"sip:{text}@example.test"), NameAddress.Parse($"<sip:{text}@example.test>;tag=1"),
            NameAddress.Parse($"<sip:{text}@example.test>"), text, 1);

        Assert.Equal(request.ToWireString(), Wire.Parse(request.Bytes.ToArray()).ToWireString());
        Assert.Equal((text, text, "EXTENSION"), (request.RequestUri?.User, request.CallId, request.CSeq?.Method.Name));
    }

    [Fact]
    public void Another_request_uri_leaves_the_headers_as_they_are()
    {
        var request = Wire.RequestWith().WithHeader("Subject", "tea");

        var moved = request.WithRequestUri(SipUri.Parse("sip:carol@example.test"));

        Assert.Equal("sip:carol@example.test", moved.RequestUriText);
        Assert.Equal(request.Headers, moved.Headers);
        Assert.Equal(moved.Headers, Wire.Parse(moved.Bytes.ToArray()).Headers);
    }
}
