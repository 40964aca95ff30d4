using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Mime;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

public class MultipartTests
{
    [Fact]
    public void The_example_of_rfc_2046_gives_two_parts_a_preamble_and_an_epilogue()
    {
        var read = Read("simple boundary",
            """
            This is the preamble.  It is to be ignored, though it
            is a handy place for composition agents to include an
            explanatory note to non-MIME conformant readers.

            --simple boundary

            This is implicitly typed plain US-ASCII text.
            It does NOT end with a linebreak.
            --simple boundary
            Content-type: text/plain; charset=us-ascii

            This is explicitly typed plain US-ASCII text.
            It DOES end with a linebreak.

            --simple boundary--

            This is the epilogue.  It is also to be ignored.
            """);

        Assert.Equal(2, read.Parts.Length);
        Assert.Empty(read.Parts[0].Headers);
        Assert.Equal("text/plain;charset=us-ascii", read.Parts[0].ContentType.ToString());
        Assert.EndsWith("It does NOT end with a linebreak.", read.Parts[0].Text, StringComparison.Ordinal);
        Assert.Equal("Content-type", Assert.Single(read.Parts[1].Headers).Name);
        Assert.EndsWith("It DOES end with a linebreak.\r\n", read.Parts[1].Text, StringComparison.Ordinal);
        Assert.StartsWith("This is the preamble.", Crlf.Of(read.Preamble), StringComparison.Ordinal);
        Assert.EndsWith("MIME conformant readers.\r\n", Crlf.Of(read.Preamble), StringComparison.Ordinal);
        Assert.Equal("\r\nThis is the epilogue.  It is also to be ignored.", Crlf.Of(read.Epilogue));
        Assert.True(read.IsTerminated);
        Assert.Equal("mixed", read.Subtype);
    }

    [Fact]
    public void The_example_of_rfc_5621_gives_a_session_description_and_text()
    {
        var read = Read("boundary1",
            """
            --boundary1
            Content-Type: application/sdp
            Content-Disposition: session;handling=optional

            v=0
            o=alice 2890844526 2890844526 IN IP4 atlanta.example.com
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 20000 RTP/AVP 0
            a=rtpmap:0 PCMU/8000

            --boundary1
            Content-Type: text/plain
            Content-ID: <1234@atlanta.example.com>

            Text for a "render"
            --boundary1--

            """);

        Assert.Equal(["application/sdp", "text/plain"], read.Parts.Select(part => part.ContentType.Name));
        Assert.Equal(["session", "render"], read.Parts.Select(part => part.Disposition.Type));
        Assert.Equal([false, true], read.Parts.Select(part => part.IsHandlingRequired));
        Assert.Equal("1234@atlanta.example.com", read.Parts[1].ContentId);
    }

    [Fact]
    public void Nested_multiparts_are_read_where_a_boundary_begins_with_another()
    {
        var content = Content("b",
            """
            --b
            Content-Type: multipart/alternative;boundary=bb

            --bb

            plain
            --bb
            Content-Type: text/html

            <p>rich</p>
            --bb--
            --b
            Content-Type: application/octet-stream

            --b is no boundary here
            --b--
            """);

        Assert.Equal(2, content.Parts.Length);
        Assert.Equal(["plain", "<p>rich</p>", "--b is no boundary here"], content.Leaves().Select(leaf => leaf.Text));
    }

    [Fact]
    public void A_missing_last_boundary_leaves_the_last_part_to_the_end()
    {
        var read = Read("b", "--b\n\none\n--b\n\ntwo\n");

        Assert.False(read.IsTerminated);
        Assert.Equal(["one", "two\r\n"], read.Parts.Select(part => part.Text));
    }

    [Fact]
    public void A_nested_multipart_without_its_last_boundary_ends_with_its_parent()
    {
        var content = Content("outer", "--outer\nContent-Type: multipart/mixed;boundary=inner\n\n--inner\n\none\n--outer\n\ntwo\n--outer--");

        Assert.Equal(["one", "two"], content.Leaves().Select(leaf => leaf.Text));
    }

    [Theory]
    [InlineData("--b\n\nx\n--b--")]
    [InlineData("--b  \t\n\nx\n--b-- \t\n")]
    [InlineData("\n--b\n\nx\n--b--\n")]
    [InlineData("--b\n\nx\n--b\n")]
    [InlineData("--b\n\nx\n--b")]
    public void White_space_behind_a_boundary_and_what_follows_the_last_do_not_matter(string body) =>
        Assert.Equal("x", Assert.Single(Read("b", body).Parts).Text);

