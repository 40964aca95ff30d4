using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>
/// A session description (SDP, RFC 8866). It is its lines: unknown ones and attributes survive verbatim and in order, and a description
/// written with CRLF is the same octets again. Immutable, compared by its lines.
/// </summary>
public sealed record SdpDescription : SdpSection
{
    internal SdpDescription(ImmutableArray<SdpLine> lines, ImmutableArray<SdpMediaDescription> media, bool isLatin) : base(lines) =>
        (Media, IsLatin) = (media, isLatin);

    /// <summary>The media in order.</summary>
    public ImmutableArray<SdpMediaDescription> Media { get; }

    /// <summary>Who made this description, and its version.</summary>
    public SdpOrigin Origin => SdpOrigin.Parse(First('o')!);

    /// <summary>The s= line: <c>-</c> or a single space when the session has no name (RFC 8866 §5.3).</summary>
    public string SessionName => First('s')!;

    /// <summary>The u= line (RFC 8866 §5.5).</summary>
    public string? Uri => First('u');

    /// <summary>The e= lines (RFC 8866 §5.6).</summary>
    public IReadOnlyList<string> EmailAddresses => [.. All('e')];

    /// <summary>The p= lines (RFC 8866 §5.6).</summary>
    public IReadOnlyList<string> PhoneNumbers => [.. All('p')];

    /// <summary>The c= line of the session; a medium may have its own: <see cref="ConnectionOf"/>.</summary>
    public SdpConnection? Connection => First('c') is { } text ? SdpConnection.Parse(text) : null;

    /// <summary>The t= lines; repetitions (r=) and time zones (z=) stand in <see cref="SdpSection.Lines"/>.</summary>
    public ImmutableArray<SdpTiming> Timings => [.. All('t').Select(SdpTiming.Parse)];

    /// <summary>Which media belong together (<c>a=group</c>, RFC 5888).</summary>
    public IReadOnlyList<SdpGroup> Groups =>
        [.. GetAttributes("group").Select(SdpText.Fields).OfType<string[]>().Where(fields => fields.Length > 0).Select(fields => new SdpGroup(fields[0], [.. fields.Skip(1)]))];

    internal bool IsLatin { get; }

    /// <summary>A description without media, valid without bounds.</summary>
    public static SdpDescription Create(SdpOrigin origin, SdpConnection connection) =>
        new SdpDescription([new('v', "0"), new('o', SdpText.Checked(origin, SdpOrigin.Parse)), new('s', "-"), new('t', "0 0")], [], isLatin: false)
            .WithConnection(connection);

    /// <summary>Reads a description within the default limits.</summary>
    public static BodyResult<SdpDescription> Read(ReadOnlyMemory<byte> octets) => SdpReader.Read(octets.Span, BodyLimits.Default);

    /// <summary>Reads a description.</summary>
    public static BodyResult<SdpDescription> Read(ReadOnlyMemory<byte> octets, BodyLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return SdpReader.Read(octets.Span, limits);
    }

    /// <summary>Reads a content of type <c>application/sdp</c>, its transfer encoding taken off.</summary>
    public static BodyResult<SdpDescription> Read(ContentDescription content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return content.TryDecode(out var octets)
            ? Read(octets)
            : new BodyResult<SdpDescription>.Malformed(new BodyError($"The transfer encoding is not {content.TransferEncoding}", 1, 0));
    }

    /// <summary>Reads a description; false when the text is none. Why, says <see cref="Read(ReadOnlyMemory{byte})"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SdpDescription? description)
    {
        description = text is null ? null : Read(Encoding.UTF8.GetBytes(text)).ValueOrNull;
        return description is not null;
    }

    /// <summary>Reads a description. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static SdpDescription Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(Encoding.UTF8.GetBytes(text)).ValueOrThrow("session description");
    }

    /// <summary>Where that medium is sent: its own c= line, else that of the session.</summary>
    public SdpConnection? ConnectionOf(SdpMediaDescription media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return media.Connection ?? Connection;
    }

    /// <summary>The direction of that medium: its own, else that of the session, else <c>sendrecv</c> (RFC 8866 §6.7).</summary>
    public SdpDirection DirectionOf(SdpMediaDescription media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return media.Direction ?? Direction ?? SdpDirection.SendReceive;
    }

    /// <summary>The same description with another origin.</summary>
    public SdpDescription WithOrigin(SdpOrigin origin) => With(SdpLines.Set(Lines, 'o', [SdpText.Checked(origin, SdpOrigin.Parse)]));

    /// <summary>The same description with another name of the session.</summary>
    public SdpDescription WithSessionName(string name) => With(SdpLines.Set(Lines, 's', [BodyText.OneLine(name, nameof(name))]));

    /// <summary>The same description with another c= line of the session; null takes it away.</summary>
    public SdpDescription WithConnection(SdpConnection? connection) =>
        With(SdpLines.Set(Lines, 'c', connection is null ? [] : [SdpText.Checked(connection, SdpConnection.Parse)]));

    /// <summary>The same description with these media.</summary>
    public SdpDescription WithMedia(IEnumerable<SdpMediaDescription> media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return new SdpDescription(Lines, [.. media], IsLatin);
    }

    /// <summary>The same description with one more medium, the last.</summary>
    public SdpDescription WithAddedMedia(SdpMediaDescription media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return WithMedia(Media.Add(media));
    }

    /// <summary>The same description with that direction of the session.</summary>
    public SdpDescription WithDirection(SdpDirection direction) => With(SdpLines.SetDirection(Lines, direction));

    /// <summary>The same description with that attribute of the session set: the first of its name replaced, others of the name removed, or appended. A null value makes a property.</summary>
    public SdpDescription WithAttribute(string name, string? value) => With(SdpLines.SetAttribute(Lines, new SdpAttribute(name, value)));

    /// <summary>The same description with one more attribute of the session.</summary>
    public SdpDescription WithAddedAttribute(string name, string? value) => With(SdpLines.AddAttribute(Lines, new SdpAttribute(name, value)));

    /// <summary>The same description without any attribute of that name at the session.</summary>
    public SdpDescription WithoutAttribute(string name) => With(SdpLines.RemoveAttribute(Lines, name));

    /// <summary>The description as a body.</summary>
    public ContentDescription ToContent() => new([new SipHeader("Content-Type", "application/sdp")], SdpWriter.Octets(this));

    /// <summary>The description as on the wire: UTF-8, unless it came as octets that are not.</summary>
    public ReadOnlyMemory<byte> ToBytes() => SdpWriter.Octets(this);

    /// <summary>Equal when the lines are.</summary>
    public bool Equals(SdpDescription? other) =>
        base.Equals(other) && IsLatin == other.IsLatin && Media.AsSpan().SequenceEqual(other.Media.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Media.Length);

    /// <summary>The description as text, its lines ended by CRLF.</summary>
    public override string ToString() => SdpWriter.Text(this);

    internal SdpDescription WithTimings(ImmutableArray<SdpTiming> timings) =>
        With(SdpLines.Set(Lines.RemoveAll(line => line.Type is 'r' or 'z'), 't', timings.Select(timing => timing.ToString())));

    private SdpDescription With(ImmutableArray<SdpLine> lines) => new(lines, Media, IsLatin);
}
