using System.Text;

namespace Rx.Sip.Transports.WebSockets;

/// <summary>The head of an HTTP message as far as the WebSocket handshake needs it (RFC 6455 §4): first line and fields.</summary>
/// <param name="FirstLine">The request line or status line.</param>
/// <param name="Fields">The fields by name, those of one name joined by commas.</param>
internal sealed record HttpHead(string FirstLine, IReadOnlyDictionary<string, string> Fields)
{
    // More than any browser sends.
    private const int MaxOctets = 8192;

    /// <summary>
    /// Reads a head, octet by octet, so that nothing behind it is taken from the stream: it is short, and read once for each connection.
    /// Throws <see cref="InvalidDataException"/> for what is none.
    /// </summary>
    public static async Task<HttpHead> ReadAsync(Stream stream)
    {
        var (octets, length) = (new byte[MaxOctets], 0);
        while (!octets.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            if (length == MaxOctets)
                throw new InvalidDataException("The HTTP head is longer than 8 KiB.");
            if (await stream.ReadAsync(octets.AsMemory(length, 1)).ConfigureAwait(false) == 0)
                throw new EndOfStreamException("The connection was closed during the WebSocket handshake.");
            length++;
        }
        return Parse(Encoding.Latin1.GetString(octets, 0, length - 4));
    }

    /// <summary>Whether the comma list of a field holds the token; letters compare without case.</summary>
    public bool Lists(string name, string token) =>
        Fields.TryGetValue(name, out var list) && list.Split(',').Any(one => string.Equals(one.Trim(), token, StringComparison.OrdinalIgnoreCase));

    private static HttpHead Parse(string text)
    {
        var lines = text.Split("\r\n");
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                throw new InvalidDataException("A line of the HTTP head has no name.");
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            fields[name] = fields.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
        }
        return new HttpHead(lines[0], fields);
    }
}
