using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>A proposed bandwidth: a b= line (RFC 8866 §5.8).</summary>
/// <param name="Type"><c>AS</c>, <c>CT</c>, <c>TIAS</c> or another.</param>
/// <param name="Value">The bandwidth, for most types in kilobits a second.</param>
public sealed record SdpBandwidth(string Type, ulong Value)
{
    /// <summary>Reads the value of a b= line; false when it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SdpBandwidth? bandwidth)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        bandwidth = colon > 0 && SdpText.IsToken(text.AsSpan(0, colon)) && SdpText.TryNumber(text.AsSpan(colon + 1), out var value)
            ? new SdpBandwidth(text![..colon], value)
            : null;
        return bandwidth is not null;
    }

    /// <summary>Reads the value of a b= line. Throws <see cref="FormatException"/> when it is none.</summary>
    public static SdpBandwidth Parse(string text) => TryParse(text, out var bandwidth) ? bandwidth : throw SdpText.NotA("bandwidth", text);

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{Type}:{SdpText.Number(Value)}";
}
