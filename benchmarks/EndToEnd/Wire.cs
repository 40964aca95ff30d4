using System.Buffers.Text;
using System.Text;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>The octets that are bounced: a page-mode MESSAGE of about 480 octets and its 200, each with the number of its transaction in the branch.</summary>
internal static class Wire
{
    private const string Digits = "00000000";
    private const string Branch = "z9hG4bKbench" + Digits;

    public static readonly string RequestText =
        $"""
        MESSAGE sip:bob@127.0.0.1:5060 SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:49152;branch={Branch};rport
        Max-Forwards: 70
        From: "Alice" <sip:alice@example.test>;tag=9fxced76sl1k
        To: "Bob" <sip:bob@example.test>
        Call-ID: 3848276298220188511a9bd2c7@example.test
        CSeq: 1 MESSAGE
        User-Agent: Benchmark/1.0
        Content-Type: text/plain
        Content-Length: 120

        {new string('x', 120)}
        """.ReplaceLineEndings("\r\n");

    public static readonly string ResponseText =
        $"""
        SIP/2.0 200 OK
        Via: SIP/2.0/UDP 127.0.0.1:49152;branch={Branch};rport=49152;received=127.0.0.1
        From: "Alice" <sip:alice@example.test>;tag=9fxced76sl1k
        To: "Bob" <sip:bob@example.test>;tag=8321234356
        Call-ID: 3848276298220188511a9bd2c7@example.test
        CSeq: 1 MESSAGE
        Content-Length: 0


        """.ReplaceLineEndings("\r\n");

    public static readonly int RequestLength = RequestText.Length;

    public static readonly int ResponseLength = ResponseText.Length;

    public static byte[] Request() => Encoding.ASCII.GetBytes(RequestText);

    public static byte[] Response() => Encoding.ASCII.GetBytes(ResponseText);

    public static void WriteNumber(Span<byte> message, int number)
    {
        var place = message.Slice(At(message), Digits.Length);
        place.Fill((byte)'0');
        Utf8Formatter.TryFormat(number, place, out _, new System.Buffers.StandardFormat('D', (byte)Digits.Length));
    }

    public static int ReadNumber(ReadOnlySpan<byte> message) =>
        Utf8Parser.TryParse(message.Slice(At(message), Digits.Length), out int number, out _) ? number : throw new FormatException("There is no number in the branch.");

    private static int At(ReadOnlySpan<byte> message) => message.IndexOf("z9hG4bKbench"u8) + "z9hG4bKbench".Length;
}
