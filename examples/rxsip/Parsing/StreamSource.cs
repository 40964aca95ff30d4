using Rx.Sip.Messages;

namespace Rx.Sip.Tool.Parsing;

/// <summary>Octets that are messages one behind the other, as a connection carries them.</summary>
internal static class StreamSource
{
    public static IEnumerable<SipParseResult> Read(Stream octets)
    {
        var messages = new SipStreamParser();
        var chunk = new byte[64 * 1024];
        for (int read; !messages.IsBroken && (read = octets.Read(chunk)) > 0;)
            foreach (var result in messages.Append(chunk.AsMemory(0, read)))
                yield return result;
        foreach (var result in messages.Complete())
            yield return result;
    }
}
