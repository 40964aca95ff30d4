using System.Buffers;
using System.Text;

namespace Rx.Sip.Messages.Bodies.Mime;

/// <summary>Writes a multipart (RFC 2046 §5.1.1), with CRLF as line end.</summary>
internal static class MultipartWriter
{
    public static ContentDescription Write(MimeMultipart multipart)
    {
        var delimiter = Encoding.UTF8.GetBytes("--" + multipart.Boundary);
        var octets = new ArrayBufferWriter<byte>(256 + multipart.Parts.Sum(part => part.Body.Length + 128));
        octets.Write(multipart.Preamble.Span);
        if (!multipart.Preamble.IsEmpty)
            octets.Write("\r\n"u8);
        foreach (var part in multipart.Parts)
        {
            octets.Write(delimiter);
            octets.Write("\r\n"u8);
            Write(octets, part);
            octets.Write("\r\n"u8);
        }
        octets.Write(delimiter);
        octets.Write("--\r\n"u8);
        octets.Write(multipart.Epilogue.Span);
        return new ContentDescription([new SipHeader("Content-Type", ContentType(multipart))], octets.WrittenMemory);
    }

    /// <summary>A part: its header fields, an empty line, its octets.</summary>
    public static void Write(ArrayBufferWriter<byte> octets, ContentDescription part)
    {
        foreach (var header in part.Headers)
        {
            Encoding.UTF8.GetBytes(header.Name, octets);
            octets.Write(": "u8);
            Encoding.UTF8.GetBytes(header.Value, octets);
            octets.Write("\r\n"u8);
        }
        octets.Write("\r\n"u8);
        octets.Write(part.Body.Span);
    }

    private static string ContentType(MimeMultipart multipart)
    {
        var isToken = Grammar.IsToken(Encoding.UTF8.GetBytes(multipart.Boundary));
        var boundary = isToken ? multipart.Boundary : Grammar.Quote(multipart.Boundary);
        return new MediaType("multipart", multipart.Subtype, multipart.Parameters.With("boundary", boundary)).ToString();
    }
}
