using System.Buffers.Text;

namespace Rx.Sip.Messages.Bodies.Mime;

/// <summary>Takes Content-Transfer-Encoding off (RFC 2045 §6). SIP needs none of them, but gateways from mail bring them along (RFC 5621 §3).</summary>
internal static class TransferEncoding
{
    public static bool TryDecode(string encoding, ReadOnlyMemory<byte> octets, out ReadOnlyMemory<byte> content)
    {
        content = octets;
        return encoding switch
        {
            "7bit" or "8bit" or "binary" => true,
            "base64" => TryBase64(octets.Span, out content),
            "quoted-printable" => TryQuotedPrintable(octets.Span, out content),
            _ => false,
        };
    }

    // Line ends and other white space between the digits are passed over (RFC 2045 §6.8).
    private static bool TryBase64(ReadOnlySpan<byte> text, out ReadOnlyMemory<byte> content)
    {
        var plain = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        var isWhole = Base64.DecodeFromUtf8(text, plain, out _, out var written) == System.Buffers.OperationStatus.Done;
        content = plain.AsMemory(0, written);
        return isWhole;
    }

    // RFC 2045 §6.7: =XX is an octet, = at a line's end joins it with the next, white space at a line's end was added on the way.
    private static bool TryQuotedPrintable(ReadOnlySpan<byte> text, out ReadOnlyMemory<byte> content)
    {
        var plain = new byte[text.Length];
        var (length, isWhole) = (0, true);
        for (var lines = new LineReader(text); isWhole && lines.TryNext();)
        {
            var line = lines.Line.TrimEnd(" \t"u8);
            var isJoined = line is [.., (byte)'='];
            isWhole = TryLine(isJoined ? line[..^1] : line, plain, ref length);
            if (isJoined)
                continue;
            text[(lines.Offset + lines.Line.Length)..lines.Next].CopyTo(plain.AsSpan(length));
            length += lines.Next - lines.Offset - lines.Line.Length;
        }
        content = plain.AsMemory(0, length);
        return isWhole;
    }

    private static bool TryLine(ReadOnlySpan<byte> line, Span<byte> plain, ref int length)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '=')
            {
                plain[length++] = line[i];
                continue;
            }
            if (i + 2 >= line.Length || !Utf8Parser.TryParse(line.Slice(i + 1, 2), out byte octet, out var used, 'x') || used != 2)
                return false;
            plain[length++] = octet;
            i += 2;
        }
        return true;
    }
}
