using System.Text;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Mime;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

public class ContentDescriptionTests
{
    private static readonly ContentDescription Plain = new("text/plain", "x");

    [Theory]
    [InlineData("base64", "aGVs\r\nbG8=\r\n", "hello")]
    [InlineData("BASE64", "", "")]
    [InlineData("quoted-printable", "a=3Db=\r\nc =C3=A4  \r\nd", "a=bc ä\r\nd")]
    [InlineData("quoted-printable", "soft=  \r\nend=", "softend")]
    [InlineData("7bit", "as=3Dis", "as=3Dis")]
    [InlineData("8bit", "ä", "ä")]
    [InlineData("binary", "", "")]
    public void A_transfer_encoding_is_taken_off(string encoding, string body, string text)
    {
        var content = new ContentDescription("text/plain", body).WithHeader("Content-Transfer-Encoding", encoding);

        Assert.True(content.TryDecode(out var octets));
        Assert.Equal(text, Encoding.UTF8.GetString(octets.Span));
        Assert.Equal(text, content.Text);
    }

    [Theory]
    [InlineData("base64", "a")]
    [InlineData("base64", "%%%%")]
    [InlineData("quoted-printable", "=4")]
    [InlineData("quoted-printable", "=GG")]
    [InlineData("quoted-printable", "=\rx")]
    [InlineData("x-unknown", "a")]
    public void What_does_not_keep_to_its_encoding_is_not_decoded_and_stays_as_it_is(string encoding, string body)
    {
        var content = new ContentDescription("text/plain", body).WithHeader("Content-Transfer-Encoding", encoding);

        Assert.False(content.TryDecode(out _));
        Assert.Equal(body, content.Text);
    }

    [Fact]
    public void Text_is_read_in_its_charset()
    {
        Assert.Equal("ä", new ContentDescription("text/plain;charset=ISO-8859-1", Encoding.Latin1.GetBytes("ä")).Text);
        Assert.Equal("ä", new ContentDescription("text/plain", "ä").Text);
    }

    [Theory]
    [InlineData("application/sdp", null, "session", true)]
    [InlineData("text/plain", null, "render", true)]
    [InlineData("text/plain", "Icon ; handling=OPTIONAL", "Icon", false)]
    [InlineData("text/plain", "session;handling=required", "session", true)]
    [InlineData("text/plain", "session;handling=other", "session", true)]
    [InlineData("text/plain", ";handling=optional", "render", true)]
    public void Disposition_and_handling_have_their_defaults(string type, string? disposition, string expected, bool isRequired)
    {
        var content = new ContentDescription(type, "x");
        if (disposition is not null)
            content = content.WithHeader("Content-Disposition", disposition);

        Assert.Equal((expected, isRequired), (content.Disposition.Type, content.IsHandlingRequired));
    }

    [Fact]
    public void A_part_is_found_by_its_content_id_however_it_is_written()
    {
        var wanted = Plain.WithContentId("a%b@x");
        var content = MimeMultipart.Mixed([Plain, MimeMultipart.Related([Plain, wanted]).ToContent()]).ToContent();

        Assert.Equal(wanted, content.FindPart("a%b@x"));
        Assert.Equal(wanted, content.FindPart("<a%b@x>"));
        Assert.Equal(wanted, content.FindPart("cid:a%25b@x"));
        Assert.Null(content.FindPart("other@x"));
        Assert.Equal(wanted, wanted.FindPart("a%b@x"));
    }

    [Fact]
    public void A_part_that_has_to_be_understood_and_is_not_is_found()
    {
        var strange = new ContentDescription("application/strange", "y");
        var optional = strange.WithDisposition("render", isHandlingRequired: false);

        Assert.Null(Unsupported(Plain));
        Assert.Equal(strange, Unsupported(strange));
        Assert.Null(Unsupported(optional));
        Assert.Equal(strange, Unsupported(MimeMultipart.Mixed([Plain, strange]).ToContent()));
        Assert.Equal(strange, Unsupported(MimeMultipart.Create("x-unknown", [Plain, strange]).ToContent()));
        Assert.Null(Unsupported(MimeMultipart.Mixed([Plain, optional]).ToContent()));
        Assert.Null(Unsupported(MimeMultipart.Mixed([strange]).ToContent().WithDisposition("render", isHandlingRequired: false)));
        Assert.Null(Unsupported(MimeMultipart.Alternative([Plain, strange]).ToContent()));
        Assert.Equal("multipart/alternative", Unsupported(MimeMultipart.Alternative([strange, optional]).ToContent())?.ContentType.Name);
        Assert.Equal("multipart/mixed", Unsupported(new ContentDescription("multipart/mixed;boundary=b", "no boundary"))?.ContentType.Name);

        static ContentDescription? Unsupported(ContentDescription content) => content.FindUnsupported(part => part.ContentType.Is("text/plain"));
    }

    [Fact]
    public void A_multipart_that_cannot_be_read_is_a_leaf_itself()
    {
        var broken = new ContentDescription("multipart/mixed;boundary=b", "no boundary");

        Assert.Empty(broken.Parts);
        Assert.Same(broken, Assert.Single(broken.Leaves()));
    }

    [Fact]
    public void Contents_are_equal_by_fields_and_octets()
    {
        Assert.Equal(Plain, new ContentDescription("text/plain", "x"));
        Assert.True(Plain == new ContentDescription("text/plain", "x"));
        Assert.Equal(Plain.GetHashCode(), new ContentDescription("text/plain", "x").GetHashCode());
        Assert.Equal(Plain.WithHeader("X", "1"), Plain.WithHeader("x", "1"));
        Assert.NotEqual(Plain, Plain.WithHeader("X", "1"));
        Assert.NotEqual(Plain, new ContentDescription("text/plain", "y"));
        Assert.Equal(Plain, Plain.WithHeader("X", "1").WithoutHeader("x"));
    }

    [Fact]
    public void The_octets_that_were_given_may_change_afterwards()
    {
        var octets = "x"u8.ToArray();
        var content = new ContentDescription("text/plain", octets);
        octets[0] = (byte)'y';

        Assert.Equal("x", content.Text);
    }

    [Theory]
    [InlineData("X", "a\r\nB: c")]
    [InlineData("X", "a\n")]
    [InlineData("X", "\0")]
    [InlineData("X", " a")]
    [InlineData("X Y", "a")]
    [InlineData("X:", "a")]
    [InlineData("", "a")]
    public void A_field_that_would_read_back_as_something_else_is_refused(string name, string value) =>
        Assert.Throws<ArgumentException>(() => Plain.WithHeader(name, value));

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.Throws<ArgumentException>(() => Plain.WithHeader("X", "\uD800"));

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("text/plain\r\nX: y")]
    public void What_is_no_media_type_is_refused(string type) => Assert.Throws<ArgumentException>(() => new ContentDescription(type, "x"));

    [Fact]
    public void A_content_id_with_brackets_is_refused() => Assert.Throws<ArgumentException>(() => Plain.WithContentId("a>b"));
}
