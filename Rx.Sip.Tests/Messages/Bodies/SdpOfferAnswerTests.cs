using Rx.Sip.Messages.Bodies.Sdp;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

public class SdpOfferAnswerTests
{
    // RFC 3264 §10.1.
    private const string AliceOffers =
        "v=0\no=alice 2890844526 2890844526 IN IP4 host.anywhere.com\ns=\nc=IN IP4 host.anywhere.com\nt=0 0\n"
        + "m=audio 49170 RTP/AVP 0\na=rtpmap:0 PCMU/8000\nm=video 51372 RTP/AVP 31\na=rtpmap:31 H261/90000\nm=video 53000 RTP/AVP 32\na=rtpmap:32 MPV/90000\n";

    private const string BobAnswers =
        "v=0\no=bob 2890844730 2890844730 IN IP4 host.example.com\ns=\nc=IN IP4 host.example.com\nt=0 0\n"
        + "m=audio 49920 RTP/AVP 0\na=rtpmap:0 PCMU/8000\nm=video 0 RTP/AVP 31\nm=video 53000 RTP/AVP 32\na=rtpmap:32 MPV/90000\n";

    private const string BobOffers =
        "v=0\no=bob 2890844730 2890844731 IN IP4 host.example.com\ns=\nc=IN IP4 host.example.com\nt=0 0\n"
        + "m=audio 65422 RTP/AVP 0\na=rtpmap:0 PCMU/8000\nm=video 0 RTP/AVP 31\nm=video 53000 RTP/AVP 32\na=rtpmap:32 MPV/90000\n"
        + "m=audio 51434 RTP/AVP 110\na=rtpmap:110 telephone-events/8000\na=recvonly\n";

    private const string AliceAnswers =
        "v=0\no=alice 2890844526 2890844527 IN IP4 host.anywhere.com\ns=\nc=IN IP4 host.anywhere.com\nt=0 0\n"
        + "m=audio 49170 RTP/AVP 0\na=rtpmap:0 PCMU/8000\nm=video 0 RTP/AVP 31\na=rtpmap:31 H261/90000\nm=video 53000 RTP/AVP 32\na=rtpmap:32 MPV/90000\n"
        + "m=audio 53122 RTP/AVP 110\na=rtpmap:110 telephone-events/8000\na=sendonly\n";

    private static readonly SdpDescription Session = SdpDescription.Parse("v=0\no=- 1 1 IN IP4 h\ns=-\nc=IN IP4 h\nt=0 0\n");

    [Fact]
    public void The_basic_exchange_of_rfc_3264_fits_and_counts_up()
    {
        var (offer, answer, offer2, answer2) = (SdpDescription.Parse(AliceOffers), SdpDescription.Parse(BobAnswers), SdpDescription.Parse(BobOffers), SdpDescription.Parse(AliceAnswers));

        Assert.Empty(SdpOfferAnswer.CheckAnswer(offer, answer));
        Assert.Empty(SdpOfferAnswer.CheckAnswer(offer2, answer2));
        Assert.Empty(SdpOfferAnswer.CheckChange(answer, offer2));
        Assert.Empty(SdpOfferAnswer.CheckChange(offer, answer2));
    }

    [Fact]
    public void The_basic_exchange_of_rfc_3264_is_what_we_answer()
    {
        var bob = SdpDescription.Parse(BobAnswers);

        Assert.Equal(bob, SdpOfferAnswer.CreateAnswer(SdpDescription.Parse(AliceOffers), bob));
    }

    [Fact]
    public void The_second_answer_of_rfc_3264_is_what_we_answer_and_keeps_the_order()
    {
        var capabilities = SdpDescription.Parse(AliceAnswers).WithMedia([
            SdpMediaDescription.CreateRtp("video", 53000, [new(32, "MPV", 90000)]),
            SdpMediaDescription.CreateRtp("audio", 49170, [new(0, "PCMU", 8000)]),
            SdpMediaDescription.CreateRtp("audio", 53122, [new(101, "telephone-events", 8000)]),
        ]);

        var answer = SdpOfferAnswer.CreateAnswer(SdpDescription.Parse(BobOffers), capabilities);

        Assert.Equal(SdpDescription.Parse(AliceAnswers).WithMedia([.. SdpDescription.Parse(AliceAnswers).Media.Select(media => media.IsRejected ? media.WithoutAttribute("rtpmap") : media)]), answer);
    }

    [Fact]
    public void One_of_several_codecs_is_selected_as_in_rfc_3264()
    {
        var offer = Offer("m=audio 62986 RTP/AVP 0 4 18\na=rtpmap:0 PCMU/8000\na=rtpmap:4 G723/8000\na=rtpmap:18 G729/8000\na=inactive\n");
        var bob = Session.WithAddedMedia(SdpMediaDescription.CreateRtp("audio", 54344, [new(4, "g723", 8000), new(0, "pcmu", 8000)]));

        var answer = SdpOfferAnswer.CreateAnswer(offer, bob).Media[0];

        Assert.Equal("m=audio 54344 RTP/AVP 0 4", answer.ToString());
        Assert.Equal(["rtpmap:0 PCMU/8000", "rtpmap:4 G723/8000", "inactive"], answer.Attributes.Select(attribute => attribute.ToString()));
    }

