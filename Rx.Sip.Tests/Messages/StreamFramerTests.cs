using System.Text;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class StreamFramerTests
{
    private const string First = "MESSAGE sip:bob@example.test SIP/2.0\r\nVia: SIP/2.0/TCP h\r\nSubject: a\r\n b\r\nContent-Length: 5\r\n\r\nhello";
    private const string Second = "SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP h\r\nl: 0\r\n\r\n";

    public static TheoryData<int> Pieces => [.. Enumerable.Range(1, 12), 100, 10_000];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void The_pieces_a_stream_comes_in_make_no_difference(int length) =>
        Assert.Equal([First, Second, First], Stream.Read(Stream.InPieces(Encoding.UTF8.GetBytes(First + Second + First), length)));

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Pings_are_told_whatever_pieces_they_come_in(int length)
    {
        var items = Stream.Read(Stream.InPieces(Encoding.UTF8.GetBytes("\r\n\r\n" + First + "\r\n\r\n\r\n\r\n" + Second + "\r\n\r\n"), length));

        Assert.Equal(["Ping", First, "Ping", "Ping", Second, "Ping"], items.Where(item => item != "Pong"));
    }

    [Fact]
    public void A_single_line_end_is_a_pong_as_soon_as_it_comes() => Assert.Equal(["Pong", First, "Pong"], Stream.Read("\r\n" + First + "\r\n"));

    [Fact]
    public void Stray_line_ends_are_passed_over() => Assert.Equal([First, Second], Stream.Read("\n\n\r\r" + First + "\n\r" + Second));

    [Fact]
    public void A_million_line_ends_are_no_burden() =>
        Assert.Equal([First], Stream.Read([new byte[1_000_000].Select(_ => (byte)'\n').ToArray(), Encoding.UTF8.GetBytes(First)]));

    [Fact]
    public void A_message_with_a_defect_is_told_and_the_stream_goes_on() => Assert.Equal(
        ["Malformed BadHeader 38 MESSAGE sip:bob@example.test", Second],
        Stream.Read(First.Replace("Via", "V a", StringComparison.Ordinal) + Second));

    [Fact]
    public void A_message_whose_first_line_is_nonsense_is_told_and_the_stream_goes_on() => Assert.Equal(
        ["Malformed BadStartLine 0 ", Second],
        Stream.Read(First.Replace("MESSAGE sip", "nonsense", StringComparison.Ordinal) + Second));

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Behind_what_can_not_be_measured_nothing_comes(int length)
    {
        var stream = Encoding.UTF8.GetBytes(First + First.Replace("Content-Length: 5\r\n", "", StringComparison.Ordinal) + Second);

        var items = Stream.Read(Stream.InPieces(stream, length));

        Assert.Equal([First, "Broken MissingContentLength 76 MESSAGE sip:bob@example.test"], items);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nl: 6", "Broken BadContentLength 96")]
    [InlineData("Content-Length: -5", "Broken BadContentLength 90")]
    [InlineData("Content-Length: 5, 5", "Broken BadContentLength 90")]
    [InlineData("Content-Length:", "Broken BadContentLength 89")]
    [InlineData("Content-Length: 99999999999999999999", "Broken BadContentLength 90")]
    [InlineData("Content-Length: 1048577", "Broken TooLarge 101")]
    public void A_length_that_can_not_be_relied_on_ends_the_stream(string line, string expected) => Assert.Equal(
        [$"{expected} MESSAGE sip:bob@example.test"],
        Stream.Read(First.Replace("Content-Length: 5", line, StringComparison.Ordinal)));

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 5")]
    [InlineData("CONTENT-LENGTH  : 0005  ")]
    [InlineData("l:5")]
    [InlineData("Content-Length:\r\n  5")]
    public void A_length_may_be_written_as(string line)
    {
        var message = First.Replace("Content-Length: 5", line, StringComparison.Ordinal);

        Assert.Equal([message, Second], Stream.Read(message + Second));
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Headers_that_have_no_end_end_the_stream_at_the_limit(int length)
    {
        var limits = new SipLimits { MaxHeaderOctets = 100 };

        var items = Stream.Read(Stream.InPieces(Encoding.UTF8.GetBytes(First[..38] + new string('x', 10_000)), length), limits);

        Assert.Equal(["Broken TooLarge 38 MESSAGE sip:bob@example.test"], items);
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public void A_first_line_that_has_no_end_ends_the_stream_at_the_limit(int length) => Assert.Equal(
        ["Broken TooLarge 0 "],
        Stream.Read(Stream.InPieces(new byte[1000].Select(_ => (byte)'x').ToArray(), length), new SipLimits { MaxHeaderOctets = 100 }));

    [Fact]
    public void More_header_fields_than_allowed_end_the_stream() => Assert.Equal(
        ["Broken TooManyHeaders 58 MESSAGE sip:bob@example.test"],
        Stream.Read(First, new SipLimits { MaxHeaders = 1 }));

    [Fact]
    public void Header_fields_beyond_the_usual_number_are_kept()
    {
        var many = string.Concat(Enumerable.Range(0, 999).Select(i => $"X: {i}\r\n"));
        var framer = new StreamFramer(SipLimits.Default);
        var chunk = new ReadOnlySpan<byte>(Encoding.UTF8.GetBytes($"SIP/2.0 200 OK\r\n{many}l: 0\r\n\r\n"));

        Assert.Equal(StreamItem.Message, framer.Next(ref chunk, out var message, out _));

        Assert.Equal(Enumerable.Range(0, 999).Select(i => $"{i}"), message!.Headers.GetAll("x"));
    }

    [Fact]
    public void An_idle_stream_holds_no_memory()
    {
        var framer = new StreamFramer(SipLimits.Default);
        var large = First.Replace("Content-Length: 5\r\n\r\nhello", "Content-Length: 500000\r\n\r\n", StringComparison.Ordinal) + new string('x', 500_000);

        foreach (var piece in Stream.InPieces(Encoding.UTF8.GetBytes(large), 1000))
            framer.Append(piece);
        Assert.InRange(framer.Room, 500_000, 2_000_000);

        Assert.Equal(StreamItem.Message, framer.Next(out _, out _));
        Assert.Equal((0, 0), (framer.Room, framer.Buffered));
    }

    [Fact]
    public void A_broken_stream_holds_no_memory_and_takes_none()
    {
        var framer = new StreamFramer(SipLimits.Default);
        framer.Append("\r\n\r\nGET / HTTP/1.1\r\nHost: example.test\r\n\r\n"u8);
        Assert.Equal(StreamItem.Ping, framer.Next(out _, out _));
        Assert.Equal(StreamItem.Broken, framer.Next(out _, out var error));
        Assert.Equal(SipParseReason.BadStartLine, error!.Reason);

        framer.Append(new byte[1000]);

        Assert.Equal(StreamItem.None, framer.Next(out _, out _));
        Assert.Equal((true, 0, 0), (framer.IsBroken, framer.Room, framer.Buffered));
    }

    [Fact]
    public void Octets_that_wait_can_be_appended_first_and_taken_later()
    {
        var framer = new StreamFramer(SipLimits.Default);
        framer.Append(Encoding.UTF8.GetBytes(First + Second + First[..^1]));

        Assert.Equal(StreamItem.Message, framer.Next(out var first, out _));
        Assert.Equal(StreamItem.Message, framer.Next(out var second, out _));
        Assert.Equal(StreamItem.None, framer.Next(out _, out _));
        Assert.Equal(First.Length - 1, framer.Buffered);
        framer.Append("o"u8);
        Assert.Equal(StreamItem.Message, framer.Next(out var third, out _));

        Assert.Equal([First, Second, First], new[] { first, second, third }.Select(message => message!.ToWireString()));
        Assert.Equal(First.Length * 2 + Second.Length, framer.Consumed);
    }

    [Fact]
    public void A_peer_that_sends_an_octet_at_a_time_costs_time_in_proportion()
    {
        var framer = new StreamFramer(new SipLimits { MaxHeaderOctets = 1_000_000 });
        var octets = Encoding.UTF8.GetBytes(Second[..^2] + "X: " + new string('x', 300_000) + "\r\n" + string.Concat(Enumerable.Repeat(" \r\n", 50_000)) + "\r\n");

        // Were the octets looked at anew for each one that comes, this would be a hundred thousand million steps.
        Assert.Equal([Encoding.UTF8.GetString(octets)], Stream.Read(framer, Stream.InPieces(octets, 1)));
    }
}
