using System.Net;
using Rx.Sip.Transports.Dns;
using Xunit;

namespace Rx.Sip.Tests.Transports.Dns;

public class DnsMessageTests
{
    private static readonly DnsQuestion Question = new("_sip._udp.example.test", DnsType.Srv);

    private static readonly DnsMessage Response = new()
    {
        Id = 0xBEEF,
        IsResponse = true,
        Question = Question,
        PayloadSize = 1232,
        Answers =
        [
            new DnsRecord.Alias("_sip._udp.example.test", Seconds(300), "_sip._udp.example.net"),
            new DnsRecord.Server("_sip._udp.example.net", Seconds(60), 1, 2, 5060, "a.example.net"),
            new DnsRecord.Server("_sip._udp.example.net", Seconds(60), 0, 0, 0, ""),
            new DnsRecord.Rule("example.test", Seconds(60), 50, 50, "s", "SIP+D2U", "", "_sip._udp.example.test"),
            new DnsRecord.Address("a.example.net", Seconds(5), IPAddress.Parse("192.0.2.1")),
            new DnsRecord.Address("a.example.net", Seconds(5), IPAddress.Parse("2001:db8::1")),
        ],
        Authorities = [new DnsRecord.Authority("example.test", Seconds(900), Seconds(90))],
    };

    // The name of the question is written once and referred to: 0xC00C points behind the header.
    private static readonly byte[] Compressed = Octets(
        "1234 8180 0001 0002 0000 0001  04 5F736970 04 5F756470 07 6578616D706C65 04 74657374 00 0021 0001"
        + "C00C 0021 0001 0000012C 000A 0001 0002 13C4 01 61 C016"
        + "01 41 C016 0001 0001 80000000 0004 C0000201"
        + "00 0029 04D0 00000000 0000");

    [Fact]
    public void What_was_written_reads_back_the_same()
    {
        Assert.True(DnsMessage.TryRead(Response.ToOctets(), out var read));

        Assert.Equal((Response.Id, true, false, DnsCode.NoError, 1232), (read.Id, read.IsResponse, read.IsTruncated, read.Code, read.PayloadSize));
        Assert.Equal(Question, read.Question);
        Assert.Equal(Response.Answers, read.Answers);
        Assert.Equal(Response.Authorities, read.Authorities);
    }

