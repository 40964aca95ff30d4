using System.Text;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Cpim;
using Rx.Sip.Messages.Bodies.Mime;
using Rx.Sip.Messages.Bodies.Sdp;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

/// <summary>What a hostile peer can make of a body of one mebibyte: an error or a value, never much memory, never a deep stack.</summary>
public class BodyBoundsTests
{
    private const string Session = "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nt=0 0\r\n";

    [Fact]
    public void A_hundred_thousand_boundaries_are_refused_at_the_limit()
    {
        var content = Multipart("b", Repeated("--b\r\n\r\n", 100_000));

        var error = Crlf.ErrorOf(MimeMultipart.Read(content));

        Assert.Equal("The multipart has more than 1000 parts", error.Problem);
        Assert.Equal(2001, error.Line);
        Assert.Same(content, Assert.Single(content.Leaves()));
    }

    [Fact]
    public void Lines_that_only_look_like_boundaries_cost_nothing()
    {
        var body = new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes("--b\r\n\r\n" + Repeated("--b-\r\n", 100_000) + new string('-', 300_000)));
        var content = new ContentDescription("multipart/mixed;boundary=b", body);

        var allocated = AllocatedBy(() => MimeMultipart.Read(content, new BodyLimits()));

        Assert.InRange(allocated, 0, 20_000);
        Assert.Equal(body.Length - 7, Assert.Single(content.Parts).Body.Length);
    }

    [Fact]
    public void What_is_nested_deeper_than_the_limit_stays_whole()
    {
        var content = new ContentDescription("text/plain", "x");
        for (var depth = 0; depth < 1000; depth++)
            content = MimeMultipart.Mixed([content]).ToContent();

        var leaf = Assert.Single(content.Leaves());

        Assert.True(leaf.IsMultipart);
        Assert.Null(content.FindPart("none"));
        Assert.NotNull(content.FindUnsupported(_ => true));
        Assert.Equal("x", Assert.Single(Nested(content, 990).Leaves()).Text);
    }

    [Fact]
    public void Behind_a_thousand_parts_multiparts_stay_whole()
    {
        var inner = MimeMultipart.Mixed(Enumerable.Repeat(new ContentDescription("text/plain", "x"), 100)).ToContent();
        var leaves = MimeMultipart.Mixed(Enumerable.Repeat(inner, 1000)).ToContent().Leaves();

        Assert.Equal(1000 + 990, leaves.Count);
        Assert.Equal([false, true], leaves.Skip(999).Take(2).Select(leaf => leaf.IsMultipart));
    }

    [Theory]
    [InlineData("--b\r\n", "A: 1\r\n", "A part has more than 100 header fields")]
    [InlineData("--b\r\n A: 1\r\n", " folded\r\n", "The first header line of a part begins with white space")]
    public void Many_header_lines_are_refused(string start, string line, string problem) =>
        Assert.Equal(problem, Crlf.ErrorOf(MimeMultipart.Read(Multipart("b", start + Repeated(line, 100_000)))).Problem);

    [Fact]
    public void A_hundred_thousand_folds_are_one_value() =>
        Assert.Equal(1 + (2 * 100_000), Assert.Single(Multipart("b", "--b\r\nA: 1\r\n" + Repeated(" x\r\n", 100_000) + "\r\n").Parts).Get("A")!.Length);

    [Fact]
    public void Many_lines_of_a_description_are_refused_at_the_limit()
    {
        var octets = Encoding.UTF8.GetBytes(Session + Repeated("a=x\r\n", 200_000));

        var expected = Session.Length + ((5000 - 4) * "a=x\r\n".Length);
        Assert.Equal(new BodyError("The description has more than 5000 lines", 5001, expected), Crlf.ErrorOf(SdpDescription.Read(octets)));
    }

    [Fact]
    public void A_medium_with_every_format_and_attribute_a_body_can_hold_is_looked_through_once()
    {
        var formats = string.Join(' ', Enumerable.Repeat("96", 100_000));
        var attributes = string.Concat(Enumerable.Range(0, 4990).Select(i => $"a=rtpmap:{i % 128} x/{i}\r\n"));
        var description = SdpDescription.Parse(Session + $"m=audio 1 RTP/AVP {formats}\r\n{attributes}");

        Assert.Equal(100_000, description.Media[0].Codecs.Length);
        Assert.Empty(SdpOfferAnswer.CheckAnswer(description, SdpOfferAnswer.CreateAnswer(description, description)));
    }

    [Fact]
    public void A_hundred_thousand_headers_of_a_cpim_message_are_refused_at_the_limit() =>
        Assert.Equal(101, Crlf.ErrorOf(CpimMessage.Read(Encoding.UTF8.GetBytes(Repeated("A: b\r\n", 100_000) + "\r\n"))).Line);

    [Fact]
    public void Every_cut_of_a_body_is_read_or_refused()
    {
        var description = SdpDescription.Parse(Session + "m=audio 1 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n");
        var cpim = CpimMessage.Create(new CpimAddress("sip:a"), new CpimAddress("sip:b"), description.ToContent()).ToContent();
        var multipart = MimeMultipart.Mixed([cpim, description.ToContent()]).ToContent();

        for (var cut = 0; cut < multipart.Body.Length; cut++)
            foreach (var leaf in new ContentDescription(multipart.Headers[0].Value, multipart.Body[..cut]).Leaves())
                _ = (SdpDescription.Read(leaf), CpimMessage.Read(leaf));
        Assert.Equal(2, multipart.Leaves().Count);
    }

    private static ContentDescription Multipart(string boundary, string body) => new($"multipart/mixed;boundary={boundary}", body);

    private static ContentDescription Nested(ContentDescription content, int depth) => depth == 0 ? content : Nested(Assert.Single(content.Parts), depth - 1);

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static long AllocatedBy(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
