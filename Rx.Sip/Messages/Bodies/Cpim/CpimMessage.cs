using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rx.Sip.Messages.Bodies.Cpim;

/// <summary>
/// A message of the common profile for instant messaging, <c>message/cpim</c> (RFC 3862): headers that go end to end, and a content. Headers
/// are kept as they were written, in order. Immutable, compared by value.
/// </summary>
public sealed record CpimMessage
{
    private const string Type = "message/cpim";

    internal CpimMessage(ImmutableArray<CpimHeader> headers, ContentDescription content) => (Headers, Content) = (headers, content);

    /// <summary>The headers in order.</summary>
    public ImmutableArray<CpimHeader> Headers { get; }

    /// <summary>What the message says.</summary>
    public ContentDescription Content { get; }

    /// <summary>The sender; null when it is missing or unreadable.</summary>
    public CpimAddress? From => Addresses("From") is [var from, ..] ? from : null;

    /// <summary>The recipients.</summary>
    public IReadOnlyList<CpimAddress> To => Addresses("To");

    /// <summary>Who else gets the message (<c>cc</c>).</summary>
    public IReadOnlyList<CpimAddress> CourtesyCopies => Addresses("cc");

    /// <summary>When the message was sent (RFC 3862 §4.4); null when it does not say, or not in the way of RFC 3339.</summary>
    public DateTimeOffset? DateTime =>
        Get("DateTime") is { } text
        && DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    /// <summary>The subject, the first if there is one for each of several languages; the others stand in <see cref="Headers"/>.</summary>
    public string? Subject => Get("Subject");

    /// <summary>Names of headers and features that the recipient has to know (RFC 3862 §4.7).</summary>
    public IReadOnlyList<string> Require =>
        [.. Headers.Where(header => header.Name == "Require").SelectMany(header => header.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>A message from one to another.</summary>
    public static CpimMessage Create(CpimAddress from, CpimAddress to, ContentDescription content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new CpimMessage([Checked("From", from), Checked("To", to)], content);
    }

    /// <summary>Reads a message within the default limits.</summary>
    public static BodyResult<CpimMessage> Read(ReadOnlyMemory<byte> octets) => CpimReader.Read(octets, BodyLimits.Default);

    /// <summary>Reads a message.</summary>
    public static BodyResult<CpimMessage> Read(ReadOnlyMemory<byte> octets, BodyLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return CpimReader.Read(octets, limits);
    }

    /// <summary>Reads a content of type <c>message/cpim</c>.</summary>
    public static BodyResult<CpimMessage> Read(ContentDescription content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Read(content.Body);
    }

    /// <summary>Reads a message; false when the content is none. Why, says <see cref="Read(ContentDescription)"/>.</summary>
    public static bool TryParse(ContentDescription? content, [NotNullWhen(true)] out CpimMessage? message)
    {
        message = content is null ? null : Read(content).ValueOrNull;
        return message is not null;
    }

    /// <summary>Reads a message. Throws <see cref="FormatException"/> when the content is none.</summary>
    public static CpimMessage Parse(ContentDescription content) => Read(content).ValueOrThrow("CPIM message");

    /// <summary>The text of the first header of that name, letters as written; null when there is none.</summary>
    public string? Get(string name) => Headers.FirstOrDefault(header => header.Name == name)?.Text;

    /// <summary>The same message with one more recipient.</summary>
    public CpimMessage WithAddedTo(CpimAddress to) => new(Headers.Add(Checked("To", to)), Content);

    /// <summary>The same message with one more header, the last. Throws <see cref="ArgumentException"/> for what would read back as something else.</summary>
    public CpimMessage WithAddedHeader(CpimHeader header) => new(Headers.Add(Checked(header)), Content);

    /// <summary>The same message with that subject, its language left open.</summary>
    public CpimMessage WithSubject(string subject) => new(Headers.RemoveAll(header => header.Name == "Subject").Add(Checked(CpimHeader.Create("Subject", subject))), Content);

    /// <summary>The same message with that time of sending.</summary>
    public CpimMessage WithDateTime(DateTimeOffset time) =>
        new(Headers.RemoveAll(header => header.Name == "DateTime").Add(new CpimHeader("DateTime", "", time.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture))), Content);

    /// <summary>The same message with a prefix for header names (<c>NS</c>, RFC 3862 §4.6).</summary>
    public CpimMessage WithNamespace(string prefix, string uri) => WithAddedHeader(new CpimHeader("NS", "", $"{prefix} <{uri}>"));

    /// <summary>The same message with another content.</summary>
    public CpimMessage WithContent(ContentDescription content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new CpimMessage(Headers, content);
    }

    /// <summary>The message as a body.</summary>
    public ContentDescription ToContent() => new([new SipHeader("Content-Type", Type)], CpimWriter.Write(this));

    /// <summary>Equal when headers and content are.</summary>
    public bool Equals(CpimMessage? other) =>
        other is not null && Headers.AsSpan().SequenceEqual(other.Headers.AsSpan()) && Content.Equals(other.Content);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Headers.Length, Content);

    /// <summary>Sender and content.</summary>
    public override string ToString() => $"{From}: {Content}";

    private IReadOnlyList<CpimAddress> Addresses(string name) =>
        [.. Headers.Where(header => header.Name == name).Select(header => CpimAddress.TryParse(header.Value, out var address) ? address : null).OfType<CpimAddress>()];

    private static CpimHeader Checked(string name, CpimAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return CpimAddress.TryParse(address.ToString(), out var same) && same == address
            ? Checked(new CpimHeader(name, "", address.ToString()))
            : throw new ArgumentException($"'{address}' would read back as something else.", nameof(address));
    }

    private static CpimHeader Checked(CpimHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return CpimHeader.TryParse(BodyText.OneLine(header.ToString(), nameof(header)), out var same) && same == header
            ? header
            : throw new ArgumentException($"'{header}' would read back as something else.", nameof(header));
    }
}