    [Fact]
    public void Names_may_be_compressed_and_a_time_with_its_first_bit_set_is_none()
    {
        Assert.True(DnsMessage.TryRead(Compressed, out var read));

        Assert.Equal(Question, read.Question);
        Assert.Equal(
            [
                new DnsRecord.Server("_sip._udp.example.test", Seconds(300), 1, 2, 5060, "a.example.test"),
                new DnsRecord.Address("a.example.test", TimeSpan.Zero, IPAddress.Parse("192.0.2.1")),
            ],
            read.Answers);
        Assert.Equal(1232, read.PayloadSize);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    public void A_code_reads_back_the_extended_bits_included(int code)
    {
        Assert.True(DnsMessage.TryRead(new DnsMessage { Id = 1, IsResponse = true, Code = (DnsCode)code, PayloadSize = 512 }.ToOctets(), out var read));

        Assert.Equal((DnsCode)code, read.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234 8180 0001 0000 0000 00")]
    [InlineData("1234 8180 0002 0000 0000 0000 00 0001 0001 00 0001 0001")]
    [InlineData("1234 8180 0001 0000 0000 0000 C00C 0001 0001")]
    [InlineData("1234 8180 0001 0000 0000 0000 C00E C00C 0001 0001")]
    [InlineData("1234 8180 0001 0000 0000 0000 FFFF 0001 0001")]
    [InlineData("1234 8180 0001 0000 0000 0000 01 61 C00C 0001 0001")]
    [InlineData("1234 8180 0001 0000 0000 0000 80 61 00 0001 0001")]
    [InlineData("1234 8180 0001 0000 0000 0000 3F 61 00 0001 0001")]
    [InlineData("1234 8180 0001 0000 0000 0000 01 61 00 0001 0003")]
    [InlineData("1234 9180 0001 0000 0000 0000 01 61 00 0001 0001")]
    [InlineData("1234 8180 0000 FFFF FFFF FFFF")]
    [InlineData("1234 8180 0000 0001 0000 0000 01 61 00 0001 0001 00000001 0003 C00002")]
    [InlineData("1234 8180 0000 0001 0000 0000 01 61 00 0001 0001 00000001 0004 C00002")]
    [InlineData("1234 8180 0000 0001 0000 0000 01 61 00 0005 0001 00000001 0004 01 61 00 00")]
    [InlineData("1234 8180 0000 0001 0000 0000 01 61 00 0023 0001 00000001 0008 0001 0001 05 73 00 00")]
    public void What_is_malformed_is_none(string octets) => Assert.False(DnsMessage.TryRead(Octets(octets), out _));

    [Fact]
    public void A_message_that_is_cut_off_is_one_only_if_it_says_so()
    {
        var octets = Response.ToOctets();
        for (var length = 0; length < octets.Length; length++)
            Assert.False(DnsMessage.TryRead(octets.AsSpan(0, length), out _));

        octets[2] |= 0x02;
        Assert.True(DnsMessage.TryRead(octets.AsSpan(0, octets.Length - 40), out var truncated));
        Assert.True(truncated.IsTruncated);
        Assert.Equal(Question, truncated.Question);
    }

    [Fact]
    public void Records_of_types_and_classes_that_do_not_matter_are_passed_over()
    {
        Assert.True(DnsMessage.TryRead(Octets("1234 8180 0000 0002 0000 0000 01 61 00 0010 0001 00000005 0002 01 78 01 61 00 0001 0003 00000005 0001 00"), out var read));

        Assert.All(read.Answers, record => Assert.IsType<DnsRecord.Other>(record));
    }

    [Fact]
    public void A_name_of_255_octets_is_read_and_a_longer_one_is_not()
    {
        var longest = string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', 61));
        Assert.True(DnsName.TryNormalize(longest, out _));
        Assert.False(DnsName.TryNormalize(longest + "d", out _));
        var octets = new DnsMessage { Id = 1, Question = new DnsQuestion(longest, DnsType.A) }.ToOctets();
        Assert.True(DnsMessage.TryRead(octets, out var read));
        Assert.Equal(longest, read.Question!.Value.Name);

        // One label more before it, the rest by reference.
        var more = new List<byte>(octets) { 1, (byte)'x', 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 192, 0, 2, 1 };
        more[7] = 1;
        Assert.False(DnsMessage.TryRead([.. more], out _));
    }

    [Theory]
    [InlineData("Example.TEST.", "example.test")]
    [InlineData("_sip._udp.a-b", "_sip._udp.a-b")]
    public void A_host_is_a_name_in_lower_case_without_its_last_dot(string host, string expected)
    {
        Assert.True(DnsName.TryNormalize(host, out var name));
        Assert.Equal(expected, name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a b")]
    [InlineData("ä.test")]
    [InlineData("a\\046b")]
    public void What_can_not_be_asked_for_is_no_name(string host) => Assert.False(DnsName.TryNormalize(host, out _));

    [Fact]
    public void Octets_that_no_host_has_in_its_name_can_be_read_and_not_be_asked_for()
    {
        Assert.True(DnsMessage.TryRead(Octets("1234 8180 0001 0000 0000 0000 03 61 2E 0A 00 0001 0001"), out var read));

        Assert.Equal("a\\046\\010", read.Question!.Value.Name);
        Assert.False(DnsName.TryNormalize(read.Question.Value.Name, out _));
    }

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);

    private static byte[] Octets(string hexadecimal) => Convert.FromHexString(hexadecimal.Replace(" ", "", StringComparison.Ordinal));
}
