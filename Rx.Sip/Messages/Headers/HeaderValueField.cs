namespace Rx.Sip.Messages.Headers;

/// <summary>
/// A header that has one value of a value type, a number or a time: <c>message.Get(field)</c>, <c>request.With(field, value)</c>.
/// Should it stand there twice nevertheless, the first counts. To declare one: <c>new HeaderValueField&lt;int&gt;("X-Floor", int.TryParse)</c>.
/// </summary>
/// <typeparam name="T">What the value is.</typeparam>
public sealed class HeaderValueField<T> : HeaderField where T : struct
{
    private readonly HeaderReader<T> _read;
    private readonly Func<T, string>? _write;

    /// <summary>Declares a header whose values are written by their <c>ToString</c> in the invariant culture.</summary>
    public HeaderValueField(string name, HeaderParser<T> parse) : base(name) => _read = HeaderText.Reader(parse);

    /// <summary>Declares a header whose values are written by <paramref name="write"/>.</summary>
    public HeaderValueField(string name, HeaderParser<T> parse, Func<T, string> write) : this(name, parse)
    {
        ArgumentNullException.ThrowIfNull(write);
        _write = write;
    }

    internal HeaderValueField(HeaderId id, HeaderReader<T> read) : base(id) => _read = read;

    internal HeaderValueField(HeaderId id, HeaderReader<T> read, Func<T, string> write) : this(id, read) => _write = write;

    /// <summary>Reads a value from the text behind the colon; false when it is none.</summary>
    public bool TryParse(string? text, out T value) => HeaderText.TryParse(text, _read, out value);

    /// <summary>
    /// Writes a value as it stands behind the colon, seconds rounded up to whole ones. Throws <see cref="ArgumentException"/>
    /// when the header can't hold it.
    /// </summary>
    public string Write(T value) => HeaderText.Write(this, value, _read, _write);

    internal T? Get(MessageFrame frame) =>
        IndexIn(frame, 0) is >= 0 and var index && _read(Grammar.Trim(frame.ValueOf(frame.Slots[index])), out var value) ? value : null;

    internal override HeaderReading ReadingOf(MessageFrame frame) =>
        IndexIn(frame, 0) < 0 ? HeaderReading.Missing : Get(frame) is null ? HeaderReading.Unreadable : HeaderReading.Readable;
}
