namespace Rx.Sip.Messages;

/// <summary>
/// Reads the start line and the header fields of one message in one pass that can stop anywhere and go on when more octets
/// have come: none is looked at twice, but for the one or two at the seam. The first defect is noted and reading goes on, so
/// that a request with a defect can still be answered. Offsets count from the message's first octet.
/// </summary>
internal struct MessageScan(SipLimits limits)
{
    private readonly SipLimits _limits = limits;
    private StartLine _startLine;
    private HeaderSlot[]? _more;
    private int _count;
    private int _headersStart = -1;
    private int _lineStart;
    private int _searched;
    private bool _isFolded;

    /// <summary>The first defect; null when there is none.</summary>
    public SipParseReason? Reason { get; private set; }

    /// <summary>Where the first defect was noticed.</summary>
    public int ErrorOffset { get; private set; }

    /// <summary>Octets of start line, headers and empty line, once they have been read.</summary>
    public int HeadersLength { get; private set; }

    /// <summary>Content-Length; -1 when it is missing or no one number.</summary>
    public int ContentLength { get; private set; } = -1;

    /// <summary>Content-Length is there and can't be relied on.</summary>
    public bool IsContentLengthBad { get; private set; }

    /// <summary>The headers have no end, or reading was given up since they exceed a limit: what follows is no body.</summary>
    public bool IsCut { get; private set; }

    /// <summary>
    /// Goes on reading; true when the headers are read or given up. <paramref name="octets"/> begin with the message's first
    /// octet each time, and <paramref name="slots"/> are the same each time.
    /// </summary>
    public bool Advance(ReadOnlySpan<byte> octets, scoped Span<HeaderSlot> slots)
    {
        var breaks = new BreakFinder(octets);
        var (line, searched) = (_lineStart, _searched);
        while (TryLineEnd(ref breaks, ref searched, out var end, out var next))
        {
            var isEmpty = end == line && _headersStart >= 0;
            if (_headersStart >= 0 && !isEmpty)
            {
                // A line goes on if the next begins with white space, so that one has to be there.
                if (next == octets.Length)
                    return Stop(line, searched);
                if (Grammar.IsWhite(octets[next]))
                {
                    (_isFolded, searched) = (true, next);
                    continue;
                }
            }
            if (next > _limits.MaxHeaderOctets)
                return Cut(SipParseReason.TooLarge, line);
            if (isEmpty)
                return Finish(next);
            if (!TakeLine(octets, line, end, slots))
                return true;
            line = searched = TakeUsual(octets, next, slots);
        }
        return searched > _limits.MaxHeaderOctets ? Cut(SipParseReason.TooLarge, line) : Stop(line, searched);
    }

    /// <summary>No more octets come: what is there has to do.</summary>
    public void End(ReadOnlySpan<byte> octets, scoped Span<HeaderSlot> slots)
    {
        var breaks = new BreakFinder(octets);
        if (TryLineEnd(ref breaks, ref _searched, out var end, out var next))
        {
            TakeLine(octets, _lineStart, end, slots);
            _lineStart = next;
        }
        else if (_headersStart < 0)
        {
            TakeLine(octets, _lineStart, octets.Length, slots);
            _lineStart = octets.Length;
        }
        Note(SipParseReason.UnfinishedHeaders, octets.Length);
        IsCut = true;
        Finish(_lineStart);
    }

    public void Note(SipParseReason reason, int offset)
    {
        if (Reason is null)
            (Reason, ErrorOffset) = (reason, offset);
    }

    /// <summary>Makes the message with so many octets of body, a request with the stamp in its Via if there is one; null when there is not even a start line.</summary>
    public readonly SipMessage? Make(ReadOnlySpan<byte> octets, int bodyLength, scoped ReadOnlySpan<HeaderSlot> slots, ViaStamp? stamp)
    {
        if (!_startLine.IsReadable)
            return null;
        octets = octets[..(HeadersLength + bodyLength)];
        var used = (_more ?? slots)[.._count];
        if (!_startLine.IsRequest)
            return _startLine.MakeResponse(MessageFrame.Copy(octets, used, _headersStart, HeadersLength));
        var replyPort = 0;
        var frame = stamp?.Frame(octets, used, _headersStart, HeadersLength, out replyPort) ?? MessageFrame.Copy(octets, used, _headersStart, HeadersLength);
        return _startLine.MakeRequest(frame, replyPort);
    }

    // Where to go on when more has come.
    private bool Stop(int line, int searched)
    {
        (_lineStart, _searched) = (line, searched);
        return false;
    }

    private bool Cut(SipParseReason reason, int line)
    {
        Note(reason, line);
        IsCut = true;
        if (_headersStart < 0)
            _headersStart = 0;
        return Finish(line);
    }

    private bool Finish(int length)
    {
        HeadersLength = length;
        return true;
    }

