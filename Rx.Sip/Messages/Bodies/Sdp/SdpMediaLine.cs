using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>The value of an m= line (RFC 8866 §5.14).</summary>
internal sealed record SdpMediaLine(string Media, int Port, int PortCount, string Protocol, ImmutableArray<string> Formats)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out SdpMediaLine? line)
    {
        line = null;
        if (SdpText.Fields(text) is not [var media, var ports, var protocol, _, ..] fields)
            return false;
        var slash = ports.IndexOf('/', StringComparison.Ordinal);
        var count = 1;
        if (!SdpText.TryPort(slash < 0 ? ports : ports.AsSpan(0, slash), out var port) || (slash >= 0 && !SdpText.TryPort(ports.AsSpan(slash + 1), out count)))
            return false;
        line = new SdpMediaLine(media, port, count, protocol, ImmutableArray.Create(fields, 3, fields.Length - 3));
        return true;
    }

    public static SdpMediaLine Parse(string text) => TryParse(text, out var line) ? line : throw SdpText.NotA("medium", text);

    public bool Equals(SdpMediaLine? other) =>
        other is not null && (Media, Port, PortCount, Protocol) == (other.Media, other.Port, other.PortCount, other.Protocol)
        && Formats.AsSpan().SequenceEqual(other.Formats.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Media, Port, Protocol, Formats.Length);

    public override string ToString() =>
        $"{Media} {SdpText.Number((ulong)Port)}{(PortCount == 1 ? "" : $"/{SdpText.Number((ulong)PortCount)}")} {Protocol} {string.Join(' ', Formats)}";
}
