using System.Collections.Immutable;
using System.Text;
using Rx.Sip.Messages.Bodies.Mime;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Messages.Bodies;

/// <summary>
/// A body, or one part of a multipart body: its octets and the header fields that say what they are (RFC 2045 §3, RFC 5621). Immutable,
/// compared by value: the same fields in the same order (names without case) and the same octets.
/// </summary>
public sealed record ContentDescription
{
    private static readonly MediaType Unlabelled = new("text", "plain", SipParameters.Empty.With("charset", "us-ascii"));

    private BodyResult<MimeMultipart>? _multipart;

    internal ContentDescription(ImmutableArray<SipHeader> headers, ReadOnlyMemory<byte> body)
    {
        (Headers, Body) = (headers, body);
        ContentType = Get("Content-Type") is { } text && MediaType.TryParse(text, out var type) ? type : Unlabelled;
    }

    /// <summary>Octets of that type; they are copied. Throws <see cref="ArgumentException"/> when the type is no media type.</summary>
    public ContentDescription(string contentType, ReadOnlyMemory<byte> body)
        : this([ContentFields.Checked("Content-Type", contentType)], body.ToArray())
    {
        if (!MediaType.TryParse(contentType, out _))
            throw new ArgumentException($"'{contentType}' is not a media type.", nameof(contentType));
    }

    /// <summary>Text of that type, in UTF-8. Throws <see cref="ArgumentException"/> when the type is no media type.</summary>
    public ContentDescription(string contentType, string text)
        : this(contentType, Encoding.UTF8.GetBytes(text))
    {
    }

    /// <summary>The header fields in order. Of a message's body these are the fields whose names begin with Content-, the length excepted.</summary>
    public ImmutableArray<SipHeader> Headers { get; }

    /// <summary>The octets as received, transfer encoding included.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Content-Type; <c>text/plain;charset=us-ascii</c> when it is missing or can't be read (RFC 2045 §5.2).</summary>
    public MediaType ContentType { get; }

    /// <summary>Content-ID without its brackets (RFC 2045 §7); null when there is none.</summary>
    public string? ContentId => Get("Content-ID")?.TrimStart('<').TrimEnd('>');

    /// <summary>Content-Disposition; <c>session</c> for SDP and <c>render</c> for all else when it is missing or unreadable (RFC 3261 §20.11).</summary>
    public ContentDisposition Disposition =>
        Get("Content-Disposition") is { } text && ContentDisposition.TryParse(text, out var disposition)
            ? disposition
            : new ContentDisposition(ContentType.Is("application/sdp") ? "session" : "render");

    /// <summary>
    /// Whether a request has to be refused with 415 by who does not understand this body: Content-Disposition does not say
    /// <c>handling=optional</c> (RFC 3204 §4, RFC 5621 §8).
    /// </summary>
    public bool IsHandlingRequired => !Disposition.IsOptional;

    /// <summary>Content-Transfer-Encoding in lower case; <c>binary</c> when it is missing: what SIP takes for granted (RFC 3261 §7.4.2).</summary>
    public string TransferEncoding => Get("Content-Transfer-Encoding")?.ToLowerInvariant() ?? "binary";

    /// <summary>Whether this is a multipart of any subtype.</summary>
    public bool IsMultipart => ContentType.Type == "multipart";

    /// <summary>The parts of a multipart; empty when this is none, or one that can't be read: <see cref="MimeMultipart.Read(ContentDescription)"/> says why.</summary>
    public ImmutableArray<ContentDescription> Parts => IsMultipart && Multipart.ValueOrNull is { } read ? read.Parts : [];

    /// <summary>The content as text: its transfer encoding taken off, read in the charset of Content-Type if that is ISO-8859-1 and as UTF-8 otherwise.</summary>
    public string Text => ContentFields.Text(this);

    internal BodyResult<MimeMultipart> Multipart => _multipart ??= MimeMultipart.Read(this, BodyLimits.Default);

    /// <summary>The value of the first field of that name; null when there is none. Names compare without case.</summary>
    public string? Get(string name)
    {
        foreach (var header in Headers)
            if (string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
                return header.Value;
        return null;
    }

    /// <summary>
    /// The content without its transfer encoding: base64 and quoted-printable are decoded (RFC 2045 §6), 7bit, 8bit and binary are
    /// the octets themselves. False when the encoding is unknown or the octets do not keep to it.
    /// </summary>
    public bool TryDecode(out ReadOnlyMemory<byte> content) => Mime.TransferEncoding.TryDecode(TransferEncoding, Body, out content);

    /// <summary>
    /// The same content with that field set, in its place or at the end. Throws <see cref="ArgumentException"/> for what would not read
    /// back as this one field.
    /// </summary>
    public ContentDescription WithHeader(string name, string value) => new(ContentFields.Set(Headers, ContentFields.Checked(name, value)), Body);

    /// <summary>The same content without any field of that name.</summary>
    public ContentDescription WithoutHeader(string name) => new(ContentFields.Remove(Headers, name), Body);

    /// <summary>The same content with that Content-ID, brackets left out: what <c>cid:</c> URLs point to (RFC 2392).</summary>
    public ContentDescription WithContentId(string contentId)
    {
        ArgumentNullException.ThrowIfNull(contentId);
        return contentId.AsSpan().IndexOfAny("<> \t") < 0
            ? WithHeader("Content-ID", $"<{contentId}>")
            : throw new ArgumentException("A Content-ID holds neither brackets nor white space.", nameof(contentId));
    }

    /// <summary>The same content with that Content-Disposition, its handling always written (RFC 5621 §8.2).</summary>
    public ContentDescription WithDisposition(string type, bool isHandlingRequired) =>
        WithHeader("Content-Disposition", $"{type};handling={(isHandlingRequired ? "required" : "optional")}");

    /// <summary>
    /// The parts of this content that are no multiparts themselves, depth first; this content alone when it is no multipart. A multipart
    /// that can't be read, lies deeper than ten levels, or stands behind the first thousand parts, counts as a part.
    /// </summary>
    public IReadOnlyList<ContentDescription> Leaves() => ContentTree.Leaves(this, BodyLimits.Default.MaxDepth);

    /// <summary>The part with that Content-ID, this content and nested parts included; a <c>cid:</c> URL will do (RFC 5621 §9). Null when there is none.</summary>
    public ContentDescription? FindPart(string contentId) => ContentTree.Find(this, ContentFields.IdOf(contentId), BodyLimits.Default.MaxDepth);

    /// <summary>
    /// The first part that has to be understood and is not: the request it came in is to be refused with 415 (RFC 5621 §8). Null when all
    /// is well. Of a multipart/alternative one understood part is enough; unknown multiparts are treated as mixed.
    /// </summary>
    /// <param name="understands">Whether the application understands a part that is no multipart.</param>
    public ContentDescription? FindUnsupported(Func<ContentDescription, bool> understands)
    {
        ArgumentNullException.ThrowIfNull(understands);
        return IsHandlingRequired ? ContentTree.Unsupported(this, understands, BodyLimits.Default.MaxDepth) : null;
    }

    /// <summary>Equal when the fields are the same in the same order (names without case) and the octets are.</summary>
    public bool Equals(ContentDescription? other) =>
        other is not null && (ReferenceEquals(this, other) || (ContentFields.Same(Headers, other.Headers) && Body.Span.SequenceEqual(other.Body.Span)));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Headers.Length);
        hash.AddBytes(Body.Span);
        return hash.ToHashCode();
    }

    /// <summary>The type and how many octets there are.</summary>
    public override string ToString() => $"{ContentType}, {Body.Length} octets";
}
