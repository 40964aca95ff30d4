using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Rx.Sip.Transports.WebSockets;

/// <summary>The opening handshake of both sides (RFC 6455 §4) with the subprotocol <c>sip</c> (RFC 7118 §4.1).</summary>
internal static class WebSocketHandshake
{
    private const string Subprotocol = "sip";

    // RFC 6455 §1.3.
    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private const int KeyOctets = 16;

    /// <summary>The side that called. Throws <see cref="InvalidDataException"/> when the peer does not take SIP over WebSocket.</summary>
    public static async Task<WebSocket> CallAsync(Stream stream, string host, string path)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyOctets));
        await WriteAsync(stream,
            $"GET {path} HTTP/1.1", $"Host: {host}", "Upgrade: websocket", "Connection: Upgrade",
            $"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", $"Sec-WebSocket-Protocol: {Subprotocol}").ConfigureAwait(false);
        var head = await HttpHead.ReadAsync(stream).ConfigureAwait(false);
        if (!head.FirstLine.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new InvalidDataException($"The peer takes no WebSocket: {head.FirstLine}.");
        if (!head.Lists("Upgrade", "websocket") || !head.Lists("Connection", "Upgrade") || head.Fields.GetValueOrDefault("Sec-WebSocket-Accept") != AcceptOf(key))
            throw new InvalidDataException("The peer's WebSocket handshake is wrong.");
        if (!head.Lists("Sec-WebSocket-Protocol", Subprotocol))
            throw new InvalidDataException("The peer does not speak SIP over its WebSocket.");
        return Make(stream, isServer: false);
    }

    /// <summary>The side that was called. Answers what it refuses and throws <see cref="InvalidDataException"/>.</summary>
    public static async Task<WebSocket> AcceptAsync(Stream stream)
    {
        var head = await HttpHead.ReadAsync(stream).ConfigureAwait(false);
        if (Refusal(head) is { } refusal)
        {
            await WriteAsync(stream, [.. refusal, "Connection: close", "Content-Length: 0"]).ConfigureAwait(false);
            throw new InvalidDataException($"Not a WebSocket for SIP: {head.FirstLine}.");
        }
        await WriteAsync(stream,
            "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
            $"Sec-WebSocket-Accept: {AcceptOf(head.Fields["Sec-WebSocket-Key"])}", $"Sec-WebSocket-Protocol: {Subprotocol}").ConfigureAwait(false);
        return Make(stream, isServer: true);
    }

    private static string[]? Refusal(HttpHead head) =>
        !head.FirstLine.StartsWith("GET ", StringComparison.Ordinal) || !head.FirstLine.EndsWith(" HTTP/1.1", StringComparison.Ordinal) ? ["HTTP/1.1 400 Bad Request"]
        : !head.Lists("Upgrade", "websocket") || !head.Lists("Connection", "Upgrade") ? ["HTTP/1.1 426 Upgrade Required", "Upgrade: websocket"]
        : head.Fields.GetValueOrDefault("Sec-WebSocket-Version") != "13" ? ["HTTP/1.1 426 Upgrade Required", "Sec-WebSocket-Version: 13"]
        : !IsKey(head.Fields.GetValueOrDefault("Sec-WebSocket-Key")) ? ["HTTP/1.1 400 Bad Request"]
        : !head.Lists("Sec-WebSocket-Protocol", Subprotocol) ? ["HTTP/1.1 400 Bad Request"]
        : null;

    private static bool IsKey(string? key)
    {
        Span<byte> octets = stackalloc byte[KeyOctets + 2];
        return key is not null && Convert.TryFromBase64String(key, octets, out var length) && length == KeyOctets;
    }

    // What RFC 6455 §4.2.2 prescribes; it proves that the answer is to this request and keeps no secret.
    private static string AcceptOf(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Guid)));

    private static WebSocket Make(Stream stream, bool isServer) => WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
    {
        IsServer = isServer,
        SubProtocol = Subprotocol,
        // Keep-alives are SIP's own (RFC 7118 §6), on our clock.
        KeepAliveInterval = TimeSpan.Zero,
    });

    private static Task WriteAsync(Stream stream, params string[] lines) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", [.. lines, "", ""]))).AsTask();
}
