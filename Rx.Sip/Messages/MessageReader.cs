namespace Rx.Sip.Messages;

/// <summary>
/// One pass over the octets of a message. The first defect is noted and reading goes on, so that a request with a defect
/// can still be answered.
/// </summary>
internal ref struct MessageReader(ReadOnlySpan<byte> source, SipLimits limits, Span<HeaderSlot> slots)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private Span<HeaderSlot> _slots = slots;
    private int _count;
    private int _position;
    private long _contentLength = -1;

    /// <summary>The first defect; null when there is none.</summary>
    public SipParseReason? Reason { get; private set; }

    /// <summary>Where the first defect was noticed.</summary>
    public int ErrorOffset { get; private set; }

    /// <summary>Reads the message; null when there is not even a start line.</summary>
    public SipMessage? Read()
    {
        if (!TryLine(out var lineStart, out var line))
            line = _source;
        var start = StartLine.Read(line);
        if (start.Reason is { } reason)
            Note(reason, lineStart);
        if (!start.IsReadable)
            return null;
        var headersStart = _position;
        ReadHeaders();
        var bodyLength = BodyLength(_source.Length - _position);
        var octets = GC.AllocateUninitializedArray<byte>(_position + bodyLength);
        _source[..octets.Length].CopyTo(octets);
        return start.Make(new MessageFrame(octets, _slots[.._count].ToArray(), headersStart, _position));
    }

    private void ReadHeaders()
    {
        while (TryLine(out var start, out var line))
        {
            if (line.IsEmpty)
                return;
            if (_position > limits.MaxHeaderOctets)
            {
                Note(SipParseReason.TooLarge, start);
                return;
            }
            var folded = false;
            while (_position < _source.Length && Grammar.IsWhite(_source[_position]) && TryLine(out _, out _))
                folded = true;
            if (!TryHeader(start, line, folded, EndOfLine(start)))
                return;
        }
        Note(SipParseReason.UnfinishedHeaders, _source.Length);
    }

    private bool TryHeader(int start, ReadOnlySpan<byte> line, bool folded, int end)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? default : Grammar.Trim(line[..colon]);
        var id = HeaderTable.Find(name);
        if (id == HeaderId.Unknown && (!Grammar.IsToken(name) || name.Length > ushort.MaxValue || Grammar.IsWhite(line[0])))
        {
            Note(SipParseReason.BadHeader, start);
            return true;
        }
        var (valueStart, valueEnd) = (start + colon + 1, end);
        while (valueStart < valueEnd && IsSpace(_source[valueStart]))
            valueStart++;
        while (valueEnd > valueStart && IsSpace(_source[valueEnd - 1]))
            valueEnd--;
        var slot = new HeaderSlot(id, folded, (ushort)name.Length, start, valueStart, valueEnd - valueStart);
        if (id == HeaderId.ContentLength)
            ReadContentLength(slot);
        return TryAdd(slot);
    }

    private bool TryAdd(HeaderSlot slot)
    {
        if (_count == limits.MaxHeaders)
        {
            Note(SipParseReason.TooManyHeaders, slot.Start);
            return false;
        }
        if (_count == _slots.Length)
        {
            var larger = new HeaderSlot[_count * 2];
            _slots.CopyTo(larger);
            _slots = larger;
        }
        _slots[_count++] = slot;
        return true;
    }

    private void ReadContentLength(in HeaderSlot slot)
    {
        var text = _source.Slice(slot.ValueStart, slot.ValueLength);
        var valid = Grammar.TryNumber(slot.Folded ? Grammar.Trim(Grammar.Unfold(text)) : text, int.MaxValue, out var length);
        if (!valid || (_contentLength >= 0 && _contentLength != length))
            Note(SipParseReason.BadContentLength, slot.ValueStart);
        _contentLength = valid ? length : _contentLength;
    }

    private int BodyLength(int available)
    {
        if (_contentLength > available)
            Note(SipParseReason.TruncatedBody, _source.Length);
        var length = _contentLength < 0 ? available : (int)Math.Min(_contentLength, available);
        if (length > limits.MaxBodyOctets)
            Note(SipParseReason.TooLarge, _position);
        return length;
    }

    /// <summary>Takes the next line without its end; false when no line end is left.</summary>
    private bool TryLine(out int start, out ReadOnlySpan<byte> line)
    {
        start = _position;
        var rest = _source[_position..];
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n', (byte)0);
        while (end >= 0 && rest[end] != '\n')
        {
            if (end + 1 < rest.Length && rest[end] == '\r' && rest[end + 1] == '\n')
            {
                line = rest[..end];
                _position += end + 2;
                return true;
            }
            Note(SipParseReason.BadLineEnd, _position + end);
            var next = rest[(end + 1)..].IndexOfAny((byte)'\r', (byte)'\n', (byte)0);
            end = next < 0 ? -1 : end + 1 + next;
        }
        // A lone LF ends a line too: many senders' habit, harmless to read.
        line = end < 0 ? rest : rest[..end];
        _position += end < 0 ? rest.Length : end + 1;
        return end >= 0;
    }

    // The end of the (possibly folded) line that was just read.
    private readonly int EndOfLine(int start)
    {
        var end = _position;
        while (end > start && _source[end - 1] is (byte)'\r' or (byte)'\n')
            end--;
        return end;
    }

    private static bool IsSpace(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private void Note(SipParseReason reason, int offset)
    {
        if (Reason is null)
            (Reason, ErrorOffset) = (reason, offset);
    }
}