    private int TakeUsual(ReadOnlySpan<byte> octets, int line, scoped Span<HeaderSlot> slots)
    {
        slots = _more ?? slots;
        var room = Math.Min(slots.Length, _limits.MaxHeaders) - _count;
        if (room <= 0)
            return line;
        if (octets.Length > _limits.MaxHeaderOctets)
            octets = octets[.._limits.MaxHeaderOctets];
        var next = UsualLines.Take(octets, line, slots.Slice(_count, room), out var count);
        if (next - line > _limits.MaxParameters)
            foreach (ref readonly var slot in slots.Slice(_count, count))
                Check(octets, slot);
        _count += count;
        return next;
    }

    private bool TakeLine(ReadOnlySpan<byte> octets, int start, int end, scoped Span<HeaderSlot> slots)
    {
        if (_headersStart >= 0)
            return TakeField(octets, start, end, slots);
        _startLine = StartLine.Read(octets[..end]);
        if (_startLine.Reason is { } reason)
            Note(reason, 0);
        _headersStart = Math.Min(octets.Length, end + (octets[end..] is [(byte)'\r', ..] ? 2 : 1));
        return true;
    }

    private bool TakeField(ReadOnlySpan<byte> octets, int start, int end, scoped Span<HeaderSlot> slots)
    {
        var id = HeaderTable.FindAt(octets, start, end, out var nameLength, out var colon);
        if (id == HeaderId.Unknown && (!Grammar.IsToken(octets.Slice(start, nameLength)) || nameLength > ushort.MaxValue))
        {
            Note(SipParseReason.BadHeader, start);
            _isFolded = false;
            return true;
        }
        var valueStart = colon + 1;
        while (valueStart < end && IsSpace(octets[valueStart]))
            valueStart++;
        while (end > valueStart && IsSpace(octets[end - 1]))
            end--;
        if (_count == _limits.MaxHeaders)
            return !Cut(SipParseReason.TooManyHeaders, start);
        if (_more is not null)
            slots = _more;
        if (_count == slots.Length)
            slots = MakeRoom(slots);
        // Written where it stays: a copy would wait for its parts to be written.
        slots[_count++] = new HeaderSlot(id, _isFolded, (ushort)nameLength, start, valueStart, end - valueStart);
        _isFolded = false;
        Check(octets, slots[_count - 1]);
        if (id == HeaderId.ContentLength)
            ReadContentLength(octets, slots[_count - 1]);
        return true;
    }

    // A value of fewer octets than it may have parameters can't have too many: the usual one is not even looked at.
    private void Check(ReadOnlySpan<byte> octets, in HeaderSlot slot)
    {
        if (slot.ValueLength <= _limits.MaxParameters)
            return;
        var value = octets.Slice(slot.ValueStart, slot.ValueLength);
        if (value.Count((byte)';') + value.Count((byte)',') > _limits.MaxParameters)
            Note(SipParseReason.TooManyParameters, slot.Start);
    }

    private HeaderSlot[] MakeRoom(scoped ReadOnlySpan<HeaderSlot> slots)
    {
        _more = new HeaderSlot[Math.Max(16, _count * 2)];
        slots.CopyTo(_more);
        return _more;
    }

    private void ReadContentLength(ReadOnlySpan<byte> octets, in HeaderSlot slot)
    {
        var text = octets.Slice(slot.ValueStart, slot.ValueLength);
        var isNumber = Grammar.TryNumber(slot.Folded ? Grammar.Trim(Grammar.Unfold(text)) : text, int.MaxValue, out var length);
        if (!isNumber || IsContentLengthBad || (ContentLength >= 0 && ContentLength != length))
        {
            Note(SipParseReason.BadContentLength, slot.ValueStart);
            (ContentLength, IsContentLengthBad) = (-1, true);
        }
        else
        {
            ContentLength = (int)length;
        }
    }

    /// <summary>Finds the end of the line at hand and the begin of the next; false when the line's end has not come yet.</summary>
    private bool TryLineEnd(ref BreakFinder breaks, ref int searched, out int end, out int next)
    {
        var octets = breaks.Octets;
        for (end = breaks.Find(searched); end >= 0; end = breaks.Find(end + 1))
        {
            searched = end;
            // A lone LF ends a line too: many senders' habit, harmless to read.
            next = end + 1;
            if (octets[end] == '\n')
                return true;
            if (octets[end] == '\r')
            {
                if (next == octets.Length)
                    return false;
                if (octets[next++] == '\n')
                    return true;
            }
            // A quoted-pair may hold NUL (RFC 3261 §25.1), and CR alone may stand nowhere.
            if (octets[end] == '\r' || end == 0 || octets[end - 1] != '\\')
                Note(SipParseReason.BadLineEnd, end);
        }
        next = 0;
        searched = octets.Length;
        return false;
    }

    private static bool IsSpace(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
