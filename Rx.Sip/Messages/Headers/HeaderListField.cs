using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rx.Sip.Messages.Headers;

/// <summary>
/// A header that is a list: <c>message.GetAll(field)</c>, <c>request.With(field, values)</c>, <c>request.WithAdded(field, value)</c>.
/// A comma list and separate lines are the same thing (RFC 3261 §7.3.1). To declare one:
/// <c>new HeaderListField&lt;Colour&gt;("X-Colours", Colour.TryParse)</c>.
/// </summary>
/// <typeparam name="T">What an element is; best a record, whose <c>ToString</c> is the wire form.</typeparam>
public sealed class HeaderListField<T> : HeaderField where T : notnull
{
    private readonly HeaderReader<T> _read;
    private readonly Func<T, string>? _write;
    private readonly ListForm _form = ListForm.Commas;

    /// <summary>Declares a comma list whose elements are written by their <c>ToString</c>.</summary>
    public HeaderListField(string name, HeaderParser<T> parse) : base(name) => _read = HeaderText.Reader(parse);

    /// <summary>Declares a comma list whose elements are written by <paramref name="write"/>.</summary>
    public HeaderListField(string name, HeaderParser<T> parse, Func<T, string> write) : this(name, parse)
    {
        ArgumentNullException.ThrowIfNull(write);
        _write = write;
    }

    internal HeaderListField(HeaderId id, HeaderReader<T> read) : base(id) => _read = read;

    internal HeaderListField(HeaderId id, HeaderReader<T> read, ListForm form) : this(id, read) => _form = form;

    internal HeaderListField(HeaderId id, HeaderReader<T> read, ListForm form, Func<T, string> write) : this(id, read, form) => _write = write;

    /// <summary>Reads all elements from the text behind the colon; false when one of them can't be read.</summary>
    public bool TryParse(string? text, [NotNullWhen(true)] out IReadOnlyList<T>? values)
    {
        var list = new Elements<T>();
        var readable = text is not null && Grammar.IsOneLine(text) && TryTake(Encoding.UTF8.GetBytes(text), ref list);
        values = readable ? list.ToArray() : null;
        return readable;
    }

    /// <summary>
    /// Writes the elements as they stand behind the colon, in one line; of challenges and credentials only one fits. Throws <see cref="ArgumentException"/> when one of them would
    /// read back as something else: a line end, a separator in a place where it separates.
    /// </summary>
    public string Write(IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values.Select(WriteOne)];
        return texts.Length < 2 || !_form.IsOneALine
            ? string.Join(_form.Joint, texts)
            : throw new ArgumentException($"Each {Name} is a line of its own.", nameof(values));
    }

    /// <summary>Whether a list without elements is written too, since its emptiness says something: nothing is accepted.</summary>
    internal bool MayBeEmpty => _form.MayBeEmpty;

    /// <summary>Whether one more element is one more line.</summary>
    internal bool MayBeLines => _form.MayBeLines;

    internal string[] WriteLines(T[] values) => _form.IsOneALine ? [.. values.Select(WriteOne)] : [Write(values)];

    internal string WriteOne(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return HeaderText.Write(this, value, ReadOne, _write);
    }

    internal IReadOnlyList<T> Get(MessageFrame frame)
    {
        var index = IndexIn(frame, 0);
        if (index < 0)
            return [];
        if (frame.TryKept(index, this, out T[]? values))
            return values ?? [];
        Collect(frame, index, out values);
        frame.Keep(index, this, values);
        return values;
    }

    internal override HeaderReading ReadingOf(MessageFrame frame) =>
        IndexIn(frame, 0) is var index && index < 0 ? HeaderReading.Missing
        : Collect(frame, index, out _) ? HeaderReading.Readable
        : HeaderReading.Unreadable;

    // What can't be read is left out.
    private bool Collect(MessageFrame frame, int index, out T[] values)
    {
        var (list, readable) = (new Elements<T>(), true);
        for (; index >= 0; index = IndexIn(frame, index + 1))
            readable &= TryTake(frame.ValueOf(frame.Slots[index]), ref list);
        values = list.ToArray();
        return readable;
    }

    // One element and nothing behind it.
    private bool ReadOne(ReadOnlySpan<byte> text, [NotNullWhen(true)] out T? value)
    {
        value = default;
        return _form.TryNext(ref text, out var element) && text.IsEmpty && _read(element, out value);
    }

    private bool TryTake(ReadOnlySpan<byte> text, ref Elements<T> list)
    {
        var readable = true;
        while (_form.TryNext(ref text, out var element))
            if (Grammar.IsOneLine(element) && _read(element, out var value))
                list.Add(value);
            else
                readable &= _form.IsWildcard(element);
        return readable;
    }
}
