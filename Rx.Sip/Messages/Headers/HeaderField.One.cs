using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>
/// A header that has one value: <c>message.Get(field)</c>, <c>request.With(field, value)</c>. Should it stand there twice
/// nevertheless, the first counts. To declare one: <c>new HeaderField&lt;Colour&gt;("X-Colour", Colour.TryParse)</c>.
/// </summary>
/// <typeparam name="T">What the value is; best a record, whose <c>ToString</c> is the wire form.</typeparam>
public sealed class HeaderField<T> : HeaderField where T : class
{
    private readonly HeaderReader<T> _read;
    private readonly Func<T, string>? _write;

    /// <summary>Declares a header whose values are written by their <c>ToString</c>.</summary>
    public HeaderField(string name, HeaderParser<T> parse) : base(name) => _read = HeaderText.Reader(parse);

    /// <summary>Declares a header whose values are written by <paramref name="write"/>.</summary>
    public HeaderField(string name, HeaderParser<T> parse, Func<T, string> write) : this(name, parse)
    {
        ArgumentNullException.ThrowIfNull(write);
        _write = write;
    }

    internal HeaderField(HeaderId id, HeaderReader<T> read) : base(id) => _read = read;

    internal HeaderField(HeaderId id, HeaderReader<T> read, Func<T, string> write) : this(id, read) => _write = write;

    /// <summary>Reads a value from the text behind the colon; false when it is none.</summary>
    public bool TryParse(string? text, [NotNullWhen(true)] out T? value) => HeaderText.TryParse(text, _read, out value);

    /// <summary>
    /// Writes a value as it stands behind the colon. Throws <see cref="ArgumentException"/> when the text would read back as
    /// something else: a line end, a separator in a place where it separates.
    /// </summary>
    public string Write(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return HeaderText.Write(this, value, _read, _write);
    }

    internal T? Get(MessageFrame frame)
    {
        var index = IndexIn(frame, 0);
        if (index < 0)
            return null;
        if (frame.TryKept(index, this, out T? value))
            return value;
        var text = Grammar.Trim(frame.ValueOf(frame.Slots[index]));
        if (!Grammar.IsOneLine(text) || !_read(text, out value))
            value = null;
        frame.Keep(index, this, value);
        return value;
    }

    internal override HeaderReading ReadingOf(MessageFrame frame) =>
        IndexIn(frame, 0) < 0 ? HeaderReading.Missing : Get(frame) is null ? HeaderReading.Unreadable : HeaderReading.Readable;
}
