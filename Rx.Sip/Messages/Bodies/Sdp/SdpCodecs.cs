using System.Collections.Immutable;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>Reads the codecs out of a medium's attributes, and writes them there.</summary>
internal static class SdpCodecs
{
    // One pass over the attributes, so that many formats with many attributes stay linear.
    public static ImmutableArray<SdpCodec> Read(SdpMediaDescription media)
    {
        var maps = new Dictionary<int, SdpCodec>();
        var parameters = new Dictionary<int, string>();
        foreach (var (name, value) in media.Attributes)
        {
            if (name == "rtpmap" && value is not null && SdpCodec.Read(value) is { } codec)
                maps.TryAdd(codec.PayloadType, codec);
            else if (name == "fmtp" && value is not null && SdpCodec.PayloadTypeOf(value) is >= 0 and var payloadType)
                parameters.TryAdd(payloadType, value.TrimStart(' ')[(value.TrimStart(' ').IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        }
        var codecs = ImmutableArray.CreateBuilder<SdpCodec>();
        var isRtp = media.Protocol.Contains("RTP/", StringComparison.OrdinalIgnoreCase);
        foreach (var format in isRtp ? media.Formats : [])
            if (SdpText.TryPort(format, out var payloadType) && (maps.GetValueOrDefault(payloadType) ?? SdpCodec.OfStatic(payloadType)) is { } codec)
                codecs.Add(codec with { FormatParameters = parameters.GetValueOrDefault(payloadType) });
        return codecs.DrainToImmutable();
    }

    public static SdpMediaDescription Write(SdpMediaDescription media, ImmutableArray<SdpCodec> codecs)
    {
        var bare = media.WithoutAttribute("rtpmap").WithoutAttribute("fmtp").WithFormats(codecs.Select(FormatOf));
        var place = bare.Lines.Length;
        while (bare.Lines[place - 1].Type == 'a')
            place--;
        var written = SdpMediaDescription.FromLines(bare.Lines.InsertRange(place, codecs.SelectMany(Lines)));
        return written.Codecs.AsSpan().SequenceEqual(codecs.AsSpan()) ? written : throw new ArgumentException("The codecs would read back as others.", nameof(codecs));
    }

    public static string FormatOf(SdpCodec codec) => SdpText.Number((ulong)codec.PayloadType);

    private static IEnumerable<SdpLine> Lines(SdpCodec codec)
    {
        yield return new SdpLine('a', BodyText.OneLine($"rtpmap:{codec}", nameof(codec)));
        if (codec.FormatParameters is { } parameters)
            yield return new SdpLine('a', BodyText.OneLine($"fmtp:{FormatOf(codec)} {parameters}", nameof(codec)));
    }
}
