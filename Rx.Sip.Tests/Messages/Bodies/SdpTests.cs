using System.Text;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Sdp;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

public class SdpTests
{
    /// <summary>RFC 8866 §5.</summary>
    private const string Example =
        """
        v=0
        o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1
        s=Call to John Smith
        i=SDP Offer #1
        u=http://www.jdoe.example.com/home.html
        e=Jane Doe <jane@jdoe.example.com>
        p=+1 617 555-6011
        c=IN IP4 198.51.100.1
        t=0 0
        m=audio 49170 RTP/AVP 0
        m=audio 49180 RTP/AVP 0
        m=video 51372 RTP/AVP 99
        c=IN IP6 2001:db8::2
        a=rtpmap:99 h263-1998/90000

        """;

    /// <summary>All that there is, in the order of RFC 8866 §9.</summary>
    private const string Everything =
        """
        v=0
        o=- 1 18446744073709551615 IN IP6 ::1
        s= 
        e=a@x
        e=b@x
        p=+1
        p=+2
        c=IN IP4 233.252.0.1/127/3
        b=X-YZ:128
        b=CT:0
        t=3034423619 3042462419
        r=604800 3600 0 90000
        t=0 0
        z=2882844526 -1h 2898848070 0
        k=clear:password
        a=group:BUNDLE 1 two
        a=x
        a=x:
        a=x:a:b c
        y=what is this
        m=audio 49170/2 RTP/SAVP 96 0 97 13
        i=title
        c=IN IP4 0.0.0.0
        c=IN IP4 233.252.0.2
        b=AS:64
        k=prompt
        a=rtpmap:96 opus/48000/2
        a=fmtp:96 useinbandfec=1; stereo=0
        a=rtpmap:97 what is this
        a=mid:1
        a=ptime:20
        a=sendonly
        w=1
        m=application 9 UDP/DTLS/SCTP webrtc-datachannel

        """;

    [Fact]
    public void The_example_of_rfc_8866_is_read()
    {
        var read = SdpDescription.Parse(Example);

        Assert.Equal(new SdpOrigin("jdoe", "3724394400", 3724394405, "IN", "IP4", "198.51.100.1"), read.Origin);
        Assert.Equal(("Call to John Smith", "SDP Offer #1", "http://www.jdoe.example.com/home.html"), (read.SessionName, read.Information, read.Uri));
        Assert.Equal(["Jane Doe <jane@jdoe.example.com>"], read.EmailAddresses);
        Assert.Equal(["+1 617 555-6011"], read.PhoneNumbers);
        Assert.Equal([SdpTiming.Unbounded], read.Timings);
        Assert.Equal(["audio", "audio", "video"], read.Media.Select(media => media.Media));
        Assert.Equal([49170, 49180, 51372], read.Media.Select(media => media.Port));
        Assert.Equal(["198.51.100.1", "198.51.100.1", "2001:db8::2"], read.Media.Select(media => read.ConnectionOf(media)!.Address));
        Assert.Equal([new SdpCodec(0, "PCMU", 8000)], read.Media[0].Codecs);
        Assert.Equal([new SdpCodec(99, "h263-1998", 90000)], read.Media[2].Codecs);
        Assert.All(read.Media, media => Assert.Equal(SdpDirection.SendReceive, read.DirectionOf(media)));
    }

    [Fact]
    public void Every_line_of_rfc_8866_is_read_and_unknown_ones_survive()
    {
        var read = SdpDescription.Parse(Everything);
        var audio = read.Media[0];

        Assert.Equal(ulong.MaxValue, read.Origin.Version);
        Assert.Equal([new SdpBandwidth("X-YZ", 128), new SdpBandwidth("CT", 0)], read.Bandwidths);
        Assert.Equal([new SdpTiming(3034423619, 3042462419), SdpTiming.Unbounded], read.Timings);
        Assert.Equal("clear:password", read.Key);
        Assert.Equal([new SdpGroup("BUNDLE", ["1", "two"])], read.Groups);
        Assert.Equal([new("group", "BUNDLE 1 two"), new SdpAttribute("x"), new("x", ""), new("x", "a:b c")], read.Attributes);
        Assert.Contains(new SdpLine('y', "what is this"), read.Lines);
        Assert.Equal((2, "RTP/SAVP", "title"), (audio.PortCount, audio.Protocol, audio.Information));
        Assert.Equal(["96", "0", "97", "13"], audio.Formats);
        Assert.True(audio.Connection!.IsHold);
        Assert.Equal([new(96, "opus", 48000, 2, "useinbandfec=1; stereo=0"), new SdpCodec(0, "PCMU", 8000), new(13, "CN", 8000)], audio.Codecs);
        Assert.Equal((SdpDirection.SendOnly, TimeSpan.FromMilliseconds(20), "1"), (audio.Direction, audio.PacketTime, audio.Identification));
        Assert.Equal(["webrtc-datachannel"], read.Media[1].Formats);
        Assert.Empty(read.Media[1].Codecs);
    }

    [Theory]
    [InlineData(Example)]
    [InlineData(Everything)]
    public void What_was_read_is_written_octet_by_octet(string text) =>
        Assert.Equal(Crlf.Text(text), Crlf.Of(SdpDescription.Parse(Crlf.Text(text)).ToBytes()));

