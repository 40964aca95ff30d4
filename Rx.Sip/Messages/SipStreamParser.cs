namespace Rx.Sip.Messages;

/// <summary>
/// Reads the messages off a stream of octets, such as a TCP connection or a capture of one (RFC 3261 §18.3): takes chunks of any size
/// and gives each message once it is whole. Keep-alives between messages are passed over. Holds at most one message.
/// </summary>
public sealed class SipStreamParser
{
    private readonly StreamFramer _framer;

    /// <summary>A stream with the default limits.</summary>
    public SipStreamParser() : this(SipLimits.Default)
    {
    }

    /// <summary>A stream with limits: a message beyond them breaks it.</summary>
    public SipStreamParser(SipLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _framer = new StreamFramer(limits);
    }

    /// <summary>Whether a defect was found behind which no next message can be found; what comes after it is dropped.</summary>
    public bool IsBroken => _framer.IsBroken;

    /// <summary>Takes the next octets and gives what became whole by them: messages, and defects with their offset in the stream.</summary>
    public IReadOnlyList<SipParseResult> Append(ReadOnlyMemory<byte> chunk)
    {
        var results = new List<SipParseResult>();
        _framer.Append(chunk.Span);
        StreamItem item;
        do
        {
            var start = _framer.Consumed;
            item = _framer.Next(out var message, out var error);
            if (message is not null)
                results.Add(new SipParseResult.Parsed(message));
            else if (error is not null)
                results.Add(Malformed(error, start));
        }
        while (item is not (StreamItem.None or StreamItem.Broken));
        return results;
    }

    /// <summary>Says that nothing follows: gives the defect of a message that was begun and not finished, or nothing.</summary>
    public IReadOnlyList<SipParseResult> Complete() =>
        _framer.IsBroken || _framer.Buffered == 0
            ? []
            : [Malformed(new SipParseError(_framer.IsInBody ? SipParseReason.TruncatedBody : SipParseReason.UnfinishedHeaders, _framer.Buffered), _framer.Consumed)];

    // A stream may be longer than a number of octets can say.
    private static SipParseResult.Malformed Malformed(SipParseError error, long start) =>
        new(error with { Offset = (int)Math.Min(int.MaxValue, start + error.Offset) });
}
