using System.Text;
using Rx.Sip.Authentication;
using Xunit;

namespace Rx.Sip.Tests.Authentication;

public class Sha512Over256Tests
{
    /// <summary>"abc" is the example of FIPS 180-4; the others, made with OpenSSL, stand around the lengths where the padding takes one block more.</summary>
    [Theory]
    [InlineData("abc", 1, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23")]
    [InlineData("a", 0, "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a")]
    [InlineData("a", 111, "0239e429f98d0ed61ee8e2a7c30afe98c1c3a80ce5dff62a107e9c538f7632ce")]
    [InlineData("a", 112, "9216b5303edb66504570bee90e48ea5beaa5e9fe9f760bbd3e0460559fc005f6")]
    [InlineData("a", 127, "2fe3b2a6ee7e12f6fe4ba82166541ad9b4ed882c493581cbe300d68f3757b778")]
    [InlineData("a", 128, "b88f97e274f9c1d49f181c8cbd01a9c74930ad055a46ac4499a1d601f1c80bf2")]
    [InlineData("a", 200, "19b1e37317d7fd3d7651f397005e31f154ef4912d1345743d2d5889aaca28996")]
    public void Known_answers_come_out(string text, int times, string hash)
    {
        var actual = new byte[Sha512Over256.HashSize];
        Sha512Over256.HashData(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times))), actual);
        Assert.Equal(hash, Convert.ToHexStringLower(actual));
    }
}
