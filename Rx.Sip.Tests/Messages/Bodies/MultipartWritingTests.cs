using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Mime;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

public class MultipartWritingTests
{
    private static readonly ContentDescription Text = new("text/plain", "hello");

    [Fact]
    public void A_multipart_is_written_as_its_parts_between_boundaries()
    {
        var content = MimeMultipart.Mixed([Text, new ContentDescription("application/x", "y").WithDisposition("render", isHandlingRequired: false)]).WithBoundary("b").ToContent();

        Assert.Equal("multipart/mixed;boundary=b", content.Get("Content-Type"));
        Assert.Equal(
            Crlf.Text(
                """
                --b
                Content-Type: text/plain

                hello
                --b
                Content-Type: application/x
                Content-Disposition: render;handling=optional

                y
                --b--

                """),
            content.Text);
    }

    [Fact]
    public void What_was_read_in_canonical_form_is_written_octet_by_octet()
    {
        var octets = Crlf.Octets("preamble\n--a b\nContent-Type: text/plain\n\nx\n--a b\n\n\n--a b--\nepilogue");
        var content = new ContentDescription("multipart/x-own;boundary=\"a b\"", octets);

        var written = MimeMultipart.Parse(content).ToContent();

        Assert.Equal(content, written);
    }

    [Fact]
    public void The_boundary_is_the_same_for_the_same_parts_and_another_for_others()
    {
        Assert.Equal(MimeMultipart.Mixed([Text]).Boundary, MimeMultipart.Mixed([Text]).Boundary);
        Assert.NotEqual(MimeMultipart.Mixed([Text]).Boundary, MimeMultipart.Mixed([Text, Text]).Boundary);
    }

    [Fact]
    public void A_nested_multipart_gets_a_boundary_of_its_own()
    {
        var inner = MimeMultipart.Alternative([Text]);
        var outer = MimeMultipart.Mixed([inner.ToContent()]);

        Assert.NotEqual(inner.Boundary, outer.Boundary);
        Assert.Equal([Text], outer.ToContent().Leaves());
    }

    [Fact]
    public void A_boundary_that_occurs_in_a_part_is_refused_and_parts_that_hold_the_boundary_get_another()
    {
        var multipart = MimeMultipart.Mixed([Text]).WithBoundary("b");
        var hostile = new ContentDescription("text/plain", "x\r\n--b--\r\ny");

        Assert.Throws<ArgumentException>(() => MimeMultipart.Mixed([hostile]).WithBoundary("b"));
        Assert.Equal(hostile, Assert.Single(multipart.WithParts([hostile]).ToContent().Parts));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ends with space ")]
    [InlineData("semi;colon")]
    [InlineData("line\nend")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901")]
    public void What_is_no_boundary_is_refused(string boundary) =>
        Assert.Throws<ArgumentException>(() => MimeMultipart.Mixed([Text]).WithBoundary(boundary));

    [Fact]
    public void A_multipart_needs_a_part_and_a_subtype()
    {
        Assert.Throws<ArgumentException>(() => MimeMultipart.Mixed([]));
        Assert.Throws<ArgumentException>(() => MimeMultipart.Create("x;y=z", [Text]));
        Assert.Throws<ArgumentException>(() => MimeMultipart.Mixed([Text]).WithParameter("Boundary", "x"));
    }

    [Fact]
    public void Multiparts_are_equal_when_their_parts_are_whatever_the_boundary()
    {
        Assert.Equal(MimeMultipart.Mixed([Text]), MimeMultipart.Mixed([Text]).WithBoundary("b"));
        Assert.NotEqual(MimeMultipart.Mixed([Text]), MimeMultipart.Alternative([Text]));
        Assert.NotEqual(MimeMultipart.Mixed([Text]), MimeMultipart.Mixed([Text, Text]));
        Assert.Equal(MimeMultipart.Mixed([Text]).GetHashCode(), MimeMultipart.Mixed([Text]).WithBoundary("b").GetHashCode());
    }
}
