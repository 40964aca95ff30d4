using System.Buffers;
using System.Text;
using Rx.Sip.Messages.Bodies.Mime;

namespace Rx.Sip.Messages.Bodies.Cpim;

/// <summary>Writes <c>message/cpim</c> (RFC 3862 §2), with CRLF as line end.</summary>
internal static class CpimWriter
{
    public static ReadOnlyMemory<byte> Write(CpimMessage message)
    {
        var octets = new ArrayBufferWriter<byte>(256 + message.Content.Body.Length);
        foreach (var header in message.Headers)
        {
            Encoding.UTF8.GetBytes(header.ToString(), octets);
            octets.Write("\r\n"u8);
        }
        octets.Write("\r\n"u8);
        MultipartWriter.Write(octets, message.Content);
        return octets.WrittenMemory;
    }
}
