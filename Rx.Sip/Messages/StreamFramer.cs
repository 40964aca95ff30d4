namespace Rx.Sip.Messages;

/// <summary>
/// Cuts a stream into messages (RFC 3261 §18.3): takes chunks of any size, gives whole messages, keep-alives between them
/// (RFC 5626 §4.4.1), or the defect after which the stream can't be followed. Looks at each octet once; holds at most
/// one message, bounded by <see cref="SipLimits"/>.
/// </summary>
internal sealed class StreamFramer(SipLimits limits)
{
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private int _scanned;
    private int _messageLength;
    private bool _halfPing;

    /// <summary>Octets waiting for the rest of their message.</summary>
    public int Buffered => _end - _start;

    public void Append(ReadOnlySpan<byte> chunk)
    {
        if (_end + chunk.Length > _buffer.Length)
            MakeRoom(chunk.Length);
        chunk.CopyTo(_buffer.AsSpan(_end));
        _end += chunk.Length;
    }

    /// <summary>
    /// Takes the next item off the stream. <see cref="StreamItem.None"/> means more octets are needed; behind
    /// <see cref="StreamItem.Broken"/> nothing comes any more.
    /// </summary>
    public StreamItem Next(out SipMessage? message, out SipParseError? error)
    {
        (message, error) = (null, null);
        if (_messageLength == 0 && TakeLineEnds() is { } keepAlive)
            return keepAlive;
        if (_messageLength == 0 && !TryMeasure(out error))
            return error is null ? StreamItem.None : StreamItem.Broken;
        if (Buffered < _messageLength)
            return StreamItem.None;
        var octets = _buffer.AsSpan(_start, _messageLength);
        _start += _messageLength;
        (_scanned, _messageLength) = (0, 0);
        return SipParser.TryParse(octets, limits, out message, out error) ? StreamItem.Message : StreamItem.Malformed;
    }

    // Line ends between messages: a double one is a keep-alive's ping, a single one its pong. When the second half comes later, the
    // first has been told as a pong already, and the ping is told all the same.
    private StreamItem? TakeLineEnds()
    {
        while (Buffered > 0)
        {
            var waiting = _buffer.AsSpan(_start, Buffered);
            if (waiting[0] is not ((byte)'\r' or (byte)'\n'))
            {
                _halfPing = false;
                return null;
            }
            if (waiting is [(byte)'\r'])
                return StreamItem.None;
            if (waiting.StartsWith("\r\n"u8))
                return TakeKeepAlive(isWhole: waiting[2..].StartsWith("\r\n"u8));
            _start++;
        }
        return null;
    }

    private StreamItem TakeKeepAlive(bool isWhole)
    {
        _start += isWhole && !_halfPing ? 4 : 2;
        var isPing = isWhole || _halfPing;
        _halfPing = !isPing;
        return isPing ? StreamItem.Ping : StreamItem.Pong;
    }

    // Finds the end of the headers, going on where the last look ended, and adds Content-Length.
    private bool TryMeasure(out SipParseError? error)
    {
        error = null;
        var waiting = _buffer.AsSpan(_start, Buffered);
        var headers = HeadersEnd.Find(waiting, ref _scanned);
        if ((headers < 0 ? waiting.Length : headers) > limits.MaxHeaderOctets)
            error = new SipParseError(SipParseReason.TooLarge, limits.MaxHeaderOctets);
        if (headers < 0 || error is not null)
            return false;
        if (!SipParser.TryParse(waiting[..headers], limits, out var head, out var defect)
            && defect.Reason is not SipParseReason.TruncatedBody)
            head = defect.Readable;
        else
            head ??= defect?.Readable;
        if (head?.ContentLength is not { } length)
        {
            error = new SipParseError(SipParseReason.MissingContentLength, headers) { Readable = head };
            return false;
        }
        if (length > limits.MaxBodyOctets)
        {
            error = new SipParseError(SipParseReason.TooLarge, headers) { Readable = head };
            return false;
        }
        _messageLength = headers + length;
        return true;
    }

    private void MakeRoom(int more)
    {
        var needed = Buffered + more;
        if (needed <= _buffer.Length)
        {
            _buffer.AsSpan(_start, Buffered).CopyTo(_buffer);
        }
        else
        {
            var larger = new byte[Math.Max(needed, Math.Max(4096, _buffer.Length * 2))];
            _buffer.AsSpan(_start, Buffered).CopyTo(larger);
            _buffer = larger;
        }
        (_end, _start) = (Buffered, 0);
    }
}
