using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// Writes a message into its wire form and notes where the headers stand, so that what was built needs no parsing. Starts
/// in the caller's stack space and rents more when that is used up; <c>Finish…</c> gives back what was rented.
/// </summary>
internal ref struct MessageBuilder(Span<byte> octets, Span<HeaderSlot> slots)
{
    private Span<byte> _octets = octets;
    private Span<HeaderSlot> _slots = slots;
    private byte[]? _rentedOctets;
    private HeaderSlot[]? _rentedSlots;
    private int _length;
    private int _count;
    private int _headersStart;
    private SipMethod _method;
    private (int Start, int Length) _uri;
    private int _status;
    private (int Start, int Length) _reason;

    public void StartRequest(SipMethod method, scoped ReadOnlySpan<byte> uri)
    {
        _method = method;
        Append(method.Name);
        Append(" "u8);
        _uri = (_length, uri.Length);
        Append(uri);
        Append(" SIP/2.0\r\n"u8);
        _headersStart = _length;
    }

    public void StartResponse(int status, string reason)
    {
        _status = status;
        Append("SIP/2.0 "u8);
        Append((uint)status);
        Append(" "u8);
        var start = _length;
        Append(reason);
        _reason = (start, _length - start);
        Append("\r\n"u8);
        _headersStart = _length;
    }

    /// <summary>Takes over the start line of another message.</summary>
    public void StartLine(MessageFrame from)
    {
        Append(from.Span(0, from.HeadersStart));
        _headersStart = _length;
    }

    public void Header(HeaderId id, string value)
    {
        BeginHeader(id);
        Append(Grammar.RequireOneLine(value, nameof(value)));
        EndHeader();
    }

    public void Header(string name, string value)
    {
        var id = HeaderTable.Find(name);
        if (id == HeaderId.Unknown && !Grammar.IsToken(Encoding.UTF8.GetBytes(name)))
            throw new ArgumentException($"'{name}' is not a header name.", nameof(name));
        if (id == HeaderId.ContentLength)
            return; // the body decides: see Finish
        Begin(id, id == HeaderId.Unknown ? name : HeaderTable.NameOf(id));
        Append(Grammar.RequireOneLine(value, nameof(value)));
        EndHeader();
    }

    public void BeginHeader(HeaderId id) => Begin(id, HeaderTable.NameOf(id));

    public void EndHeader()
    {
        ref var slot = ref _slots[_count - 1];
        slot = slot with { ValueLength = _length - slot.ValueStart };
        Append("\r\n"u8);
    }

    /// <summary>Takes over a field from another message, octet by octet.</summary>
    public void Copy(MessageFrame from, in HeaderSlot slot)
    {
        var shift = _length - slot.Start;
        Append(from.Span(slot.Start, slot.ValueStart + slot.ValueLength - slot.Start));
        Append("\r\n"u8);
        Note(slot with { Start = slot.Start + shift, ValueStart = slot.ValueStart + shift });
    }

    public void Append(scoped ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_octets[_length..]);
        _length += text.Length;
    }

    public void Append(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _octets[_length..]);
    }

    public void Append(uint number)
    {
        Reserve(10);
        Utf8Formatter.TryFormat(number, _octets[_length..], out var written);
        _length += written;
    }

    public SipRequest FinishRequest(scoped ReadOnlySpan<byte> body)
    {
        var (method, uri) = (_method, _uri); // finishing clears the builder
        return new(Finish(body), method, uri.Start, uri.Length);
    }

    public SipResponse FinishResponse(scoped ReadOnlySpan<byte> body, bool isLocal)
    {
        var (status, reason) = (_status, _reason);
        return new(Finish(body), status, reason.Start, reason.Length, isLocal);
    }

    /// <summary>Ends the headers with Content-Length and puts the body behind them.</summary>
    public MessageFrame Finish(scoped ReadOnlySpan<byte> body)
    {
        BeginHeader(HeaderId.ContentLength);
        Append((uint)body.Length);
        EndHeader();
        Append("\r\n"u8);
        var message = GC.AllocateUninitializedArray<byte>(_length + body.Length);
        _octets[.._length].CopyTo(message);
        body.CopyTo(message.AsSpan(_length));
        var frame = new MessageFrame(message, _slots[.._count].ToArray(), _headersStart, _length);
        if (_rentedOctets is not null)
            ArrayPool<byte>.Shared.Return(_rentedOctets);
        if (_rentedSlots is not null)
            ArrayPool<HeaderSlot>.Shared.Return(_rentedSlots);
        this = default;
        return frame;
    }

    private void Begin(HeaderId id, string name)
    {
        var start = _length;
        Append(name);
        var nameLength = (ushort)(_length - start);
        Append(": "u8);
        Note(new HeaderSlot(id, Folded: false, nameLength, start, _length, 0));
    }

    private void Note(HeaderSlot slot)
    {
        if (_count == _slots.Length)
        {
            var larger = ArrayPool<HeaderSlot>.Shared.Rent(Math.Max(64, _count * 2));
            _slots.CopyTo(larger);
            if (_rentedSlots is not null)
                ArrayPool<HeaderSlot>.Shared.Return(_rentedSlots);
            _slots = _rentedSlots = larger;
        }
        _slots[_count++] = slot;
    }

    private void Reserve(int more)
    {
        if (_length + more <= _octets.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + more, _octets.Length * 2));
        _octets[.._length].CopyTo(larger);
        if (_rentedOctets is not null)
            ArrayPool<byte>.Shared.Return(_rentedOctets);
        _octets = _rentedOctets = larger;
    }
}
