namespace Rx.Sip.Messages;

/// <summary>
/// Copies header lines of a message behind each other into room that suffices, those that follow each other there together, and
/// notes where they then stand.
/// </summary>
internal ref struct LineCopier(MessageFrame frame, Span<byte> room, Span<HeaderSlot> slots)
{
    private readonly ReadOnlySpan<byte> _octets = frame.Octets.Span;
    private readonly Span<HeaderSlot> _slots = slots;

    // The octets from the one to the other are to be copied and have not been yet.
    private int _runStart;
    private int _runEnd;
    private int _count;

    /// <summary>Writes what stands between the lines; behind <see cref="Flush"/>, for lines that were copied are written when their run ends.</summary>
    public OctetWriter Writer = new(room);

    public void Copy(in HeaderSlot slot) => Copy(slot, null);

    /// <summary>Copies a line and, if there is a tag, appends that to its value.</summary>
    public void Copy(in HeaderSlot slot, string? tag)
    {
        if (_runEnd != slot.Start)
        {
            Flush();
            _runStart = slot.Start;
        }
        var shift = Writer.Length - _runStart;
        _runEnd = slot.ValueStart + slot.ValueLength;
        var added = tag is null ? 0 : AppendTag(tag);
        _slots[_count++] = new HeaderSlot(slot.Id, slot.Folded, slot.NameLength, slot.Start + shift, slot.ValueStart + shift, slot.ValueLength + added);
        if (_octets.Length >= _runEnd + 2 && _octets[_runEnd] == '\r' && _octets[_runEnd + 1] == '\n')
        {
            _runEnd += 2;
            return;
        }
        // A line that does not end right behind its value ends the run.
        Flush();
        Writer.Append("\r\n"u8);
    }

    /// <summary>Writes a line of its own.</summary>
    public void Write(HeaderId id, string value)
    {
        var start = Writer.Length;
        Writer.Append(HeaderTable.LineOf(id));
        var valueStart = Writer.Length;
        Writer.Append(value);
        Note(id, start, valueStart);
    }

    /// <summary>Ends the headers.</summary>
    public void WriteContentLength(int length)
    {
        var start = Writer.Length;
        Writer.Append(HeaderTable.LineOf(HeaderId.ContentLength));
        var valueStart = Writer.Length;
        Writer.Append(length);
        Note(HeaderId.ContentLength, start, valueStart);
        Writer.Append("\r\n"u8);
    }

    /// <summary>Writes what was copied and has not been written yet.</summary>
    public void Flush()
    {
        Writer.Append(_octets[_runStart.._runEnd]);
        _runStart = _runEnd;
    }

    private int AppendTag(string tag)
    {
        Flush();
        var before = Writer.Length;
        Writer.Append(";tag="u8);
        Writer.Append(tag);
        return Writer.Length - before;
    }

    private void Note(HeaderId id, int start, int valueStart)
    {
        _slots[_count++] = new HeaderSlot(id, Folded: false, (ushort)(valueStart - start - 2), start, valueStart, Writer.Length - valueStart);
        Writer.Append("\r\n"u8);
    }
}