    [Fact]
    public void Codecs_are_matched_by_encoding_and_keep_the_payload_types_of_the_offer()
    {
        var offer = Offer("m=audio 1 RTP/AVP 111 112 113 8\na=rtpmap:111 opus/48000/2\na=fmtp:111 usedtx=1\na=rtpmap:112 opus/48000\na=rtpmap:113 telephone-event/16000\n");
        var ours = Session.WithAddedMedia(SdpMediaDescription.CreateRtp("audio", 2, [new(8, "PCMA", 8000), new(96, "OPUS", 48000, 2, "useinbandfec=1"), new(101, "telephone-event", 8000)]));

        var answer = SdpOfferAnswer.CreateAnswer(offer, ours).Media[0];

        Assert.Equal([new(111, "opus", 48000, 2, "useinbandfec=1"), new SdpCodec(8, "PCMA", 8000)], answer.Codecs);
    }

    [Theory]
    [InlineData("sendrecv", "sendrecv", SdpDirection.SendReceive)]
    [InlineData("sendrecv", "recvonly", SdpDirection.ReceiveOnly)]
    [InlineData("sendonly", "sendrecv", SdpDirection.ReceiveOnly)]
    [InlineData("sendonly", "sendonly", SdpDirection.Inactive)]
    [InlineData("recvonly", "sendrecv", SdpDirection.SendOnly)]
    [InlineData("recvonly", "recvonly", SdpDirection.Inactive)]
    [InlineData("inactive", "sendrecv", SdpDirection.Inactive)]
    public void The_direction_is_mirrored_as_far_as_ours_allows(string offered, string ours, SdpDirection expected)
    {
        foreach (var isOfSession in new[] { false, true })
        {
            var offer = isOfSession ? Offer("m=audio 1 RTP/AVP 0\n").WithAttribute(offered, null) : Offer($"m=audio 1 RTP/AVP 0\na={offered}\n");
            var capabilities = isOfSession ? Offer("m=audio 2 RTP/AVP 0\n").WithAttribute(ours, null) : Offer($"m=audio 2 RTP/AVP 0\na={ours}\n");

            var answer = SdpOfferAnswer.CreateAnswer(offer, capabilities);

            Assert.Equal(expected, answer.DirectionOf(answer.Media[0]));
            Assert.Empty(SdpOfferAnswer.CheckAnswer(offer, answer));
        }
    }

    [Fact]
    public void A_peer_without_an_address_is_sent_nothing()
    {
        var answer = SdpOfferAnswer.CreateAnswer(Offer("m=audio 1 RTP/AVP 0\nc=IN IP4 0.0.0.0\n"), Offer("m=audio 2 RTP/AVP 0\n"));

        Assert.Equal(SdpDirection.ReceiveOnly, answer.DirectionOf(answer.Media[0]));
    }

    [Theory]
    [InlineData("m=audio 0 RTP/AVP 0\n", "m=audio 0 RTP/AVP 0")]
    [InlineData("m=audio 1 RTP/SAVP 0\na=crypto:1 x\na=mid:a\n", "m=audio 0 RTP/SAVP 0")]
    [InlineData("m=audio 1 RTP/AVP 18\n", "m=audio 0 RTP/AVP 18")]
    [InlineData("m=text 1 RTP/AVP 0\n", "m=text 0 RTP/AVP 0")]
    [InlineData("m=message 7 TCP/MSRP *\n", "m=message 9 TCP/MSRP *")]
    [InlineData("m=message 7 TCP/TLS/MSRP *\n", "m=message 0 TCP/TLS/MSRP *")]
    [InlineData("m=image 7 udptl t37 t38\n", "m=image 8 udptl t38")]
    public void What_we_can_not_do_is_refused_with_port_zero(string offered, string answered)
    {
        var ours = Offer("m=audio 2 RTP/AVP 0\nm=message 9 TCP/MSRP *\nm=image 8 udptl t38 x\n");

        var answer = SdpOfferAnswer.CreateAnswer(Offer(offered), ours);

        Assert.Equal(answered, Assert.Single(answer.Media).ToString());
        Assert.Empty(SdpOfferAnswer.CheckAnswer(Offer(offered), answer));
    }

    [Fact]
    public void A_capability_is_taken_once()
    {
        var answer = SdpOfferAnswer.CreateAnswer(Offer("m=audio 1 RTP/AVP 0\nm=audio 3 RTP/AVP 0\n"), Offer("m=audio 2 RTP/AVP 0\n"));

        Assert.Equal([2, 0], answer.Media.Select(media => media.Port));
    }

