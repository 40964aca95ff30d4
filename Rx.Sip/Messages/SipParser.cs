using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages;

/// <summary>
/// Reads messages (RFC 3261 §7). It looks at the structure only: start line, header fields, body; a header's value is
/// looked at when it is asked for. It never throws, and takes time linear in the octets.
/// </summary>
public static class SipParser
{
    private const int UsualHeaders = 20;

    /// <summary>Reads one whole message, as a datagram carries it: a body without Content-Length goes on to the end, octets behind it are dropped (RFC 3261 §18.3).</summary>
    public static SipParseResult Parse(ReadOnlyMemory<byte> octets) =>
        Parse(octets, SipLimits.Default);

    /// <summary>Reads one whole message within limits of your own.</summary>
    public static SipParseResult Parse(ReadOnlyMemory<byte> octets, SipLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return TryParse(octets.Span, limits, out var message, out var error) ? new SipParseResult.Parsed(message) : new SipParseResult.Malformed(error);
    }

    internal static bool TryParse(ReadOnlySpan<byte> source, [NotNullWhen(true)] out SipMessage? message, [NotNullWhen(false)] out SipParseError? error) =>
        TryParse(source, SipLimits.Default, out message, out error);

    internal static bool TryParse(ReadOnlySpan<byte> source, SipLimits limits, [NotNullWhen(true)] out SipMessage? message, [NotNullWhen(false)] out SipParseError? error) =>
        TryParse(source, limits, null, out message, out error);

    internal static bool TryParse(
        ReadOnlySpan<byte> source, SipLimits limits, ViaStamp? stamp, [NotNullWhen(true)] out SipMessage? message, [NotNullWhen(false)] out SipParseError? error)
    {
        // RFC 3261 §7.5: line ends in front of the start line are ignored.
        var skipped = source is [> (byte)'\r', ..] ? 0 : source.IndexOfAnyExcept((byte)'\r', (byte)'\n');
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
        var scan = new MessageScan(limits);
        Span<HeaderSlot> slots = stackalloc HeaderSlot[UsualHeaders];
        if (!scan.Advance(source, slots))
            scan.End(source, slots);
        var read = scan.Make(source, BodyLength(ref scan, source.Length, limits), slots, stamp);
        error = scan.Reason is { } reason ? new SipParseError(reason, skipped + scan.ErrorOffset) { Readable = read } : null;
        // A message without a defect can always be made.
        message = error is null ? read! : null;
        return message is not null;
    }

    // RFC 3261 §18.3: octets behind the body are dropped, without Content-Length it goes on to the end.
    private static int BodyLength(ref MessageScan scan, int length, SipLimits limits)
    {
        if (scan.IsCut)
            return 0;
        var available = length - scan.HeadersLength;
        if (scan.ContentLength > available)
            scan.Note(SipParseReason.TruncatedBody, length);
        var taken = scan.ContentLength < 0 ? available : Math.Min(scan.ContentLength, available);
        if (taken > limits.MaxBodyOctets)
            scan.Note(SipParseReason.TooLarge, scan.HeadersLength);
        return taken;
    }
}
