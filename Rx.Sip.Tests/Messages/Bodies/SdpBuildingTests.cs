using System.Net;
using Rx.Sip.Messages.Bodies.Sdp;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

public class SdpBuildingTests
{
    private static readonly SdpDescription Empty = SdpDescription.Create(SdpOrigin.Create("-", 7, IPAddress.Loopback), SdpConnection.Create(IPAddress.Loopback));

    private static readonly SdpMediaDescription Audio = SdpMediaDescription.Create("audio", 4000, "RTP/AVP", ["0"]);

    [Fact]
    public void A_description_is_written_in_the_order_of_rfc_8866()
    {
        var description = Empty
            .WithAttribute("tool", "x")
            .WithSessionName("tea")
            .WithAddedMedia(SdpMediaDescription.CreateRtp("audio", 4000, [new(0, "PCMU", 8000), new(96, "opus", 48000, 2, "useinbandfec=1")])
                .WithAttribute("ptime", "20")
                .WithDirection(SdpDirection.SendOnly)
                .WithConnection(SdpConnection.Create(IPAddress.IPv6Loopback)))
            .WithDirection(SdpDirection.Inactive);

        Assert.Equal(
            Crlf.Text(
                """
                v=0
                o=- 7 1 IN IP4 127.0.0.1
                s=tea
                c=IN IP4 127.0.0.1
                t=0 0
                a=tool:x
                a=inactive
                m=audio 4000 RTP/AVP 0 96
                c=IN IP6 ::1
                a=rtpmap:0 PCMU/8000
                a=rtpmap:96 opus/48000/2
                a=fmtp:96 useinbandfec=1
                a=ptime:20
                a=sendonly

                """),
            description.ToString());
        Assert.Equal(description, SdpDescription.Parse(description.ToString()));
    }

    [Fact]
    public void A_direction_takes_the_place_of_another()
    {
        var media = Audio.WithDirection(SdpDirection.SendOnly).WithDirection(SdpDirection.Inactive);

        Assert.Equal("inactive", Assert.Single(media.Attributes).Name);
        Assert.Equal(SdpDirection.Inactive, Empty.DirectionOf(media));
        Assert.Equal(SdpDirection.ReceiveOnly, Empty.WithDirection(SdpDirection.ReceiveOnly).DirectionOf(Audio));
    }

    [Fact]
    public void Attributes_are_set_added_and_removed()
    {
        var media = Audio.WithAttribute("x", "1").WithAddedAttribute("y", null).WithAddedAttribute("x", "2").WithAddedAttribute("xy", "3");

        Assert.Equal(["1", "2"], media.GetAttributes("x"));
        Assert.True(media.HasAttribute("y"));
        Assert.Null(media.GetAttribute("y"));
        Assert.Equal(["x:4", "y", "xy:3"], media.WithAttribute("x", "4").Attributes.Select(attribute => attribute.ToString()));
        Assert.Equal(["y", "xy:3"], media.WithoutAttribute("x").Attributes.Select(attribute => attribute.ToString()));
        Assert.Equal(["z", "tool"], Empty.WithAttribute("tool", "x").WithoutAttribute("tool").WithAddedAttribute("z", null).WithAddedAttribute("tool", "").Attributes.Select(attribute => attribute.Name));
    }

    [Fact]
    public void Lines_that_are_not_known_stay_when_others_change()
    {
        var description = SdpDescription.Parse("v=0\no=- 1 1 IN IP4 h\ny=1\ns=-\nt=0 0\nw=2\nm=audio 1 RTP/AVP 0\nx=3\na=rtpmap:0 PCMU/8000\n");

        var changed = description.WithConnection(SdpConnection.Parse("IN IP4 h")).WithMedia([description.Media[0].WithPort(0)]);

        Assert.Equal(
            Crlf.Text("v=0\no=- 1 1 IN IP4 h\ny=1\ns=-\nc=IN IP4 h\nt=0 0\nw=2\nm=audio 0 RTP/AVP 0\nx=3\na=rtpmap:0 PCMU/8000\n"),
            changed.ToString());
        Assert.True(changed.Media[0].IsRejected);
        Assert.Null(changed.WithConnection(null).Connection);
    }

