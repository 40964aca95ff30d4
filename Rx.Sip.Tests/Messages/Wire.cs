using System.Text;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

/// <summary>Messages written as their lines.</summary>
internal static class Wire
{
    public static byte[] Octets(params string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n")) + "\r\n");

    public static SipMessage Message(params string[] lines) => Parse(Octets(lines));

    public static SipRequest Request(params string[] lines) => Assert.IsType<SipRequest>(Message(lines));

    public static SipResponse Response(params string[] lines) => Assert.IsType<SipResponse>(Message(lines));

    public static SipMessage Parse(byte[] octets)
    {
        var result = SipParser.Parse(octets);
        return result is SipParseResult.Parsed parsed ? parsed.Message : throw new Xunit.Sdk.XunitException(result.ToString());
    }

    public static SipParseError Defect(byte[] octets) => Assert.IsType<SipParseResult.Malformed>(SipParser.Parse(octets)).Error;

    /// <summary>A request of the mandatory headers, some of them replaced: a line whose name is that of another takes its place, a name alone removes it.</summary>
    public static SipRequest RequestWith(params string[] changes) => Assert.IsType<SipRequest>(Parse(Octets(["OPTIONS sip:bob@example.test SIP/2.0", .. Changed("OPTIONS", changes)])));

    public static SipResponse ResponseWith(params string[] changes) => Assert.IsType<SipResponse>(Parse(Octets(["SIP/2.0 200 OK", .. Changed("OPTIONS", changes)])));

    private static List<string> Changed(string method, string[] changes)
    {
        List<string> lines =
        [
            "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc", "Max-Forwards: 70", "From: <sip:alice@example.test>;tag=a",
            "To: <sip:bob@example.test>", "Call-ID: call@example.test", $"CSeq: 7 {method}",
        ];
        foreach (var change in changes)
        {
            var index = lines.FindIndex(line => line.Split(':')[0] == change.Split(':')[0]);
            lines.RemoveAt(index);
            if (change.Contains(':', StringComparison.Ordinal))
                lines.InsertRange(index, change.Split("\r\n"));
        }
        return lines;
    }
}
