using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Bodies.Cpim;

/// <summary>A sender or recipient of a CPIM message (RFC 3862 §4.1): a URI of any scheme, and perhaps a name.</summary>
/// <param name="FormalName">The name without quotes and escapes; null when there is none.</param>
/// <param name="Uri">The URI as written.</param>
public sealed record CpimAddress(string? FormalName, string Uri)
{
    /// <summary>An address without a name.</summary>
    public CpimAddress(string uri) : this(null, uri)
    {
    }

    /// <summary>Reads the value of From, To or cc; false when it is no address.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CpimAddress? address)
    {
        address = null;
        var open = text?.LastIndexOf('<') ?? -1;
        if (open < 0 || text!.TrimEnd(' ') is not [.., '>'] || text.TrimEnd(' ')[(open + 1)..^1] is not { Length: > 0 } uri || uri.AsSpan().IndexOfAny(" <>\"") >= 0)
            return false;
        var name = text[..open].Trim(' ');
        var isQuoted = name is ['"', .., '"'];
        address = new CpimAddress(name.Length == 0 ? null : CpimText.Unescape(isQuoted ? name[1..^1] : name), uri);
        return true;
    }

    /// <summary>Reads the value of From, To or cc. Throws <see cref="FormatException"/> when it is no address.</summary>
    public static CpimAddress Parse(string text) => TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not a CPIM address.");

    /// <summary>The address as on the wire, its name between quotes.</summary>
    public override string ToString() => FormalName is null ? $"<{Uri}>" : $"\"{CpimText.Escape(FormalName, isQuoted: true)}\" <{Uri}>";
}
