using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Cpim;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

public class CpimTests
{
    /// <summary>RFC 3862 §5.1.</summary>
    private const string Example =
        """
        From: MR SANDERS <im:piglet@100akerwood.com>
        To: Depressed Donkey <im:eeyore@100akerwood.com>
        DateTime: 2000-12-13T13:40:00-08:00
        Subject: the weather will be fine today
        Subject:;lang=fr beau temps prevu pour aujourd'hui
        NS: MyFeatures <mid:MessageFeatures@id.foo.com>
        Require: MyFeatures.VitalMessageOption
        MyFeatures.VitalMessageOption: Confirmation-requested
        MyFeatures.WackyMessageOption: Use-silly-font

        Content-type: text/xml; charset=utf-8
        Content-ID: <1234567890@foo.com>

        <body>
        Here is the text of my message.
        </body>
        """;

    private static readonly CpimMessage Plain =
        CpimMessage.Create(new CpimAddress("sip:alice@example.test"), new CpimAddress("sip:bob@example.test"), new ContentDescription("text/plain", "hello"));

    [Fact]
    public void The_example_of_rfc_3862_is_read()
    {
        var message = CpimMessage.Parse(new ContentDescription("Message/CPIM", Crlf.Text(Example)));

        Assert.Equal(new CpimAddress("MR SANDERS", "im:piglet@100akerwood.com"), message.From);
        Assert.Equal([new CpimAddress("Depressed Donkey", "im:eeyore@100akerwood.com")], message.To);
        Assert.Empty(message.CourtesyCopies);
        Assert.Equal(new DateTimeOffset(2000, 12, 13, 13, 40, 0, TimeSpan.FromHours(-8)), message.DateTime);
        Assert.Equal("the weather will be fine today", message.Subject);
        Assert.Equal([null, "fr"], message.Headers.Where(header => header.Name == "Subject").Select(header => header.Language));
        Assert.Equal(["MyFeatures.VitalMessageOption"], message.Require);
        Assert.Equal("Confirmation-requested", message.Get("MyFeatures.VitalMessageOption"));
        Assert.Null(message.Get("myfeatures.vitalmessageoption"));
        Assert.Equal("1234567890@foo.com", message.Content.ContentId);
        Assert.Equal("text/xml", message.Content.ContentType.Name);
        Assert.EndsWith("</body>", message.Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_rfc_3862_is_written_octet_by_octet() =>
        Assert.Equal(Crlf.Text(Example), CpimMessage.Parse(new ContentDescription("Message/CPIM", Crlf.Text(Example))).ToContent().Text);

    [Fact]
    public void A_message_is_built_and_read_back()
    {
        var message = Plain
            .WithAddedTo(new CpimAddress("Carol \"C\" \\ \u0001", "tel:+1"))
            .WithSubject("first\nsecond\t\\ü")
            .WithDateTime(new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero))
            .WithNamespace("imdn", "urn:ietf:params:imdn")
            .WithAddedHeader(CpimHeader.Create("imdn.Message-ID", "34jk"));

        var read = CpimMessage.Parse(message.ToContent());

        Assert.Equal(message, read);
        Assert.Equal(message.GetHashCode(), read.GetHashCode());
        Assert.Equal("first\nsecond\t\\ü", read.Subject);
        Assert.Equal("Carol \"C\" \\ \u0001", read.To[1].FormalName);
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero), read.DateTime);
        Assert.Equal("34jk", read.Get("imdn.Message-ID"));
        Assert.Equal("message/cpim", message.ToContent().ContentType.Name);
    }

    [Theory]
    [InlineData(@"a\u0041\\\""\'\b\t\n\r", "aA\\\"'\b\t\n\r")]
    [InlineData(@"\x\u12", "xu12")]
    [InlineData(@"end\", "end")]
    public void Escapes_are_taken_off(string value, string text) => Assert.Equal(text, new CpimHeader("Subject", "", value).Text);

    [Theory]
    [InlineData("<sip:a@b>", null, "sip:a@b")]
    [InlineData("Winnie the Pooh <im:pooh@x>", "Winnie the Pooh", "im:pooh@x")]
    [InlineData("\"a \\\"b\\\" <c>\" <im:d@x>", "a \"b\" <c>", "im:d@x")]
    [InlineData("\"\" <im:d@x>", "", "im:d@x")]
    public void Addresses_are_read(string value, string? name, string uri) => Assert.Equal(new CpimAddress(name, uri), CpimAddress.Parse(value));

    [Theory]
    [InlineData("")]
    [InlineData("sip:a@b")]
    [InlineData("<>")]
    [InlineData("<a b>")]
    [InlineData("<a> x")]
    public void What_is_no_address_is_refused(string value)
    {
        Assert.False(CpimAddress.TryParse(value, out _));
        Assert.Throws<FormatException>(() => CpimAddress.Parse(value));
    }

    [Theory]
    [InlineData("From: <a:b>\n", "The empty line behind the headers is missing", 1, 0)]
    [InlineData("", "The empty line behind the headers is missing", 1, 0)]
    [InlineData("From: <a:b>\nno colon\n\n", "A header line has no name or no colon", 2, 13)]
    [InlineData("From: <a:b>\n folded: x\n\n", "A header line has no name or no colon", 2, 13)]
    [InlineData("From: a\0\n\n", "A header line is not UTF-8, or holds a stray carriage return or NUL", 1, 0)]
    [InlineData("From: <a:b>\n\nContent-Type\n\nx", "A header line of a part has no name or no colon", 3, 15)]
    public void What_is_no_cpim_message_says_why_and_where(string body, string problem, int line, int offset) =>
        Assert.Equal(new BodyError(problem, line, offset), Crlf.ErrorOf(CpimMessage.Read(Crlf.Octets(body))));

    [Fact]
    public void More_headers_than_allowed_are_refused() =>
        Assert.Equal("The message has more than 2 headers",
            Crlf.ErrorOf(CpimMessage.Read(Crlf.Octets("A: 1\nB: 2\nC: 3\n\n"), new BodyLimits { MaxHeaders = 2 })).Problem);

    [Fact]
    public void What_would_read_back_as_something_else_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Plain.WithAddedHeader(new CpimHeader("X", "", "a\r\nY: b")));
        Assert.Throws<ArgumentException>(() => Plain.WithAddedHeader(new CpimHeader("X Y", "", "a")));
        Assert.Throws<ArgumentException>(() => Plain.WithAddedHeader(new CpimHeader("X", "lang=fr", "a")));
        Assert.Throws<ArgumentException>(() => Plain.WithAddedTo(new CpimAddress("sip:a> <sip:b")));
        Assert.Throws<ArgumentException>(() => Plain.WithAddedTo(new CpimAddress("\uDC00", "sip:a")));
        Assert.Equal("a\r\nY: b", CpimMessage.Parse(Plain.WithSubject("a\r\nY: b").ToContent()).Subject);
    }
}
