using System.Globalization;
using System.Text;

namespace Rx.Sip.Benchmarks.Fuzz;

/// <summary>What an attacker may try to make a parser slow with.</summary>
internal static class HostileShapes
{
    public static IReadOnlyList<HostileShape> All { get; } =
    [
        Field("many headers", "", "a: b\r\n", ""),
        Field("many unknown names", "", index => $"X-{index}: b\r\n", ""),
        Field("a long value", "Subject: ", "x", "\r\n"),
        Field("a long name", "", "x", ": y\r\n"),
        Field("many Via fields", "", "v:SIP/2.0/UDP h;branch=z9hG4bK1\r\n", ""),
        Field("many Via values", "Via: ", "SIP/2.0/UDP h;branch=z9hG4bK1,", "SIP/2.0/UDP h\r\n"),
        Field("many Contact values", "Contact: ", "<sip:a@b>,", "<sip:a@b>\r\n"),
        Field("many Route fields", "", "Route: <sip:p;lr>\r\n", ""),
        Field("many tokens", "Supported: ", "a,", "a\r\n"),
        Field("many commas", "Contact: ", ",", "<sip:a@b>\r\n"),
        Field("many parameters", "Contact: <sip:a@b>", index => $";p{index}=1", "\r\n"),
        Field("one parameter many times", "Contact: <sip:a@b>", ";p=1", "\r\n"),
        Field("many semicolons", "Contact: <sip:a@b>", ";", "\r\n"),
        Field("many URI parameters", "Contact: <sip:a@b", index => $";p{index}=1", ">\r\n"),
        Field("many URI headers", "Contact: <sip:a@b?x=y", "&p=1", ">\r\n"),
        Field("many escapes in a URI", "Contact: <sip:", "%41", "@b>\r\n"),
        Field("many quotes", "Contact: ", "\"\"", "<sip:a@b>\r\n"),
        Field("many open quotes", "Contact: ", "\" ,", "\r\n"),
        Field("many escaped quotes", "Contact: \"", "\\\"", "\" <sip:a@b>\r\n"),
        Field("many backslashes", "Contact: \"", "\\", "\r\n"),
        Field("many open brackets", "Contact: ", "<", "\r\n"),
        Field("many bracket pairs", "Contact: ", "<>", "\r\n"),
        Field("many open brackets and commas", "Contact: ", "<,", "\r\n"),
        Field("many comments", "Retry-After: 1 ", "(", "\r\n"),
        Field("many folds", "Subject: a", "\r\n b", "\r\n"),
        Field("many folds of white space", "Subject: a", "\r\n    \t", "\r\n"),
        Field("many folds in a Via", "Via: SIP/2.0/UDP h", "\r\n ;a", "\r\n"),
        Field("much white space", "Subject: ", " ", "\r\n"),
        Field("much white space behind", "Subject: a", "\t", "\r\n"),
        Field("many equals signs", "Contact: <sip:a@b>;a", "=", "\r\n"),
        Field("many Content-Length", "", "l: 0\r\n", ""),
        Field("many digits", "Expires: ", "9", "\r\n"),
        Field("many challenges", "", "WWW-Authenticate: Digest realm=\"a\"\r\n", ""),
        Field("many parameters of a challenge", "WWW-Authenticate: Digest ", index => $"p{index}=\"1\",", "a=b\r\n"),
        Field("many Warning values", "Warning: ", "399 a \"b\",", "399 a \"b\"\r\n"),
        Field("many octets beyond ASCII", "Subject: ", "\u00e9", "\r\n"),
        Field("many stray carriage returns", "Subject: ", "a\r", "\r\n"),
        Field("many lines without colon", "", "a\r\n", ""),
        new("a long request line", length => Message($"OPTIONS sip:{new string('a', length)}@b SIP/2.0", "", "")),
        new("many parts of the request line", length => Message($"OPTIONS {Repeat("a ", length)}SIP/2.0", "", "")),
        Body("a large body", "application/octet-stream", "", "x", ""),
        Body("many parts", "multipart/mixed;boundary=b", "--b\r\n", "\r\n\r\n--b\r\n", "\r\n\r\n--b--\r\n"),
        Body("many headers of a part", "multipart/mixed;boundary=b", "--b\r\n", "a: b\r\n", "\r\n\r\n--b--\r\n"),
        Body("almost boundaries", "multipart/mixed;boundary=bbbbbbbbbbbbbbbbbbbb", "--bbbbbbbbbbbbbbbbbbbb\r\n\r\n", "\r\n--bbbbbbbbbbbbbbbbbbb", "\r\n--bbbbbbbbbbbbbbbbbbbb--"),
        Body("many hyphens", "multipart/mixed;boundary=-", "---\r\n\r\n", "-", "\r\n----"),
        Body("nested parts", "multipart/mixed;boundary=b", "", "--b\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n", ""),
        Body("many media of SDP", "application/sdp", "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nt=0 0\r\n", "m=audio 0 RTP/AVP 0\r\n", ""),
        Body("many attributes of SDP", "application/sdp", "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nt=0 0\r\n", "a=b:c\r\n", ""),
        Body("many formats of SDP", "application/sdp", "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nt=0 0\r\nm=audio 0 RTP/AVP", " 0", "\r\n"),
        Body("many headers of CPIM", "message/cpim", "From: <im:a@b>\r\n", "To: <im:a@b>\r\n", "\r\n\r\n"),
    ];

    private static HostileShape Field(string name, string before, string again, string behind) =>
        new(name, length => Message("OPTIONS sip:a@b SIP/2.0", before + Repeat(again, length) + behind, ""));

    private static HostileShape Field(string name, string before, Func<int, string> again, string behind) => new(name, length =>
    {
        var text = new StringBuilder(before, length + 64);
        for (var index = 0; text.Length < length; index++)
            text.Append(again(index));
        return Message("OPTIONS sip:a@b SIP/2.0", text.Append(behind).ToString(), "");
    });

    private static HostileShape Body(string name, string type, string before, string again, string behind) =>
        new(name, length => Message("OPTIONS sip:a@b SIP/2.0", $"Content-Type: {type}\r\n", before + Repeat(again, length) + behind));

    private static string Repeat(string text, int length) => string.Concat(Enumerable.Repeat(text, length / text.Length));

    private static byte[] Message(string startLine, string fields, string body) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{startLine}\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n{fields}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
}
