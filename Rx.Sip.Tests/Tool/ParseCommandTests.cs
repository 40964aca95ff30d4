using System.Text;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Mime;
using Rx.Sip.Messages.Bodies.Sdp;
using Rx.Sip.Tests.Messages;
using Xunit;

namespace Rx.Sip.Tests.Tool;

public class ParseCommandTests
{
    private static readonly byte[] Request = Wire.Octets("MESSAGE sip:bob@example.test SIP/2.0", "t: <sip:bob@example.test>", "X-Note: <a> \"b\" ü", "Content-Length: 0");

    public static TheoryData<string> TortureMessages =>
        [.. Directory.EnumerateFiles(Torture, "*.dat", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Torture, file))];

    private static string Torture => Repository.Path("Rx.Sip.Tests", "Messages", "Torture");

    [Fact]
    public async Task A_request_is_one_line_of_json_with_its_headers_as_they_are_spelled()
    {
        var prompt = await Prompt.RunAsync(Request, ["parse", "--json", "-"]);

        Assert.Equal("""
            {"kind":"request","method":"MESSAGE","requestUri":"sip:bob@example.test","headers":[{"name":"t","value":"<sip:bob@example.test>"},{"name":"X-Note","value":"<a> \"b\" ü"},{"name":"Content-Length","value":"0"}],"bodyLength":0}

            """, prompt.Output);
        Assert.Equal((0, ""), (prompt.ExitCode, prompt.Errors));
    }

    [Fact]
    public async Task A_response_is_one_line_of_json()
    {
        var prompt = await Prompt.RunAsync(Encoding.UTF8.GetBytes("SIP/2.0 404 Not Found\r\nContent-Length: 2\r\n\r\nno"), ["parse", "--json", "-"]);

        Assert.Equal("""
            {"kind":"response","status":404,"reason":"Not Found","headers":[{"name":"Content-Length","value":"2"}],"bodyLength":2}

            """, prompt.Output);
        Assert.Equal(0, prompt.ExitCode);
    }

    [Fact]
    public async Task A_stream_holds_many_messages_with_keep_alives_between()
    {
        var two = Encoding.UTF8.GetBytes("SIP/2.0 200 OK\r\nl: 2\r\n\r\nno\r\n\r\nSIP/2.0 404 Not Found\r\nl: 0\r\n\r\n");

        var prompt = await Prompt.RunAsync(two, ["parse", "--json", "--stream", "-"]);

        Assert.Equal(["200", "404"], prompt.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[28..31]));
        Assert.Equal(0, prompt.ExitCode);
    }

    [Fact]
    public async Task A_stream_that_ends_inside_a_message_says_where()
    {
        var cut = Encoding.UTF8.GetBytes("SIP/2.0 200 OK\r\nl: 0\r\n\r\nSIP/2.0 404 Not Found\r\nl: 9\r\n\r\nno");

        var prompt = await Prompt.RunAsync(cut, ["parse", "--json", "--stream", "-"]);

        Assert.EndsWith($"\"offset\":{cut.Length}}}\n", prompt.Output, StringComparison.Ordinal);
        Assert.Equal(1, prompt.ExitCode);
    }

    [Fact]
    public async Task What_is_malformed_says_why_and_where_and_ends_with_1()
    {
        var prompt = await Prompt.RunAsync(Encoding.UTF8.GetBytes("MESSAGE sip:bob@example.test SIP/7.0\r\n\r\n"), ["parse", "--json", "-"]);

        Assert.Equal("{\"kind\":\"malformed\",\"reason\":\"UnsupportedVersion\",\"offset\":0}\n", prompt.Output);
        Assert.Equal((1, "rxsip: standard input: The version is not SIP/2.0 (at octet 0).\n"), (prompt.ExitCode, prompt.Errors));
    }

    [Fact]
    public async Task People_see_the_start_line_the_headers_and_the_length_of_the_body()
    {
        var prompt = await Prompt.RunAsync(Request, ["parse", "-"]);

        Assert.Equal(["request  MESSAGE sip:bob@example.test", "  t               <sip:bob@example.test>", "  X-Note          <a> \"b\" ü", "  Content-Length  0", "  no body"], prompt.Lines);
    }

    [Fact]
    public async Task People_see_the_parts_of_a_body_and_what_a_session_description_offers()
    {
        var sdp = SdpDescription.Parse("v=0\no=- 1 1 IN IP4 h\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 4000 RTP/AVP 0 8\na=sendonly\nm=video 0 RTP/AVP 31\nm=message 9 TCP/MSRP *\n").ToContent();
        var parts = MimeMultipart.Mixed([sdp, new ContentDescription("application/sdp", "v=1").WithDisposition("render", isHandlingRequired: false)]).ToContent();

        var prompt = await Prompt.RunAsync(Wire.RequestWith().WithBody(parts).Bytes.ToArray(), ["parse", "-"]);

        Assert.Equal(
            [
                $"    part  application/sdp, {sdp.Body.Length} octets, session",
                "          audio over RTP/AVP: PCMU/8000, PCMA/8000 (192.0.2.1:4000, sends only)",
                "          video over RTP/AVP: H261/90000 (refused)",
                "          message over TCP/MSRP: * (192.0.2.1:9, both ways)",
                "    part  application/sdp, 3 octets, render, optional",
                "          unreadable  The v= line can't be read (line 1, octet 0)",
            ],
            prompt.Lines.SkipWhile(line => !line.StartsWith("    part", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_message_can_not_steer_the_terminal_that_shows_it()
    {
        var prompt = await Prompt.RunAsync(Wire.Octets("MESSAGE sip:bob@example.test SIP/2.0", "X-Note: \e[2J [red]", "Content-Length: 0"), ["parse", "-"]);

        Assert.Contains("  X-Note          \\u001b[2J [red]", prompt.Lines);
    }

    [Theory]
    [MemberData(nameof(TortureMessages))]
    public async Task Every_torture_message_goes_through(string file)
    {
        var path = Path.Combine(Torture, file);
        var (json, readable) = (await Prompt.RunAsync("parse", "--json", path), await Prompt.RunAsync("parse", path));

        var value = Assert.Single(json.Values);
        Assert.Equal(value.GetProperty("kind").GetString() == "malformed" ? 1 : 0, json.ExitCode);
        Assert.Equal((json.ExitCode, json.Errors), (readable.ExitCode, readable.Errors));
        Assert.NotEmpty(readable.Lines);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_wrong_usage()
    {
        var prompt = await Prompt.RunAsync("parse", "no-such-file");

        Assert.Equal((2, "", "rxsip: There is no file no-such-file.\n"), (prompt.ExitCode, prompt.Output, prompt.Errors));
    }

    [Theory]
    [InlineData]
    [InlineData("parse")]
    [InlineData("sing")]
    public async Task What_can_not_be_understood_ends_with_2_and_points_to_the_help(params string[] arguments)
    {
        var prompt = await Prompt.RunAsync(arguments);

        Assert.Equal((2, ""), (prompt.ExitCode, prompt.Output));
        Assert.Contains("--help", prompt.Errors, StringComparison.Ordinal);
    }
}