    [Fact]
    public void Line_ends_without_carriage_return_are_understood()
    {
        var read = MimeMultipart.Parse(new ContentDescription("multipart/mixed;boundary=b", "--b\nA: 1\n 2\n\nx\ny\n--b--\n"));

        Assert.Equal("x\ny", Assert.Single(read.Parts).Text);
        Assert.Equal("1 2", read.Parts[0].Get("a"));
    }

    [Theory]
    [InlineData("--b\nA: 1\n--b--", 1, "")]
    [InlineData("--b\nA: 1\n\n--b--", 1, "")]
    [InlineData("--b\n\n\n--b--", 0, "")]
    [InlineData("--b\n\n--b--", 0, "")]
    [InlineData("--b\n--b--", 0, "")]
    [InlineData("--b\nA:\nB:  v \t\n\nx\n--b--", 2, "x")]
    public void A_part_may_have_no_headers_or_no_body(string body, int headers, string text)
    {
        var part = Assert.Single(Read("b", body).Parts);

        Assert.Equal((headers, text), (part.Headers.Length, part.Text));
    }

    [Theory]
    [InlineData("text/plain", "x", "The content is no multipart but text/plain", 1, 0)]
    [InlineData("multipart/mixed", "--b", "Content-Type names no boundary", 1, 0)]
    [InlineData("multipart/mixed;boundary=\"\"", "--", "Content-Type names no boundary", 1, 0)]
    [InlineData("multipart/mixed;boundary=b", "", "No line of the multipart is its boundary", 1, 0)]
    [InlineData("multipart/mixed;boundary=b", "--bc\n\nx", "No line of the multipart is its boundary", 1, 0)]
    [InlineData("multipart/mixed;boundary=b", " --b\n\nx", "No line of the multipart is its boundary", 1, 0)]
    [InlineData("multipart/mixed;boundary=b", "x\n--b--", "The multipart has no part", 2, 3)]
    [InlineData("multipart/mixed;boundary=b", "--b\n\nx\n--b\nA: 1\nno header\n\ny", "A header line of a part has no name or no colon", 6, 21)]
    [InlineData("multipart/mixed;boundary=b", "--b\nno header\nA: 1\n\ny", "A header line of a part has no name or no colon", 2, 5)]
    [InlineData("multipart/mixed;boundary=b", "--b\n folded\n\ny", "The first header line of a part begins with white space", 2, 5)]
    [InlineData("multipart/mixed;boundary=b", "--b\nA: 1\0\n\ny", "A header line of a part holds a stray carriage return or NUL", 2, 5)]
    public void What_is_no_multipart_says_why_and_where(string type, string body, string problem, int line, int offset) =>
        Assert.Equal(new BodyError(problem, line, offset), Crlf.ErrorOf(MimeMultipart.Read(new ContentDescription(type, Crlf.Text(body)))));

    [Fact]
    public void A_boundary_of_seventy_characters_is_read_and_one_more_is_refused()
    {
        Assert.Single(Read(new string('b', 70), $"--{new string('b', 70)}\n\nx").Parts);
        Assert.Equal("The boundary is longer than 70 characters",
            Crlf.ErrorOf(MimeMultipart.Read(Content(new string('b', 71), $"--{new string('b', 71)}\n\nx"))).Problem);
    }

    [Fact]
    public void The_root_of_a_related_multipart_is_the_one_that_start_names_or_the_first()
    {
        var parts = new[] { new ContentDescription("text/html", "x").WithContentId("a@x"), new ContentDescription("text/plain", "y").WithContentId("b@x") };

        Assert.Equal("x", MimeMultipart.Related(parts).Root.Text);
        Assert.Equal("y", MimeMultipart.Parse(MimeMultipart.Related(parts).WithParameter("start", "\"<b@x>\"").ToContent()).Root.Text);
        Assert.Equal("text/html", MimeMultipart.Related(parts).Parameters.Get("type"));
    }

    [Fact]
    public void Of_alternatives_the_last_that_is_understood_is_preferred()
    {
        var parts = MimeMultipart.Alternative([new("text/plain", "a"), new("text/html", "b"), new("application/x", "c")]);

        Assert.Equal("b", parts.Preferred(part => part.ContentType.Type == "text")?.Text);
        Assert.Null(parts.Preferred(_ => false));
    }

    private static ContentDescription Content(string boundary, string body) => new($"multipart/mixed;boundary=\"{boundary}\"", Crlf.Text(body));

    private static MimeMultipart Read(string boundary, string body) => MimeMultipart.Parse(Content(boundary, body));
}
