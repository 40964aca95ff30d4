using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages;

/// <summary>
/// Reads messages (RFC 3261 §7). It looks at the structure only: start line, header fields, body; a header's value is
/// looked at when it is asked for. It never throws, and takes time linear in the octets.
/// </summary>
public static class SipParser
{
    /// <summary>Reads one whole message, as a datagram carries it: a body without Content-Length goes on to the end, octets behind it are dropped (RFC 3261 §18.3).</summary>
    public static SipParseResult Parse(ReadOnlyMemory<byte> octets) =>
        TryParse(octets.Span, out var message, out var error) ? new SipParseResult.Parsed(message) : new SipParseResult.Malformed(error);

    internal static bool TryParse(ReadOnlySpan<byte> source, [NotNullWhen(true)] out SipMessage? message, [NotNullWhen(false)] out SipParseError? error) =>
        TryParse(source, SipLimits.Default, out message, out error);

    internal static bool TryParse(ReadOnlySpan<byte> source, SipLimits limits, [NotNullWhen(true)] out SipMessage? message, [NotNullWhen(false)] out SipParseError? error)
    {
        // RFC 3261 §7.5: line ends in front of the start line are ignored.
        var skipped = source.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (skipped < 0)
        {
            (message, error) = (null, new SipParseError(SipParseReason.Empty, 0));
            return false;
        }
        source = source[skipped..];
        if (source.Length > (long)limits.MaxHeaderOctets + limits.MaxBodyOctets)
        {
            (message, error) = (null, new SipParseError(SipParseReason.TooLarge, skipped));
            return false;
        }
        var reader = new MessageReader(source, limits, stackalloc HeaderSlot[48]);
        var read = reader.Read();
        error = reader.Reason is { } reason ? new SipParseError(reason, skipped + reader.ErrorOffset) { Readable = read } : null;
        message = error is null ? read : null;
        // Without a defect there is always a message.
        error ??= message is null ? new SipParseError(SipParseReason.BadStartLine, skipped) : null;
        return message is not null;
    }
}