    [Fact]
    public void Identifications_come_from_the_offer_and_what_it_does_not_know_is_left_out()
    {
        var offer = Offer("m=audio 1 RTP/AVP 0\na=mid:first\nm=video 1 RTP/AVP 31\n").WithAttribute("group", "BUNDLE first");
        var ours = Offer("m=audio 2 RTP/AVP 0\na=mid:x\na=rtcp-mux\na=ptime:20\nm=video 4 RTP/AVP 31\na=mid:y\n").WithAttribute("group", "BUNDLE x y");

        var answer = SdpOfferAnswer.CreateAnswer(offer, ours);

        Assert.Equal(["first", null], answer.Media.Select(media => media.Identification));
        Assert.Equal(["rtpmap", "mid", "ptime"], answer.Media[0].Attributes.Select(attribute => attribute.Name));
        Assert.Empty(answer.Groups);
    }

    [Fact]
    public void The_times_of_an_answer_are_those_of_the_offer()
    {
        var offer = SdpDescription.Parse("v=0\no=- 1 1 IN IP4 h\ns=-\nt=1 2\nt=3 4\n");
        var ours = SdpDescription.Parse("v=0\no=- 1 1 IN IP4 h\ns=-\nt=0 0\nr=1 1 1\nz=1 1\n");

        Assert.Equal(Crlf.Text("v=0\no=- 1 1 IN IP4 h\ns=-\nt=1 2\nt=3 4\n"), SdpOfferAnswer.CreateAnswer(offer, ours).ToString());
    }

    [Theory]
    [InlineData("", "The answer has 0 media, the offer 1")]
    [InlineData("m=video 1 RTP/AVP 0\na=recvonly\n", "audio over RTP/AVP is answered by video over RTP/AVP (medium 0)")]
    [InlineData("m=audio 1 RTP/SAVP 0\na=recvonly\n", "audio over RTP/AVP is answered by audio over RTP/SAVP (medium 0)")]
    [InlineData("m=audio 1 RTP/AVP 8\na=recvonly\n", "No format of the answer was offered (medium 0)")]
    [InlineData("m=audio 1 RTP/AVP 0\na=sendrecv\n", "sendonly is answered by sendrecv (medium 0)")]
    [InlineData("m=audio 1 RTP/AVP 0\na=recvonly\n", null)]
    [InlineData("m=audio 0 RTP/AVP 8\n", null)]
    public void An_answer_that_does_not_fit_is_told_why(string answered, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], SdpOfferAnswer.CheckAnswer(Offer("m=audio 1 RTP/AVP 0\na=sendonly\n"), Offer(answered)).Select(mismatch => mismatch.ToString()));

    [Fact]
    public void An_answer_to_a_refused_medium_and_other_times_do_not_fit()
    {
        Assert.Equal(["A medium offered with port 0 is accepted (medium 0)"],
            SdpOfferAnswer.CheckAnswer(Offer("m=audio 0 RTP/AVP 0\n"), Offer("m=audio 1 RTP/AVP 0\n")).Select(mismatch => mismatch.ToString()));
        Assert.Equal(["The answer's t= lines are not the offer's"],
            SdpOfferAnswer.CheckAnswer(Session, SdpDescription.Parse("v=0\no=- 1 1 IN IP4 h\ns=-\nt=1 0\n")).Select(mismatch => mismatch.ToString()));
    }

    [Fact]
    public void The_version_counts_up_only_when_something_has_changed()
    {
        var first = Offer("m=audio 1 RTP/AVP 0\n");
        var other = first.WithOrigin(SdpOrigin.Parse("x 9 9 IN IP4 y")).WithDirection(SdpDirection.Inactive);

        Assert.Equal(first, SdpOfferAnswer.CreateChange(first, first.WithOrigin(first.Origin.WithVersion(77))));
        Assert.Equal("- 1 2 IN IP4 h", SdpOfferAnswer.CreateChange(first, other).Origin.ToString());
        Assert.Empty(SdpOfferAnswer.CheckChange(first, SdpOfferAnswer.CreateChange(first, other)));
    }

    [Fact]
    public void A_change_that_breaks_the_rules_is_told_why()
    {
        var first = Offer("m=audio 1 RTP/AVP 0\nm=video 0 RTP/AVP 31\n");

        Assert.Equal(["The o= line names another session"], Problems(first.WithOrigin(SdpOrigin.Parse("- 2 2 IN IP4 h"))));
        Assert.Equal(["The version is 5, not 2", "There are 1 media where 2 were before"], Problems(Offer("m=audio 1 RTP/AVP 0\n").WithOrigin(first.Origin.WithVersion(5))));
        Assert.Equal(["The medium was audio and is video"], Problems(Offer("m=video 1 RTP/AVP 31\nm=audio 1 RTP/AVP 0\n").WithOrigin(first.Origin.WithVersion(2))));

        IEnumerable<string> Problems(SdpDescription next) => SdpOfferAnswer.CheckChange(first, next).Select(mismatch => mismatch.Problem);
    }

    private static SdpDescription Offer(string media) => SdpDescription.Parse(Session + media);
}