    [Fact]
    public void Descriptions_are_equal_by_their_lines()
    {
        Assert.Equal(Empty.WithAddedMedia(Audio), Empty.WithAddedMedia(SdpMediaDescription.Create("audio", 4000, "RTP/AVP", ["0"])));
        Assert.Equal(Empty.WithAddedMedia(Audio).GetHashCode(), Empty.WithMedia([Audio]).GetHashCode());
        Assert.True(Audio == Audio.WithPort(1).WithPort(4000));
        Assert.NotEqual(Empty, Empty.WithSessionName("x"));
        Assert.NotEqual(Empty.WithAddedMedia(Audio), Empty);
        Assert.NotEqual<SdpSection>(Audio, Empty);
    }

    [Fact]
    public void What_would_read_back_as_something_else_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Empty.WithSessionName("a\r\nm=audio 1 RTP/AVP 0"));
        Assert.Throws<ArgumentException>(() => Empty.WithSessionName("\uD800"));
        Assert.Throws<ArgumentException>(() => Empty.WithAttribute("a:b", "c"));
        Assert.Throws<ArgumentException>(() => Empty.WithAttribute("", null));
        Assert.Throws<ArgumentException>(() => Empty.WithAddedAttribute("a", "b\n"));
        Assert.Throws<ArgumentException>(() => Empty.WithOrigin(Empty.Origin with { Username = "a b" }));
        Assert.Throws<ArgumentException>(() => Empty.WithOrigin(Empty.Origin with { SessionId = "x" }));
        Assert.Throws<ArgumentException>(() => Empty.WithConnection(new SdpConnection("IN", "", "h")));
        Assert.Throws<ArgumentException>(() => SdpMediaDescription.Create("audio", 65536, "RTP/AVP", ["0"]));
        Assert.Throws<ArgumentException>(() => SdpMediaDescription.Create("audio", 1, "RTP/AVP", []));
        Assert.Throws<ArgumentException>(() => SdpMediaDescription.Create("audio", 1, "RTP/AVP", ["0 1"]));
        Assert.Throws<ArgumentException>(() => Audio.WithPort(-1));
        Assert.Throws<ArgumentException>(() => Audio.WithCodecs([new SdpCodec(128, "x", 8000)]));
        Assert.Throws<ArgumentException>(() => Audio.WithCodecs([new SdpCodec(96, "x/y", 8000)]));
        Assert.Throws<ArgumentException>(() => Audio.WithCodecs([new SdpCodec(96, "x", 8000), new SdpCodec(96, "y", 8000)]));
        Assert.Throws<ArgumentException>(() => Audio.WithCodecs([new SdpCodec(96, "x", 8000, 1, "a\nb")]));
        Assert.Throws<ArgumentException>(() => Audio.WithCodecs([]));
    }

    [Fact]
    public void Values_are_parsed_or_refused_with_a_format_exception()
    {
        Assert.Equal(new SdpBandwidth("AS", 64), SdpBandwidth.Parse("AS:64"));
        Assert.Equal(new SdpTiming(1, 2), SdpTiming.Parse("1 2"));
        Assert.Throws<FormatException>(() => SdpBandwidth.Parse("AS"));
        Assert.Throws<FormatException>(() => SdpTiming.Parse("1"));
        Assert.Throws<FormatException>(() => SdpOrigin.Parse("x"));
        Assert.Throws<FormatException>(() => SdpConnection.Parse("x"));
        Assert.Throws<FormatException>(() => SdpAttribute.Parse(":x"));
        Assert.Throws<FormatException>(() => SdpDescription.Parse("v=0"));
        Assert.False(SdpDescription.TryParse(null, out _));
    }
}
