using System.Buffers.Text;
using Rx.Sip.Benchmarks.EndToEnd;

namespace Rx.Sip.Benchmarks.Load;

/// <summary>Messages that are each one of their own: branch and Call-ID hold its number.</summary>
internal static class Speech
{
    public static byte[] Request() => Wire.Request();

    public static void WriteNumber(Span<byte> request, int number)
    {
        Wire.WriteNumber(request, number);
        var place = request.Slice(request.IndexOf("Call-ID: "u8) + "Call-ID: "u8.Length, 8);
        Utf8Formatter.TryFormat(number, place, out _, new System.Buffers.StandardFormat('D', (byte)place.Length));
    }
}
