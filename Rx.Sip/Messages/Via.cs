using System.Diagnostics.CodeAnalysis;
using System.Net;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Messages;

/// <summary>One Via value: a hop the request took and the responses go back over (RFC 3261 §20.42, RFC 3581).</summary>
/// <param name="Transport">The transport's name in upper case: UDP, TCP, TLS, WS …</param>
/// <param name="Host">The sent-by host, IPv6 addresses in brackets.</param>
/// <param name="Port">The sent-by port if one is written.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record Via(string Transport, string Host, int? Port, SipParameters Parameters)
{
    /// <summary>What the branch of every RFC 3261 element begins with (§8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>The branch that names the transaction.</summary>
    public string? Branch => Parameters.Get("branch");

    /// <summary>Whether the branch begins with the magic cookie, and so is unique by RFC 3261.</summary>
    public bool HasMagicCookie => Branch?.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The source address the receiver saw (RFC 3261 §18.2.1).</summary>
    public IPAddress? Received => Parameters.Get("received") is { } text && IPAddress.TryParse(text, out var address) ? address : null;

    /// <summary>The source port the receiver saw (RFC 3581); null while it is only asked for.</summary>
    public int? ReceivedPort => Parameters.Get("rport") is { } text && ushort.TryParse(text, out var port) ? port : null;

    /// <summary>Whether the sender asks for the source port (RFC 3581).</summary>
    public bool AsksForPort => Parameters.Contains("rport");

    /// <summary>Reads one Via value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Via? via) => HeaderText.TryParse(text, TryRead, out via);

    /// <summary>Reads one Via value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static Via Parse(string text) => HeaderText.Parse<Via>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Via? via)
    {
        via = null;
        if (!ViaSyntax.TryRead(text, out var syntax) || !UriSyntax.TryHostPort(syntax.SentBy, out var host, out var port)
            || SipParameters.Read(syntax.Parameters) is not { } parameters)
            return false;
        via = new Via(CommonNames.Of(syntax.Transport).ToUpperInvariant(), host, port, parameters);
        return true;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"SIP/2.0/{Transport} {Host}{(Port is { } port ? $":{port}" : "")}{Parameters}";
}
