using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Transports.Stun;
using Xunit;

namespace Rx.Sip.Tests.Transports.Stun;

/// <summary>The few messages of STUN that keep a flow alive, RFC 5389 and RFC 5626 §8.</summary>
public class StunMessageTests
{
    // RFC 5769 §2.2, a response over IPv4 with SOFTWARE, MESSAGE-INTEGRITY and FINGERPRINT.
    private const string KnownResponse =
        "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";

    private static readonly StunId Id = new(0xB7E7A701BC34D686, 0xFA87DFAE);

    [Fact]
    public void The_response_of_RFC_5769_says_where_the_request_seemed_to_come_from()
    {
        var message = StunMessage.Read(Convert.FromHexString(KnownResponse));
        Assert.Equal((StunKind.Success, Id, null), (message.Kind, message.Id, message.Unknown));
        Assert.Equal(IPEndPoint.Parse("192.0.2.1:32853"), message.Mapped);
    }

    [Fact]
    public void A_request_is_twenty_octets_and_no_attributes() =>
        Assert.Equal("000100002112a442b7e7a701bc34d686fa87dfae", Convert.ToHexString(StunMessage.Request(Id)), ignoreCase: true);

    [Theory]
    [InlineData("192.0.2.1:32853")]
    [InlineData("[2001:db8:1234:5678:11:2233:4455:6677]:32853")]
    public void The_answer_to_a_request_tells_its_source(string source)
    {
        var answer = StunMessage.Read(StunMessage.Read(StunMessage.Request(Id)).Answer(IPEndPoint.Parse(source)));
        Assert.Equal((StunKind.Success, Id), (answer.Kind, answer.Id));
        Assert.Equal(IPEndPoint.Parse(source), answer.Mapped);
    }

    [Fact]
    public void What_must_be_understood_and_is_not_is_refused_with_420()
    {
        var request = StunMessage.Read([.. StunMessage.Request(Id).AsSpan(0, 2), 0, 4, .. StunMessage.Request(Id).AsSpan(4), 0x00, 0x30, 0, 0]);
        Assert.Equal((ushort)0x0030, request.Unknown);
        var answer = request.Answer(IPEndPoint.Parse("192.0.2.1:5060"));
        Assert.Equal(StunKind.Error, StunMessage.Read(answer).Kind);
        Assert.Equal([0, 0, 4, 20], answer[24..28]);
    }

    [Fact]
    public void No_datagram_makes_the_reader_throw() => Prop.ForAll<byte[], bool>((octets, asStun) =>
    {
        byte[] datagram = asStun ? [.. StunMessage.Request(Id).AsSpan(0, 2), 0, (byte)octets.Length, .. StunMessage.Request(Id).AsSpan(4), .. octets] : octets;
        var message = StunMessage.Read(datagram);
        return message.Kind != StunKind.Request || message.Answer(new IPEndPoint(IPAddress.Loopback, 1)).Length >= 32;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("0001")]
    [InlineData("000100042112a442b7e7a701bc34d686fa87dfae")]
    [InlineData("000100002112a443b7e7a701bc34d686fa87dfae")]
    [InlineData("010100082112a442b7e7a701bc34d686fa87dfae0020000800010000")]
    public void What_is_cut_or_of_another_protocol_is_nothing(string hex) =>
        Assert.Equal(default, StunMessage.Read(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("SIP/2.0 200 OK", false)]
    [InlineData("\r\n\r\n", false)]
    [InlineData("", false)]
    [InlineData("\u0001\u0001", true)]
    public void The_first_octet_tells_STUN_from_SIP(string datagram, bool isStun) =>
        Assert.Equal(isStun, StunMessage.IsStun(System.Text.Encoding.ASCII.GetBytes(datagram)));
}
