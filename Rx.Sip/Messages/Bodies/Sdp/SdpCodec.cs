using System.Collections.Frozen;
using System.Globalization;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>An RTP payload format and the number it goes under (RFC 8866 §6.6, §6.15).</summary>
/// <param name="PayloadType">The payload type number, 0 to 127.</param>
/// <param name="Name">The encoding name, for example <c>PCMU</c>.</param>
/// <param name="ClockRate">The clock rate in hertz.</param>
/// <param name="Channels">The number of audio channels, 1 unless said otherwise.</param>
/// <param name="FormatParameters">The value of <c>a=fmtp</c> without the payload type; null when there is none.</param>
public sealed record SdpCodec(int PayloadType, string Name, int ClockRate, int Channels, string? FormatParameters)
{
    private static readonly FrozenDictionary<int, SdpCodec> Static = new SdpCodec[]
    {
        new(0, "PCMU", 8000), new(3, "GSM", 8000), new(4, "G723", 8000), new(5, "DVI4", 8000), new(6, "DVI4", 16000), new(7, "LPC", 8000),
        new(8, "PCMA", 8000), new(9, "G722", 8000), new(10, "L16", 44100, 2, null), new(11, "L16", 44100), new(12, "QCELP", 8000),
        new(13, "CN", 8000), new(14, "MPA", 90000), new(15, "G728", 8000), new(16, "DVI4", 11025), new(17, "DVI4", 22050), new(18, "G729", 8000),
        new(25, "CelB", 90000), new(26, "JPEG", 90000), new(28, "nv", 90000), new(31, "H261", 90000), new(32, "MPV", 90000), new(33, "MP2T", 90000),
        new(34, "H263", 90000),
    }.ToFrozenDictionary(codec => codec.PayloadType);

    /// <summary>A codec with one channel and no format parameters.</summary>
    public SdpCodec(int payloadType, string name, int clockRate) : this(payloadType, name, clockRate, 1, null)
    {
    }

    /// <summary>Whether both are the same encoding, whatever their numbers: name without case, clock rate and channels (RFC 3264 §6.1).</summary>
    public bool IsSameEncoding(SdpCodec other) => other is not null && Encoding == other.Encoding;

    /// <summary>The same codec with these format parameters; null takes them away.</summary>
    public SdpCodec WithFormatParameters(string? formatParameters) => this with { FormatParameters = formatParameters };

    /// <summary>The value of <c>a=rtpmap</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{PayloadType} {Name}/{ClockRate}{(Channels == 1 ? "" : $"/{Channels}")}");

    /// <summary>What a codec is looked up by.</summary>
    internal (string Name, int ClockRate, int Channels) Encoding => (Name.ToUpperInvariant(), ClockRate, Channels);

    /// <summary>The payload types that RTP/AVP gives once and for all (RFC 3551 §6).</summary>
    internal static SdpCodec? OfStatic(int payloadType) => Static.GetValueOrDefault(payloadType);

    /// <summary>Reads the value of an <c>a=rtpmap</c>; null when it is none.</summary>
    internal static SdpCodec? Read(string map)
    {
        var parts = SdpText.Fields(map) is [var type, var encoding] && SdpText.TryPort(type, out var payloadType) && payloadType <= 127 ? encoding.Split('/') : [];
        if (parts is not [{ Length: > 0 } name, var clock, .. var rest] || !SdpText.TryNumber(clock, out var rate) || rate > int.MaxValue || rest.Length > 1)
            return null;
        var channels = 1;
        return rest is [var count] && !SdpText.TryPort(count, out channels) ? null : new SdpCodec(PayloadTypeOf(map), name, (int)rate, channels, null);
    }

    /// <summary>The number in front of the first space; -1 when there is none.</summary>
    internal static int PayloadTypeOf(string text)
    {
        var space = text.AsSpan().TrimStart(' ').IndexOf(' ');
        return space > 0 && SdpText.TryPort(text.AsSpan().TrimStart(' ')[..space], out var payloadType) && payloadType <= 127 ? payloadType : -1;
    }
}