    [Fact]
    public void Line_feeds_alone_a_missing_last_line_end_and_empty_lines_around_are_understood()
    {
        var expected = SdpDescription.Parse(Example);

        Assert.Equal(expected, SdpDescription.Parse(Example.ReplaceLineEndings("\n")));
        Assert.Equal(expected, SdpDescription.Parse(Crlf.Text(Example).TrimEnd()));
        Assert.Equal(expected, SdpDescription.Parse(Crlf.Text(Example) + "\r\n\n"));
        Assert.Equal(expected, SdpDescription.Parse(Crlf.Text(Example)[..^1]));
        Assert.Equal(expected, SdpDescription.Parse("\r\n" + Crlf.Text(Example)));
    }

    [Fact]
    public void The_order_of_lines_is_kept_though_not_insisted_on()
    {
        const string text = "v=0\r\nt=0 0\r\nc=IN IP4 h\r\ns=-\r\no=- 1 1 IN IP4 h\r\nm=audio 1 RTP/AVP 0\r\na=ptime:20\r\nb=AS:1\r\n";

        Assert.Equal(text, SdpDescription.Parse(text).ToString());
    }

    [Fact]
    public void Octets_that_are_not_utf_8_survive()
    {
        var octets = Encoding.Latin1.GetBytes("v=0\r\no=- 1 1 IN IP4 h\r\ns=Größe\r\nt=0 0\r\na=charset:ISO-8859-1\r\n");

        var read = Assert.IsType<BodyResult<SdpDescription>.Parsed>(SdpDescription.Read(octets)).Value;

        Assert.Equal("Größe", read.SessionName);
        Assert.Equal(octets, read.ToBytes().ToArray());
        Assert.Equal("Ω", SdpDescription.Parse(Crlf.Of(read.WithSessionName("Ω").ToBytes())).SessionName);
    }

    [Theory]
    [InlineData("", "The description is empty", 1, 0)]
    [InlineData("\n\n", "The description is empty", 2, 1)]
    [InlineData("o=- 1 1 IN IP4 h\n", "The first line, and no other, is v=", 1, 0)]
    [InlineData("v=1\n", "The v= line can't be read", 1, 0)]
    [InlineData("v=0\nv=0\n", "The first line, and no other, is v=", 2, 4)]
    [InlineData("v=0\no=- 1 1 IN IP4\n", "The o= line can't be read", 2, 4)]
    [InlineData("v=0\no=- x 1 IN IP4 h\n", "The o= line can't be read", 2, 4)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\no=- 1 1 IN IP4 h\n", "There is a second o= line", 3, 21)]
    [InlineData("v=0\ns=-\nt=0 0\n", "The description has no o= line", 3, 8)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nt=0 0\n", "The description has no s= line", 3, 21)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\ns=-\n", "The description has no t= line", 3, 21)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\ns=-\nm=audio 1 RTP/AVP 0\nt=0 0\n", "The description has no t= line", 5, 45)]
    [InlineData("v=0\nt=0\n", "The t= line can't be read", 2, 4)]
    [InlineData("v=0\nc=IN IP4\n", "The c= line can't be read", 2, 4)]
    [InlineData("v=0\nb=64\n", "The b= line can't be read", 2, 4)]
    [InlineData("v=0\na=\n", "The a= line can't be read", 2, 4)]
    [InlineData("v=0\na=:x\n", "The a= line can't be read", 2, 4)]
    [InlineData("v=0\nm=audio 1 RTP/AVP\n", "The m= line can't be read", 2, 4)]
    [InlineData("v=0\nm=audio 65536 RTP/AVP 0\n", "The m= line can't be read", 2, 4)]
    [InlineData("v=0\nm=audio 1/x RTP/AVP 0\n", "The m= line can't be read", 2, 4)]
    [InlineData("v=0\n\ns=-\n", "An empty line stands in the description", 2, 4)]
    [InlineData("v=0\nx\n", "A line is no letter, equals sign and value", 2, 4)]
    [InlineData("v=0\n1=\n", "A line is no letter, equals sign and value", 2, 4)]
    [InlineData("v=0\ns=a\rb\n", "A line holds a stray carriage return or NUL", 2, 4)]
    [InlineData("v=0\ns=\0\n", "A line holds a stray carriage return or NUL", 2, 4)]
    public void What_is_no_description_says_why_and_where(string text, string problem, int line, int offset) =>
        Assert.Equal(new BodyError(problem, line, offset), Crlf.ErrorOf(SdpDescription.Read(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void More_lines_than_allowed_are_refused() =>
        Assert.Equal(new BodyError("The description has more than 3 lines", 4, 25),
            Crlf.ErrorOf(SdpDescription.Read(Encoding.UTF8.GetBytes("v=0\no=- 1 1 IN IP4 h\ns=-\na=x\na=x\n"), new BodyLimits { MaxLines = 3 })));

    [Fact]
    public void A_transfer_encoding_is_taken_off_first()
    {
        var content = new ContentDescription("application/sdp", Convert.ToBase64String(Encoding.UTF8.GetBytes(Example))).WithHeader("Content-Transfer-Encoding", "base64");

        Assert.Equal(BodyOf(SdpDescription.Read(content)), SdpDescription.Parse(Example));
        Assert.Equal("The transfer encoding is not x-other", Crlf.ErrorOf(SdpDescription.Read(content.WithHeader("Content-Transfer-Encoding", "x-other"))).Problem);
    }

    private static SdpDescription BodyOf(BodyResult<SdpDescription> result) => Assert.IsType<BodyResult<SdpDescription>.Parsed>(result).Value;
}
