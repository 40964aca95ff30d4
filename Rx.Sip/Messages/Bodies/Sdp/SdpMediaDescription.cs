using System.Collections.Immutable;
using System.Globalization;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>One medium of a session: an m= line and the lines that belong to it (RFC 8866 §5.14). Immutable, compared by its lines.</summary>
public sealed record SdpMediaDescription : SdpSection
{
    private ImmutableArray<SdpCodec> _codecs;

    internal SdpMediaDescription(ImmutableArray<SdpLine> lines, SdpMediaLine line) : base(lines) =>
        (Media, Port, PortCount, Protocol, Formats) = (line.Media, line.Port, line.PortCount, line.Protocol, line.Formats);

    /// <summary>The medium: <c>audio</c>, <c>video</c>, <c>message</c> or another.</summary>
    public string Media { get; }

    /// <summary>The port media are sent to; 0 when the medium is refused or not used (RFC 3264 §5.1, §6).</summary>
    public int Port { get; }

    /// <summary>How many ports there are, one unless said otherwise.</summary>
    public int PortCount { get; }

    /// <summary>The transport protocol, for example <c>RTP/AVP</c>.</summary>
    public string Protocol { get; }

    /// <summary>The formats, for RTP payload type numbers, in the order of preference.</summary>
    public ImmutableArray<string> Formats { get; }

    /// <summary>Whether the port is 0.</summary>
    public bool IsRejected => Port == 0;

    /// <summary>The c= line of this medium; null when that of the session counts: <see cref="SdpDescription.ConnectionOf"/>.</summary>
    public SdpConnection? Connection => First('c') is { } text ? SdpConnection.Parse(text) : null;

    /// <summary>The codecs among the formats, in their order: what <c>a=rtpmap</c> and <c>a=fmtp</c> say, and the fixed payload types of RTP/AVP. Other formats are left out.</summary>
    public ImmutableArray<SdpCodec> Codecs => _codecs.IsDefault ? _codecs = SdpCodecs.Read(this) : _codecs;

    /// <summary>How long a packet of audio lasts (<c>a=ptime</c>, RFC 8866 §6.4).</summary>
    public TimeSpan? PacketTime =>
        GetAttribute("ptime") is { } text && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < 1e6
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;

    /// <summary>What groups and other protocols call this medium (<c>a=mid</c>, RFC 5888).</summary>
    public string? Identification => GetAttribute("mid");

    /// <summary>A medium with its formats. Throws <see cref="ArgumentException"/> for what is no m= line.</summary>
    public static SdpMediaDescription Create(string media, int port, string protocol, IEnumerable<string> formats)
    {
        ArgumentNullException.ThrowIfNull(formats);
        return FromLines([new SdpLine('m', SdpText.Checked(new SdpMediaLine(media, port, 1, protocol, [.. formats]), SdpMediaLine.Parse))]);
    }

    /// <summary>A medium over RTP/AVP with these codecs, each with its <c>a=rtpmap</c> and <c>a=fmtp</c>.</summary>
    public static SdpMediaDescription CreateRtp(string media, int port, IEnumerable<SdpCodec> codecs)
    {
        ArgumentNullException.ThrowIfNull(codecs);
        ImmutableArray<SdpCodec> all = [.. codecs];
        return Create(media, port, "RTP/AVP", all.Select(SdpCodecs.FormatOf)).WithCodecs(all);
    }

    /// <summary>The same medium at another port; 0 refuses it.</summary>
    public SdpMediaDescription WithPort(int port) => WithLine(MediaLine with { Port = port });

    /// <summary>The same medium with these formats; attributes stay as they are.</summary>
    public SdpMediaDescription WithFormats(IEnumerable<string> formats)
    {
        ArgumentNullException.ThrowIfNull(formats);
        return WithLine(MediaLine with { Formats = [.. formats] });
    }

    /// <summary>The same medium with these codecs: formats, <c>a=rtpmap</c> and <c>a=fmtp</c> are theirs.</summary>
    public SdpMediaDescription WithCodecs(IEnumerable<SdpCodec> codecs)
    {
        ArgumentNullException.ThrowIfNull(codecs);
        return SdpCodecs.Write(this, [.. codecs]);
    }

    /// <summary>The same medium with a c= line of its own; null takes it away.</summary>
    public SdpMediaDescription WithConnection(SdpConnection? connection) =>
        FromLines(SdpLines.Set(Lines, 'c', connection is null ? [] : [SdpText.Checked(connection, SdpConnection.Parse)]));

    /// <summary>The same medium with that direction.</summary>
    public SdpMediaDescription WithDirection(SdpDirection direction) => FromLines(SdpLines.SetDirection(Lines, direction));

    /// <summary>The same medium with that attribute set: the first of its name replaced, others of the name removed, or appended. A null value makes a property.</summary>
    public SdpMediaDescription WithAttribute(string name, string? value) => FromLines(SdpLines.SetAttribute(Lines, new SdpAttribute(name, value)));

    /// <summary>The same medium with one more attribute.</summary>
    public SdpMediaDescription WithAddedAttribute(string name, string? value) => FromLines(SdpLines.AddAttribute(Lines, new SdpAttribute(name, value)));

    /// <summary>The same medium without any attribute of that name.</summary>
    public SdpMediaDescription WithoutAttribute(string name) => FromLines(SdpLines.RemoveAttribute(Lines, name));

    /// <inheritdoc/>
    public bool Equals(SdpMediaDescription? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <summary>The m= line.</summary>
    public override string ToString() => Lines[0].ToString();

    internal SdpMediaLine MediaLine => new(Media, Port, PortCount, Protocol, Formats);

    /// <summary>A medium of lines that were looked at: the first is an m= line, all are readable.</summary>
    internal static SdpMediaDescription FromLines(ImmutableArray<SdpLine> lines) => new(lines, SdpMediaLine.Parse(lines[0].Value));

    private SdpMediaDescription WithLine(SdpMediaLine line) =>
        FromLines(Lines.SetItem(0, new SdpLine('m', SdpText.Checked(line, SdpMediaLine.Parse))));
}
