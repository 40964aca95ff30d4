using System.Buffers;

namespace Rx.Sip.Messages;

/// <summary>
/// Cuts a stream into messages (RFC 3261 §18.3): takes chunks of any size, gives whole messages, keep-alives between them
/// (RFC 5626 §4.4.1), or the defect behind which the stream can't be followed. Looks at each octet once; holds at most
/// one message and one chunk, bounded by <see cref="SipLimits"/>, and nothing at all between messages.
/// </summary>
/// <param name="limits">How much of a message is accepted.</param>
/// <param name="stamp">What is written into the Via of requests; null for nothing.</param>
internal sealed class StreamFramer(SipLimits limits, ViaStamp? stamp)
{
    private const int UsualHeaders = 32;
    private const int LeastBuffer = 1024;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private HeaderSlot[] _slots = [];
    private MessageScan _scan;
    private bool _isReading;
    private int _messageLength;
    private bool _isHalfPing;

    /// <summary>A framer that stamps nothing.</summary>
    public StreamFramer(SipLimits limits) : this(limits, null)
    {
    }

    /// <summary>Octets waiting for the rest of their message.</summary>
    public int Buffered => _end - _start;

    /// <summary>Whether the headers of the message that waits are whole and only its body is missing.</summary>
    public bool IsInBody => _messageLength > 0;

    /// <summary>Whether the stream can't be followed any more; what still comes is dropped.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Octets of all that was taken off the stream so far: where in it the next item begins.</summary>
    public long Consumed { get; private set; }

    /// <summary>Octets that room is held for; 0 when nothing waits.</summary>
    internal int Room => _buffer.Length;

    public void Append(ReadOnlySpan<byte> chunk)
    {
        if (IsBroken || chunk.IsEmpty)
            return;
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
        var nothing = ReadOnlySpan<byte>.Empty;
        return Next(ref nothing, out message, out error);
    }

    /// <summary>
    /// The same off what waits and then off the chunk, whose whole messages need no buffer. Behind <see cref="StreamItem.None"/>
    /// the chunk is used up.
    /// </summary>
    public StreamItem Next(ref ReadOnlySpan<byte> chunk, out SipMessage? message, out SipParseError? error)
    {
        StreamItem item;
        if (Buffered == 0)
        {
            item = Take(chunk, out var used, out message, out error);
            chunk = chunk[used..];
            if (item is not StreamItem.None)
                return item;
            Append(chunk);
        }
        else
        {
            Append(chunk);
            item = Take(_buffer.AsSpan(_start, Buffered), out var used, out message, out error);
            _start += used;
        }
        chunk = default;
        if (Buffered == 0 || IsBroken)
            GiveRoomBack();
        return item;
    }

    /// <summary>The stream is over: gives back what is held.</summary>
    public void Free()
    {
        IsBroken = true;
        GiveRoomBack();
        if (_isReading)
            ArrayPool<HeaderSlot>.Shared.Return(_slots);
        (_isReading, _slots) = (false, []);
    }

    private StreamItem Take(ReadOnlySpan<byte> waiting, out int used, out SipMessage? message, out SipParseError? error)
    {
        (used, message, error) = (0, null, null);
        if (IsBroken)
            return StreamItem.None;
        var item = _isReading ? null : TakeLineEnds(waiting, ref used);
        item ??= used == waiting.Length ? StreamItem.None : TakeMessage(waiting[used..], ref used, out message, out error);
        Consumed += used;
        return item.Value;
    }

    // Line ends between messages: a double one is a keep-alive's ping, a single one its pong. When the second half comes later, the
    // first has been told as a pong already, and the ping is told all the same.
    private StreamItem? TakeLineEnds(ReadOnlySpan<byte> waiting, ref int used)
    {
        for (; used < waiting.Length; used++)
        {
            var rest = waiting[used..];
            if (rest[0] is not ((byte)'\r' or (byte)'\n'))
                break;
            if (rest is [(byte)'\r'])
                return StreamItem.None;
            if (rest is not [(byte)'\r', (byte)'\n', ..])
                continue;
            var isWhole = rest is [_, _, (byte)'\r', (byte)'\n', ..] && !_isHalfPing;
            used += isWhole ? 4 : 2;
            _isHalfPing = !isWhole && !_isHalfPing;
            return _isHalfPing ? StreamItem.Pong : StreamItem.Ping;
        }
        if (used < waiting.Length)
            _isHalfPing = false;
        return null;
    }

    private StreamItem TakeMessage(ReadOnlySpan<byte> octets, ref int used, out SipMessage? message, out SipParseError? error)
    {
        (message, error) = (null, null);
        if (!_isReading)
            (_isReading, _scan, _messageLength, _slots) = (true, new MessageScan(limits), 0, ArrayPool<HeaderSlot>.Shared.Rent(UsualHeaders));
        if (_messageLength == 0)
        {
            if (!_scan.Advance(octets, _slots))
                return StreamItem.None;
            if (!TryMeasure())
            {
                error = Finish(octets, 0, out _);
                IsBroken = true;
                return StreamItem.Broken;
            }
        }
        if (octets.Length < _messageLength)
            return StreamItem.None;
        used += _messageLength;
        error = Finish(octets, _messageLength - _scan.HeadersLength, out var read);
        message = error is null ? read : null;
        return error is null ? StreamItem.Message : StreamItem.Malformed;
    }

    // Where a message ends without a Content-Length to rely on, the next can't be found (RFC 3261 §18.3).
    private bool TryMeasure()
    {
        if (_scan.IsCut || _scan.IsContentLengthBad)
            return false;
        if (_scan.ContentLength < 0)
            _scan.Note(SipParseReason.MissingContentLength, _scan.HeadersLength);
        else if (_scan.ContentLength > limits.MaxBodyOctets)
            _scan.Note(SipParseReason.TooLarge, _scan.HeadersLength);
        else
            _messageLength = _scan.HeadersLength + _scan.ContentLength;
        return _messageLength > 0;
    }

    private SipParseError? Finish(ReadOnlySpan<byte> octets, int bodyLength, out SipMessage? read)
    {
        read = _scan.Make(octets, bodyLength, _slots, stamp);
        ArrayPool<HeaderSlot>.Shared.Return(_slots);
        (_isReading, _slots) = (false, []);
        return _scan.Reason is { } reason ? new SipParseError(reason, _scan.ErrorOffset) { Readable = read } : null;
    }

    private void MakeRoom(int more)
    {
        var waiting = _buffer.AsSpan(_start, Buffered);
        var needed = waiting.Length + more;
        if (needed <= _buffer.Length)
        {
            waiting.CopyTo(_buffer);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(LeastBuffer, _buffer.Length * 2)));
            waiting.CopyTo(larger);
            GiveRoomBack();
            _buffer = larger;
        }
        (_start, _end) = (0, needed - more);
    }

    private void GiveRoomBack()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _end) = ([], 0, 0);
    }
}
