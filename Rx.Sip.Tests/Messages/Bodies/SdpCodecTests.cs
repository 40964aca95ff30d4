using Rx.Sip.Messages.Bodies.Sdp;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

public class SdpCodecTests
{
    [Theory]
    [InlineData(0, "0 PCMU/8000")]
    [InlineData(3, "3 GSM/8000")]
    [InlineData(4, "4 G723/8000")]
    [InlineData(5, "5 DVI4/8000")]
    [InlineData(6, "6 DVI4/16000")]
    [InlineData(7, "7 LPC/8000")]
    [InlineData(8, "8 PCMA/8000")]
    [InlineData(9, "9 G722/8000")]
    [InlineData(10, "10 L16/44100/2")]
    [InlineData(11, "11 L16/44100")]
    [InlineData(12, "12 QCELP/8000")]
    [InlineData(13, "13 CN/8000")]
    [InlineData(14, "14 MPA/90000")]
    [InlineData(15, "15 G728/8000")]
    [InlineData(16, "16 DVI4/11025")]
    [InlineData(17, "17 DVI4/22050")]
    [InlineData(18, "18 G729/8000")]
    [InlineData(25, "25 CelB/90000")]
    [InlineData(26, "26 JPEG/90000")]
    [InlineData(28, "28 nv/90000")]
    [InlineData(31, "31 H261/90000")]
    [InlineData(32, "32 MPV/90000")]
    [InlineData(33, "33 MP2T/90000")]
    [InlineData(34, "34 H263/90000")]
    [InlineData(1, null)]
    [InlineData(96, null)]
    public void Payload_types_of_rfc_3551_need_no_map(int payloadType, string? expected) => Assert.Equal(expected, SdpCodec.OfStatic(payloadType)?.ToString());

    [Theory]
    [InlineData("96 opus/48000/2", 96, 2)]
    [InlineData("127 x/1", 127, 1)]
    [InlineData("0 PCMU/2147483647", 0, 1)]
    public void A_map_is_read(string map, int payloadType, int channels)
    {
        var codec = SdpCodec.Read(map);

        Assert.Equal((payloadType, channels), (codec?.PayloadType, codec?.Channels));
        Assert.Equal(payloadType, SdpCodec.PayloadTypeOf(map));
    }

    [Theory]
    [InlineData("128 x/1")]
    [InlineData("x x/1")]
    [InlineData("96 /1")]
    [InlineData("96 x")]
    [InlineData("96 x/y")]
    [InlineData("96 x/2147483648")]
    [InlineData("96 x/1/2/3")]
    [InlineData("96 x/1/y")]
    [InlineData("96")]
    [InlineData("")]
    public void What_is_no_map_is_not(string map) => Assert.Null(SdpCodec.Read(map));

    [Theory]
    [InlineData("", -1)]
    [InlineData("96", -1)]
    [InlineData("128 x", -1)]
    [InlineData(" 96 x", 96)]
    public void The_payload_type_stands_in_front(string text, int expected) => Assert.Equal(expected, SdpCodec.PayloadTypeOf(text));

    [Fact]
    public void An_encoding_is_the_same_whatever_its_number_and_case()
    {
        var opus = new SdpCodec(96, "opus", 48000, 2, null);

        Assert.True(opus.IsSameEncoding(new SdpCodec(111, "OPUS", 48000, 2, "useinbandfec=1")));
        Assert.False(opus.IsSameEncoding(new SdpCodec(96, "opus", 48000)));
        Assert.False(opus.IsSameEncoding(new SdpCodec(96, "opus", 16000, 2, null)));
        Assert.False(opus.IsSameEncoding(new SdpCodec(96, "speex", 48000, 2, null)));
        Assert.False(opus.IsSameEncoding(null!));
    }
}
