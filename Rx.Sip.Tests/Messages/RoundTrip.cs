using System.Buffers;
using System.Globalization;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

/// <summary>A message that was accepted is written as it was received, and means the same in its canonical form.</summary>
internal static class RoundTrip
{
    public static void Holds(byte[] octets, SipLimits limits)
    {
        if (SipParser.Parse(octets, limits) is not SipParseResult.Parsed { Message: var message })
            return;
        var start = octets.AsSpan().IndexOfAnyExcept((byte)'\r', (byte)'\n');
        Assert.True(octets.AsSpan(start, message.Bytes.Length).SequenceEqual(message.Bytes.Span));

        var canonical = Canonical(message, limits);
        Means(message, canonical);
        Assert.True(canonical.Bytes.Span.SequenceEqual(Canonical(canonical, limits).Bytes.Span));
    }

    /// <summary>Start line, headers in their order with their values, and body are the same, but for Content-Length and the spelling of known names.</summary>
    public static void Means(SipMessage expected, SipMessage actual)
    {
        Assert.Equal(expected.ToString(), actual.ToString());
        Assert.Equal(Fields(expected), Fields(actual));
        Assert.True(expected.Body.Span.SequenceEqual(actual.Body.Span));
        Assert.Equal([actual.Body.Length.ToString(CultureInfo.InvariantCulture)], actual.Headers.GetAll("Content-Length"));
    }

    public static SipMessage Canonical(SipMessage message, SipLimits limits)
    {
        var writer = new ArrayBufferWriter<byte>();
        message.WriteCanonical(writer);
        return Assert.IsType<SipParseResult.Parsed>(SipParser.Parse(writer.WrittenMemory, limits)).Message;
    }

    private static List<(string, string)> Fields(SipMessage message) =>
        [.. message.Headers.Select(header => (HeaderName.Of(header.Name).Text, header.Value)).Where(header => header.Text != "Content-Length")];
}
