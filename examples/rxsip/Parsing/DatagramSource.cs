using Rx.Sip.Messages;

namespace Rx.Sip.Tool.Parsing;

/// <summary>Octets that are one message, as a datagram carries it.</summary>
internal static class DatagramSource
{
    public static IEnumerable<SipParseResult> Read(Stream octets)
    {
        // One octet more than is allowed is enough for the parser to refuse the rest unread.
        var limit = SipLimits.Default.MaxHeaderOctets + SipLimits.Default.MaxBodyOctets + 1;
        var message = new MemoryStream();
        var chunk = new byte[64 * 1024];
        for (int read; message.Length < limit && (read = octets.Read(chunk)) > 0;)
            message.Write(chunk, 0, read);
        return [SipParser.Parse(message.ToArray())];
    }
}
