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

    /// <summary>A builder with rented room, where the size is known only about.</summary>
    public static MessageBuilder Rent(int octets, int slots)
    {
        var (rentedOctets, rentedSlots) = (ArrayPool<byte>.Shared.Rent(octets), ArrayPool<HeaderSlot>.Shared.Rent(slots));
        return new MessageBuilder(rentedOctets, rentedSlots) { _rentedOctets = rentedOctets, _rentedSlots = rentedSlots };
    }

    public void StartRequest(SipMethod method, scoped ReadOnlySpan<byte> uri)
    {
        BeginRequest(method);
        Append(uri);
        EndRequest();
    }

    public void StartRequest(SipMethod method, string uri)
    {
        BeginRequest(method);
        Append(uri);
        EndRequest();
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

    public void Header(HeaderName name, string value)
    {
        var start = _length;
        Append(name.Text);
        Append(": "u8);
        Note(new HeaderSlot(name.Id, Folded: false, (ushort)(_length - start - 2), start, _length, 0));
        Append(Grammar.RequireOneLine(value, nameof(value)));
        EndHeader();
    }

    public void Header(HeaderId id, NameAddress value)
    {
        BeginHeader(id);
        Append(value);
        EndHeader();
    }

    public void BeginHeader(HeaderId id)
    {
        var start = _length;
        Append(HeaderTable.LineOf(id));
        Note(new HeaderSlot(id, Folded: false, (ushort)(_length - start - 2), start, _length, 0));
    }

    public void EndHeader()
    {
        ref var slot = ref _slots[_count - 1];
        slot = new HeaderSlot(slot.Id, slot.Folded, slot.NameLength, slot.Start, slot.ValueStart, _length - slot.ValueStart);
        Append("\r\n"u8);
    }

    /// <summary>Takes over a field from another message, octet by octet.</summary>
    public void Copy(MessageFrame from, in HeaderSlot slot)
    {
        var shift = _length - slot.Start;
        Append(from.Span(slot.Start, slot.ValueStart + slot.ValueLength - slot.Start));
        Append("\r\n"u8);
        Note(new HeaderSlot(slot.Id, slot.Folded, slot.NameLength, slot.Start + shift, slot.ValueStart + shift, slot.ValueLength));
    }

    public void Append(scoped ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_octets[_length..]);
        _length += text.Length;
    }

    public void Append(string text)
    {
        if (!Encoding.UTF8.TryGetBytes(text, _octets[_length..], out var written))
        {
            Reserve(Encoding.UTF8.GetByteCount(text));
            written = Encoding.UTF8.GetBytes(text, _octets[_length..]);
        }
        _length += written;
    }

    /// <summary>An address as <see cref="NameAddress.ToString"/> writes it, without making text of it.</summary>
    public void Append(NameAddress address)
    {
        if (address.DisplayName is { } name)
        {
            AppendQuoted(name);
            Append(" "u8);
        }
        Append("<"u8);
        Append(address.Uri.ToString());
        Append(">"u8);
        for (var i = 0; i < address.Parameters.Count; i++)
        {
            var (parameter, value) = address.Parameters[i];
            Append(";"u8);
            Append(parameter);
            if (value is not null)
            {
                Append("="u8);
                Append(value);
            }
        }
    }

    private void AppendQuoted(string text)
    {
        if (text.AsSpan().ContainsAny('\\', '"', '\0'))
        {
            Append(Grammar.RequireOneLine(Grammar.Quote(text), nameof(text)));
            return;
        }
        Append("\""u8);
        Append(Grammar.RequireOneLine(text, nameof(text)));
        Append("\""u8);
    }

    public void Append(uint number)
    {
        int written;
        while (!Utf8Formatter.TryFormat(number, _octets[_length..], out written))
            Reserve("4294967295"u8.Length);
        _length += written;
    }

    public SipRequest FinishRequest(scoped ReadOnlySpan<byte> body)
    {
        var (method, uri) = (_method, _uri); // finishing clears the builder
        return new(Finish(body), method, uri.Start, uri.Length);
    }

    /// <summary>Ends the header and adds a body of text.</summary>
    public SipRequest FinishRequest(string body)
    {
        var (method, uri) = (_method, _uri);
        return new(Finish(default, body), method, uri.Start, uri.Length);
    }

    public SipResponse FinishResponse(scoped ReadOnlySpan<byte> body, SipLocalCause? cause)
    {
        var (status, reason) = (_status, _reason);
        return new(Finish(body), status, reason.Start, reason.Length, cause);
    }

    /// <summary>Ends the headers with Content-Length and puts the body behind them.</summary>
    public MessageFrame Finish(scoped ReadOnlySpan<byte> body) => Finish(body, "");

    // The body is octets or text; the other one is empty.
    private MessageFrame Finish(scoped ReadOnlySpan<byte> octets, string text)
    {
        var length = octets.Length + Encoding.UTF8.GetByteCount(text);
        BeginHeader(HeaderId.ContentLength);
        Append((uint)length);
        EndHeader();
        Append("\r\n"u8);
        var frame = new MessageFrame(WithBody(octets, text, length), _slots[.._count].ToArray(), _headersStart, _length);
        if (_rentedOctets is not null)
            ArrayPool<byte>.Shared.Return(_rentedOctets);
        if (_rentedSlots is not null)
            ArrayPool<HeaderSlot>.Shared.Return(_rentedSlots);
        this = default;
        return frame;
    }

    private void BeginRequest(SipMethod method)
    {
        _method = method;
        Append(method.Name);
        Append(" "u8);
        _uri = (_length, 0);
    }

    private void EndRequest()
    {
        _uri = (_uri.Start, _length - _uri.Start);
        Append(" SIP/2.0\r\n"u8);
        _headersStart = _length;
    }

    private readonly byte[] WithBody(scoped ReadOnlySpan<byte> octets, string text, int length)
    {
        var message = GC.AllocateUninitializedArray<byte>(_length + length);
        _octets[.._length].CopyTo(message);
        octets.CopyTo(message.AsSpan(_length));
        Encoding.UTF8.GetBytes(text, message.AsSpan(_length + octets.Length));
        return message;
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
