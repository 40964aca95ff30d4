using System.Text;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class MessageEditTests
{
    private const string Start = "OPTIONS sip:h SIP/2.0\r\n";
    private const string Fields = "Via:  SIP/2.0/UDP a\r\nSubject : one \r\nOwn: 1\r\nVia: SIP/2.0/UDP b,\r\n SIP/2.0/UDP c\r\nown: 2\r\n";
    private const string End = "Content-Length: 2\r\n\r\nhi";

    private static readonly SipRequest Request = Parse(Start + Fields + End);

    [Theory]
    [InlineData("s", "two", "Subject: two\r\nOwn: 1\r\n")]
    [InlineData("SUBJECT", "", "Subject: \r\nOwn: 1\r\n")]
    public void Setting_replaces_a_line_in_its_place(string name, string value, string expected) =>
        Reads(Start + Fields.Replace("Subject : one \r\nOwn: 1\r\n", expected, StringComparison.Ordinal) + End, Request.WithHeader(name, value));

    [Fact]
    public void Setting_what_is_not_there_puts_it_behind_all_but_the_length() =>
        Reads($"{Start}{Fields}X-Own: ä\r\n{End}", Request.WithHeader("X-Own", "ä"));

    [Fact]
    public void Setting_what_is_there_more_than_once_leaves_one() =>
        Reads($"{Start}Via: SIP/2.0/UDP d\r\nSubject : one\r\nOwn: 1\r\nown: 2\r\n{End}", Request.WithHeader("v", "SIP/2.0/UDP d"));

    [Fact]
    public void Adding_puts_a_line_behind_the_last_of_its_name() =>
        Reads(Start + Fields + "Own: 3\r\n" + End, Request.WithAddedHeader("Own", "3"));

    [Fact]
    public void Adding_what_is_not_there_puts_it_behind_all_but_the_length() =>
        Reads($"{Start}{Fields}To: sip:t\r\n{End}", Request.WithAddedHeader("t", "sip:t"));

    [Fact]
    public void Inserting_puts_a_line_in_front() =>
        Reads($"{Start}Via: SIP/2.0/UDP 0\r\n{Fields}{End}", Request.WithFirstHeader("Via", "SIP/2.0/UDP 0"));

    [Fact]
    public void Removing_takes_out_a_line() =>
        Reads(Start + Fields.Replace("Subject : one \r\n", "", StringComparison.Ordinal) + End, Request.WithoutHeader("s"));

    [Fact]
    public void Removing_takes_out_all_lines_of_the_name() =>
        Reads($"{Start}Subject : one\r\nOwn: 1\r\nown: 2\r\n{End}", Request.WithoutHeader("Via"));

    [Theory]
    [InlineData("Contact")]
    [InlineData("not a name")]
    [InlineData("")]
    [InlineData("Content-Length")]
    [InlineData("l")]
    public void Removing_what_is_not_there_or_has_to_be_changes_nothing(string name)
    {
        Reads(Start + Fields + End, Request.WithoutHeader(name));
        Reads(Start + Fields + End, Request.WithoutFirstValue(name));
    }

    [Fact]
    public void The_first_value_goes_with_its_line_or_alone()
    {
        var without = Request.WithoutFirstValue("Via");

        Reads(Start + Fields[(Fields.IndexOf("\r\n", StringComparison.Ordinal) + 2)..] + End, without);
        Assert.Equal(["SIP/2.0/UDP c"], without.WithoutFirstValue("Via").Vias.Select(via => via.ToString()));
        Assert.Empty(without.WithoutFirstValue("Via").WithoutFirstValue("Via").Vias);
    }

    [Theory]
    [InlineData("Content-Length")]
    [InlineData("CONTENT-length")]
    [InlineData("l")]
    public void Content_length_can_not_be_set_by_hand(string name)
    {
        Assert.Throws<ArgumentException>(() => Request.WithHeader(name, "7"));
        Assert.Throws<ArgumentException>(() => Request.WithAddedHeader(name, "7"));
        Assert.Throws<ArgumentException>(() => Request.WithFirstHeader(name, "7"));
        Assert.Throws<ArgumentException>(() => Wire.ResponseWith().WithHeader(name, "7"));
        Assert.Throws<ArgumentException>(() => Wire.ResponseWith().WithAddedHeader(name, "7"));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a:")]
    [InlineData("")]
    [InlineData("é")]
    public void A_name_has_to_be_a_token(string name) => Assert.Throws<ArgumentException>(() => Request.WithHeader(name, "x"));

    [Theory]
    [InlineData("a\r\nX: b")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    public void A_value_has_to_be_one_line(string value) => Assert.Throws<ArgumentException>(() => Request.WithHeader("Own", value));

    [Theory]
    [InlineData("Subject: a\r\n\r\nhi", "Subject: a\r\nOwn: 1\r\nContent-Length: 2\r\n\r\nhi")]
    [InlineData("l: 2\r\nSubject: a\r\nl: 2\r\n\r\nhi", "Subject: a\r\nOwn: 1\r\nContent-Length: 2\r\n\r\nhi")]
    [InlineData("l: 1\nSubject: a\n\nhi", "Subject: a\r\nOwn: 1\r\nContent-Length: 1\r\n\r\nh")]
    public void An_edit_puts_the_length_right(string rest, string expected) => Reads(Start + expected, Parse(Start + rest).WithHeader("Own", "1"));

    [Fact]
    public void What_was_edited_can_be_edited_again() => Reads(
        $"{Start}Via: SIP/2.0/UDP 0\r\nVia:  SIP/2.0/UDP a\r\nOwn: 1\r\nVia: SIP/2.0/UDP b,\r\n SIP/2.0/UDP c\r\nown: 2\r\nTo: <sip:t>\r\n{End}",
        Request.WithHeader("To", "<sip:t>").WithoutHeader("Subject").WithFirstHeader("v", "SIP/2.0/UDP 0"));

    [Fact]
    public void A_defective_message_can_be_edited_too()
    {
        var readable = Wire.Defect(Encoding.UTF8.GetBytes(Start + "Subject: a\r\nOwn: 1")).Readable;

        Reads(Start + "Subject: b\r\nContent-Length: 0\r\n\r\n", Assert.IsType<SipRequest>(readable).WithHeader("s", "b"));
    }

    private static SipRequest Parse(string text) => Assert.IsType<SipRequest>(Wire.Parse(Encoding.UTF8.GetBytes(text)));

    // The edited message must also say of itself what its octets say.
    private static void Reads(string expected, SipRequest actual)
    {
        Assert.Equal(expected, actual.ToWireString());
        var read = Parse(expected);
        Assert.Equal(read.Headers, actual.Headers);
        Assert.Equal(read.BodyText, actual.BodyText);
        Assert.Equal(read.RequestUri, actual.RequestUri);
    }
}
