using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Cpim;
using Rx.Sip.Messages.Bodies.Mime;
using Rx.Sip.Messages.Bodies.Sdp;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

public class MessageBodiesTests
{
    private static readonly SdpDescription Offer =
        SdpDescription.Create(SdpOrigin.Create("alice", 1, IPAddress.Loopback), SdpConnection.Create(IPAddress.Loopback))
            .WithAddedMedia(SdpMediaDescription.CreateRtp("audio", 4000, [new SdpCodec(0, "PCMU", 8000)]));

    private static readonly CpimMessage Cpim =
        CpimMessage.Create(new CpimAddress("Alice", "sip:alice@example.test"), new CpimAddress("sip:bob@example.test"), new ContentDescription("text/plain", "hello"));

    private static SipRequest Request => Wire.RequestWith();

    [Fact]
    public void A_session_description_is_sent_and_received_in_one_line_each()
    {
        var request = Received(Request.WithBody(Offer.ToContent()));

        Assert.True(request.TryGetSdp(out var read));
        Assert.Equal(Offer, read);
        Assert.Equal("application/sdp", request.ContentType?.Name);
    }

    [Fact]
    public void A_session_description_is_found_inside_a_multipart()
    {
        var body = MimeMultipart.Mixed([new ContentDescription("text/plain", "x"), MimeMultipart.Alternative([Offer.ToContent()]).ToContent()]).ToContent();
        var request = Received(Request.WithBody(body));

        Assert.True(request.TryGetSdp(out var read));
        Assert.Equal(Offer, read);
        Assert.Equal(["text/plain", "application/sdp"], request.Parts().Select(part => part.ContentType.Name));
        Assert.Equal("1.0", request.Headers.Get("MIME-Version"));
        Assert.Equal(body, request.Content());
    }

    [Fact]
    public void A_session_description_that_is_unreadable_or_for_something_else_is_passed_over()
    {
        var body = MimeMultipart.Mixed([
            new ContentDescription("application/sdp", "v=1"),
            Offer.WithSessionName("early").ToContent().WithDisposition("early-session", isHandlingRequired: true),
            Offer.ToContent().WithDisposition("Session", isHandlingRequired: true),
        ]);

        Assert.True(Request.WithBody(body.ToContent()).TryGetSdp(out var read));
        Assert.Equal(Offer, read);
    }

    [Fact]
    public void A_cpim_message_is_sent_and_received()
    {
        var response = Wire.ResponseWith().WithBody(Cpim.ToContent());

        Assert.True(Wire.Parse(response.Bytes.ToArray()).TryGetCpim(out var read));
        Assert.Equal(Cpim, read);
    }

    [Fact]
    public void The_fields_of_a_body_come_and_go_with_it()
    {
        var first = new ContentDescription("text/plain", "x").WithDisposition("icon", isHandlingRequired: false).WithContentId("a@x").WithHeader("Content-Language", "en");
        var described = Received(Request.WithBody(first));
        var other = Received(described.WithBody(new ContentDescription("text/html", "y")));

        Assert.Equal(first, described.Content());
        Assert.Equal("icon;handling=optional", described.Headers.Get("Content-Disposition"));
        Assert.Equal(new ContentDescription("text/html", "y"), other.Content());
        Assert.False(other.Headers.Contains("Content-Disposition"));
        Assert.False(other.Headers.Contains("Content-ID"));
    }

    [Fact]
    public void Compact_names_are_read_as_the_long_ones()
    {
        var message = Wire.Parse([.. Wire.Octets("MESSAGE sip:b@x SIP/2.0", "Via: SIP/2.0/UDP h;branch=z9hG4bKa", "f: <sip:a@x>;tag=1", "t: <sip:b@x>", "i: 1", "CSeq: 1 MESSAGE", "c: text/plain", "e: gzip", "l: 1"), (byte)'x']);

        Assert.Equal(["Content-Type", "Content-Encoding"], message.Content()!.Headers.Select(header => header.Name));
    }

    [Fact]
    public void A_message_without_a_body_has_no_content_and_no_parts()
    {
        Assert.Null(Request.Content());
        Assert.Empty(Request.Parts());
        Assert.False(Request.TryGetSdp(out _));
        Assert.False(Request.TryGetCpim(out _));
    }

    [Fact]
    public void A_field_that_does_not_describe_a_body_is_refused()
    {
        var plain = new ContentDescription("text/plain", "x");

        Assert.Throws<ArgumentException>(() => Request.WithBody(plain.WithHeader("Route", "<sip:evil@x>")));
        Assert.Throws<ArgumentException>(() => Request.WithBody(plain.WithHeader("Content-Length", "7")));
    }

    private static SipRequest Received(SipRequest request) => Assert.IsType<SipRequest>(Wire.Parse(request.Bytes.ToArray()));
}
