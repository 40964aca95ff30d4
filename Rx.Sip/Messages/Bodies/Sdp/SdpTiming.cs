using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>When a session runs: a t= line (RFC 8866 §5.9), in seconds since 1900; 0 stands for no bound.</summary>
/// <param name="Start">The start.</param>
/// <param name="Stop">The end.</param>
public sealed record SdpTiming(ulong Start, ulong Stop)
{
    /// <summary>A session without bounds, as all sessions of SIP are: <c>0 0</c>.</summary>
    public static SdpTiming Unbounded { get; } = new(0, 0);

    /// <summary>Reads the value of a t= line; false when it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SdpTiming? timing)
    {
        timing = SdpText.Fields(text) is [var start, var stop] && SdpText.TryNumber(start, out var from) && SdpText.TryNumber(stop, out var to)
            ? new SdpTiming(from, to)
            : null;
        return timing is not null;
    }

    /// <summary>Reads the value of a t= line. Throws <see cref="FormatException"/> when it is none.</summary>
    public static SdpTiming Parse(string text) => TryParse(text, out var timing) ? timing : throw SdpText.NotA("time", text);

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{SdpText.Number(Start)} {SdpText.Number(Stop)}";
}
