using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Ladders;

/// <summary>A message in a few words.</summary>
internal static class Summary
{
    public static string Of(ReadOnlyMemory<byte> octets)
    {
        if (octets.Span.SequenceEqual("\r\n\r\n"u8))
            return "ping";
        if (octets.Span.SequenceEqual("\r\n"u8))
            return "pong";
        return SipParser.Parse(octets).Match(
            static message => message switch
            {
                SipRequest request => $"{request.Method} {request.RequestUriText} ({request.CSeq?.Number})",
                SipResponse response => $"{response.StatusCode} {response.ReasonPhrase} ({response.CSeq})",
                _ => "",
            },
            error => $"{octets.Length} octets that are no message");
    }
}
