using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Bodies.Mime;

/// <summary>
/// A MIME multipart (RFC 2046 §5.1, RFC 5621). Immutable, compared by value: subtype, parameters and parts. Boundary, preamble and epilogue
/// say nothing to the receiver and do not count.
/// </summary>
public sealed record MimeMultipart
{
    internal MimeMultipart(
        string subtype, SipParameters parameters, ImmutableArray<ContentDescription> parts, string boundary,
        ReadOnlyMemory<byte> preamble, ReadOnlyMemory<byte> epilogue, bool isTerminated) =>
        (Subtype, Parameters, Parts, Boundary, Preamble, Epilogue, IsTerminated) = (subtype, parameters, parts, boundary, preamble, epilogue, isTerminated);

    /// <summary>The subtype in lower case: <c>mixed</c>, <c>alternative</c>, <c>related</c> or another, which is to be treated as mixed.</summary>
    public string Subtype { get; }

    /// <summary>The parameters of Content-Type but the boundary.</summary>
    public SipParameters Parameters { get; }

    /// <summary>The parts, at least one.</summary>
    public ImmutableArray<ContentDescription> Parts { get; }

    /// <summary>The boundary. It does not occur in the parts.</summary>
    public string Boundary { get; }

    /// <summary>What stands in front of the first boundary, to be ignored.</summary>
    public ReadOnlyMemory<byte> Preamble { get; }

    /// <summary>What stands behind the last boundary, to be ignored.</summary>
    public ReadOnlyMemory<byte> Epilogue { get; }

    /// <summary>Whether the last boundary was there. Without it the last part may have been cut off; it goes to the end of the body.</summary>
    public bool IsTerminated { get; }

    /// <summary>The part of a multipart/related to begin with: the one that <c>start</c> names, else the first (RFC 2387 §3.2).</summary>
    public ContentDescription Root =>
        Parameters.Get("start") is { } start && Parts.FirstOrDefault(part => part.ContentId == ContentFields.IdOf(start)) is { } named ? named : Parts[0];

    /// <summary>Parts that belong together but are independent of each other (RFC 5621 §5).</summary>
    public static MimeMultipart Mixed(IEnumerable<ContentDescription> parts) => Create("mixed", parts);

    /// <summary>The same content in several types, the richest last (RFC 5621 §6).</summary>
    public static MimeMultipart Alternative(IEnumerable<ContentDescription> parts) => Create("alternative", parts);

    /// <summary>One compound object, its root first (RFC 2387). The <c>type</c> parameter names the root's type.</summary>
    public static MimeMultipart Related(IEnumerable<ContentDescription> parts)
    {
        var related = Create("related", parts);
        return related.WithParameter("type", Grammar.Quote(related.Parts[0].ContentType.Name));
    }

    /// <summary>Parts under another subtype. Throws <see cref="ArgumentException"/> without parts, or when the subtype is no token.</summary>
    public static MimeMultipart Create(string subtype, IEnumerable<ContentDescription> parts)
    {
        ArgumentNullException.ThrowIfNull(subtype);
        ArgumentNullException.ThrowIfNull(parts);
        if (!MediaType.TryParse("multipart/" + subtype, out var type) || type.Parameters.Count > 0)
            throw new ArgumentException($"'{subtype}' is not a subtype.", nameof(subtype));
        return Make(type.Subtype, SipParameters.Empty, [.. parts], boundary: null);
    }

    /// <summary>Reads a multipart within the default limits; its parts may be multiparts themselves and are not looked into.</summary>
    public static BodyResult<MimeMultipart> Read(ContentDescription content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return content.Multipart;
    }

    /// <summary>Reads a multipart; its parts may be multiparts themselves and are not looked into.</summary>
    public static BodyResult<MimeMultipart> Read(ContentDescription content, BodyLimits limits)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(limits);
        if (!content.IsMultipart)
            return Malformed($"The content is no multipart but {content.ContentType.Name}");
        if (content.ContentType.Parameters.Get("boundary") is not { Length: > 0 } boundary)
            return Malformed("Content-Type names no boundary");
        return boundary.Length > Mime.Boundary.MaximumLength
            ? Malformed($"The boundary is longer than {Mime.Boundary.MaximumLength} characters")
            : new MultipartReader(content.Body, boundary, limits).Read(content.ContentType.Subtype, content.ContentType.Parameters.Without("boundary"));
    }

    /// <summary>Reads a multipart; false when the content is none. Why, says <see cref="Read(ContentDescription)"/>.</summary>
    public static bool TryParse(ContentDescription? content, [NotNullWhen(true)] out MimeMultipart? multipart)
    {
        multipart = content is null ? null : Read(content).ValueOrNull;
        return multipart is not null;
    }

    /// <summary>Reads a multipart. Throws <see cref="FormatException"/> when the content is none.</summary>
    public static MimeMultipart Parse(ContentDescription content) => Read(content).ValueOrThrow("multipart");

    /// <summary>The last part that is understood: what to take of a multipart/alternative (RFC 2046 §5.1.4). Null when none is.</summary>
    public ContentDescription? Preferred(Func<ContentDescription, bool> understands)
    {
        ArgumentNullException.ThrowIfNull(understands);
        return Parts.LastOrDefault(understands);
    }

    /// <summary>The same multipart with other parts, and a boundary that does not occur in them.</summary>
    public MimeMultipart WithParts(IEnumerable<ContentDescription> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return Make(Subtype, Parameters, [.. parts], boundary: null);
    }

    /// <summary>The same multipart with that boundary. Throws <see cref="ArgumentException"/> when it occurs in a part or is none (RFC 2046 §5.1.1).</summary>
    public MimeMultipart WithBoundary(string boundary)
    {
        ArgumentNullException.ThrowIfNull(boundary);
        if (!Mime.Boundary.IsWritable(boundary) || Mime.Boundary.OccursIn(Parts, boundary))
            throw new ArgumentException($"'{boundary}' can't be the boundary of these parts.", nameof(boundary));
        return Make(Subtype, Parameters, Parts, boundary);
    }

    /// <summary>The same multipart with one parameter of Content-Type set; the boundary has a method of its own.</summary>
    public MimeMultipart WithParameter(string name, string value)
    {
        if (string.Equals(name, "boundary", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("The boundary is set by WithBoundary.", nameof(name));
        return new MimeMultipart(Subtype, Parameters.With(name, value), Parts, Boundary, Preamble, Epilogue, IsTerminated);
    }

    /// <summary>The multipart as a body, or as a part of another. Its last boundary is always written.</summary>
    public ContentDescription ToContent() => MultipartWriter.Write(this);

    /// <summary>Equal when subtype, parameters and parts are.</summary>
    public bool Equals(MimeMultipart? other) =>
        other is not null && Subtype == other.Subtype && Parameters.Equals(other.Parameters) && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Subtype, Parts.Length, Parts[0]);

    /// <summary>The type and how many parts there are.</summary>
    public override string ToString() => $"multipart/{Subtype}, {Parts.Length} part{(Parts.Length == 1 ? "" : "s")}";

    private static MimeMultipart Make(string subtype, SipParameters parameters, ImmutableArray<ContentDescription> parts, string? boundary)
    {
        if (parts.IsEmpty)
            throw new ArgumentException("A multipart has at least one part (RFC 2046 §5.1.1).", nameof(parts));
        return new MimeMultipart(subtype, parameters, parts, boundary ?? Mime.Boundary.For(parts), default, default, isTerminated: true);
    }

    private static BodyResult<MimeMultipart> Malformed(string problem) => new BodyResult<MimeMultipart>.Malformed(new BodyError(problem, 1, 0));
}
