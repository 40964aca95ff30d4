using System.Text;
using Rx.Sip.Messages.Bodies;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

/// <summary>Bodies written as raw strings.</summary>
internal static class Crlf
{
    public static byte[] Octets(string text) => Encoding.UTF8.GetBytes(Text(text));

    public static string Text(string text) => text.ReplaceLineEndings("\r\n");

    public static string Of(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);

    public static BodyError ErrorOf<T>(BodyResult<T> result)
        where T : class =>
        Assert.IsType<BodyResult<T>.Malformed>(result).Error;
}
